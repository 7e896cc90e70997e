/**
 * `<desk-line data-stream="/live/desk/thehague/">` on every page of a desk: listens while the page is looked at. When something of
 * the city happens, the parts of the page that say `data-fresh` (and have an id) are brought as the server writes them now; a part
 * with `data-every="2"` is brought every two seconds for as long as it says so. When the line ends because this person is no
 * longer in the team, the page is asked for anew, and what it showed is gone.
 */
export class DeskLine extends HTMLElement {
  private source: EventSource | undefined;
  private coming = 0;
  private again = 0;

  connectedCallback(): void {
    document.addEventListener("visibilitychange", this.watch);
    this.watch();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.watch);
    this.close();
  }

  private readonly watch = (): void => {
    if (document.hidden) {
      this.close();
      return;
    }
    this.open();
    void this.look(); // what happened while nobody looked
    this.every();
  };

  private open(): void {
    if (this.source || !this.dataset.stream) return;
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener("message", () => this.soon(400));
    this.source.addEventListener("error", () => {
      if (this.source?.readyState !== EventSource.CLOSED) return;
      this.close();
      void this.look();
      this.again = window.setTimeout(() => document.hidden || this.open(), 10_000);
    });
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.coming);
    clearTimeout(this.again);
    this.coming = 0;
  }

  /** Several things that happen at a time are one reason to look. */
  private soon(milliseconds: number): void {
    if (this.coming) return;
    this.coming = window.setTimeout(() => {
      this.coming = 0;
      void this.look().then(() => this.every());
    }, milliseconds);
  }

  private every(): void {
    const busy = document.querySelector<HTMLElement>("[data-fresh][data-every]");
    if (busy) this.soon(Number(busy.dataset.every) * 1000);
  }

  /** Whether the page may go: the editor stays (`preventDefault`) to show what was not saved, and takes away the rest itself. */
  private leave(): boolean {
    return this.dispatchEvent(new CustomEvent("desk-left", { bubbles: true, cancelable: true }));
  }

  private async look(): Promise<void> {
    const parts = document.querySelectorAll<HTMLElement>("[data-fresh][id]");
    try {
      const response = await fetch(location.href, { method: parts.length ? "GET" : "HEAD", headers: { Accept: "text/html" } });
      if (response.status === 404 && !response.redirected && this.leave()) location.reload();
      if (!response.ok || !parts.length) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of parts) bring(part, page.getElementById(part.id));
    } catch {
      // The line is down; the stream comes back by itself, and looks again then.
    }
  }
}

/** Put a part in the place of an older one, and keep the focus where it was. */
function bring(old: HTMLElement, fresh: HTMLElement | null): void {
  if (!fresh || fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  old.replaceWith(fresh);
  if (!focused) return;
  for (const link of fresh.querySelectorAll("a")) if (link.getAttribute("href") === focused) link.focus();
}
