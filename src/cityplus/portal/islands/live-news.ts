/**
 * `<live-news data-stream="/live/news/" data-label="…">` around the list `#news`: listens while the page is looked at; when
 * something comes it offers a button, and the button brings the list as the server writes it now. Nothing moves unasked.
 */
export class LiveNews extends HTMLElement {
  private source: EventSource | undefined;
  /** Where the button comes: a region that tells a screen reader that it came. */
  private readonly offer = document.createElement("div");

  connectedCallback(): void {
    this.offer.className = "news-more";
    this.offer.setAttribute("role", "status");
    this.prepend(this.offer);
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
    if (this.source || !this.dataset.stream) return;
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener("message", () => this.show());
  };

  private close(): void {
    this.source?.close();
    this.source = undefined;
  }

  private show(): void {
    if (this.offer.hasChildNodes()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = this.dataset.label ?? "";
    button.addEventListener("click", () => void this.bring(button));
    this.offer.append(button);
  }

  private async bring(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const list = page.querySelector("#news");
      if (!response.ok || !list) throw new Error(`no news in the answer ${response.status}`);
      list.classList.add("news-fresh");
      this.querySelector("#news")?.replaceWith(list);
      this.offer.replaceChildren();
      this.querySelector<HTMLElement>("#news a")?.focus();
    } catch {
      button.disabled = false; // the line is down: the button stays and can be pressed again
    }
  }
}
