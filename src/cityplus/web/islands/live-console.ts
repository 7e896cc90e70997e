/**
 * `<live-console data-stream="/live/consoles/7/" data-gone="…" data-lost="…">` around `#console-live`: whenever something happens it
 * brings that part of the page as the server writes it now. Where somebody types or has unfolded a part, it stays as it is.
 * `data-page` is the address of the page, where the answer to a form may show it at another one.
 */
export class LiveConsole extends HTMLElement {
  private source: EventSource | undefined;
  private timer = 0;
  private busy = false;
  private again = false;
  private readonly note = document.createElement("p");

  connectedCallback(): void {
    this.note.className = "form-error";
    this.note.setAttribute("role", "alert");
    this.note.hidden = true;
    this.prepend(this.note);
    this.listen();
  }

  disconnectedCallback(): void {
    this.source?.close();
    clearTimeout(this.timer);
  }

  private listen(): void {
    this.source = new EventSource(this.dataset.stream ?? "");
    this.source.addEventListener("open", () => {
      this.say("");
      this.soon();
    });
    this.source.addEventListener("message", () => this.soon());
    this.source.addEventListener("error", () => void this.lost());
  }

  /** A hundred palms in a second are one look. */
  private soon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.bring(), 150);
  }

  private get page(): string {
    return this.dataset.page ?? location.pathname;
  }

  private async bring(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      const response = await fetch(this.page, { headers: { Accept: "text/html" } });
      if (response.status === 404) this.gone();
      if (response.ok) this.show(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      this.say(this.dataset.lost ?? "");
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        this.soon();
      }
    }
  }

  private show(page: Document): void {
    const fresh = page.querySelector("#console-live");
    const old = this.querySelector("#console-live");
    if (!fresh || !old) return;
    const focus = document.activeElement;
    if (focus instanceof HTMLInputElement && old.contains(focus)) {
      focus.addEventListener("blur", () => this.soon(), { once: true });
      return; // somebody types the reason: nothing is taken from under their hands
    }
    const held = focus && old.contains(focus) ? pathOf(focus) : "";
    for (const unfolded of old.querySelectorAll("details[open] input[id]")) {
      fresh.querySelector(`#${unfolded.id}`)?.closest("details")?.setAttribute("open", "");
    }
    old.replaceWith(fresh);
    if (held) fresh.querySelector<HTMLElement>(held)?.focus();
  }

  /** The line ended: the browser tries again by itself, unless it was told that there is nothing here for it. */
  private async lost(): Promise<void> {
    if (this.source?.readyState !== EventSource.CLOSED) {
      this.say(this.dataset.lost ?? "");
      return;
    }
    const response = await fetch(this.page).catch(() => undefined);
    if (response?.status === 404) this.gone();
    else this.timer = window.setTimeout(() => this.listen(), 2000);
  }

  private gone(): void {
    this.source?.close();
    this.say(this.dataset.gone ?? "");
    this.querySelector("#console-live")?.remove();
  }

  private say(words: string): void {
    this.note.textContent = words;
    this.note.hidden = !words;
  }
}

/** A selector that finds the same control in a newer copy of the page. */
function pathOf(element: Element): string {
  if (element.id) return `#${element.id}`;
  const action = element.closest("form")?.getAttribute("action");
  if (action) return `form[action="${action}"] button`;
  return element.localName === "summary" ? "summary" : "";
}
