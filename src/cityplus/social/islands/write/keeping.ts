/** Keeps what stands in a form as a draft: a moment after the last key, again when a line was broken, and when the page is left. */
const AFTER_KEY = 1500;
const AGAIN = 5000;

interface Answer {
  kept?: boolean;
  problem?: string;
}

export class Keeper {
  private timer = 0;
  private changed = false;
  private stopped = false;
  private readonly told: HTMLElement | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly labels: DOMStringMap,
  ) {
    this.told = form.querySelector("[data-kept]");
    this.stopped = !labels["drafts"];
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed) void this.keep(true);
    });
  }

  /** Something was changed. */
  soon(): void {
    if (this.stopped) return;
    this.changed = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(false), AFTER_KEY);
  }

  /** The form is being sent, or cannot be kept any more. */
  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
  }

  private async keep(leaving: boolean): Promise<void> {
    if (this.stopped) return;
    window.clearTimeout(this.timer);
    this.changed = false;
    if (!leaving) this.say(this.labels["labelKeeping"]);
    const body = new FormData(this.form);
    body.delete("file");
    const response = await fetch(this.labels["drafts"]!, { method: "POST", body, keepalive: leaving }).catch(() => null);
    if (this.stopped) return;
    const answer = (await response?.json().catch(() => null)) as Answer | null;
    if (response?.ok) {
      this.say(answer?.kept ? this.labels["labelKept"] : "");
    } else if (answer?.problem) {
      this.stop();
      this.say(answer.problem);
    } else {
      this.changed = true;
      this.say(this.labels["labelUnkept"]);
      this.timer = window.setTimeout(() => void this.keep(false), AGAIN);
    }
  }

  private say(words: string | undefined): void {
    if (this.told && this.told.textContent !== words) this.told.textContent = words ?? "";
  }
}
