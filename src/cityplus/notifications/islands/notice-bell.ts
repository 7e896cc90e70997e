/**
 * `<notice-bell data-stream="/live/notices/7/" data-count="/notices/count/">` around the link to one's notices: while the page is
 * looked at it listens, and when something came it asks how many are new and says so. Without this script the number is that of
 * when the page was made.
 */
interface Told {
  count: number;
  shown: string;
  says: string;
}

export class NoticeBell extends HTMLElement {
  private source: EventSource | undefined;
  private coming = 0;

  connectedCallback(): void {
    document.addEventListener("visibilitychange", this.watch);
    document.addEventListener("notices-read", this.soon);
    this.watch();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.watch);
    document.removeEventListener("notices-read", this.soon);
    this.close();
  }

  private readonly watch = (): void => {
    if (document.hidden) {
      this.close();
      return;
    }
    if (this.source || !this.dataset.stream) return;
    let before = false;
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener("message", this.soon);
    this.source.addEventListener("open", () => {
      if (before) this.soon(); // the line was lost: something may have come meanwhile
      before = true;
    });
    if (this.dataset.hidden) this.soon(); // nobody looked, and nothing was heard
    delete this.dataset.hidden;
  };

  private close(): void {
    if (this.source) this.dataset.hidden = "yes";
    this.source?.close();
    this.source = undefined;
  }

  /** Several that come at a time are one reason to ask. */
  private readonly soon = (): void => {
    if (this.coming) return;
    this.coming = window.setTimeout(() => {
      this.coming = 0;
      void this.ask();
    }, 300);
  };

  private async ask(): Promise<void> {
    try {
      const response = await fetch(this.dataset.count ?? "", { headers: { Accept: "application/json" } });
      if (response.ok) this.show((await response.json()) as Told);
    } catch {
      // The line is down; it is asked again when it comes back.
    }
  }

  private show(told: Told): void {
    const [shown, says] = [this.querySelector(".bell-count"), this.querySelector(".bell-says")];
    if (shown) shown.textContent = told.shown;
    if (says) says.textContent = told.says;
    this.dispatchEvent(new CustomEvent("notices-told", { bubbles: true, detail: told.count }));
  }
}
