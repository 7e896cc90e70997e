/**
 * `<fresh-part id="runs" data-every="2">` brings itself anew every so many seconds, as the server writes it now, for as long as it says
 * so. Without script one loads the page again.
 */
export class FreshPart extends HTMLElement {
  private coming = 0;

  connectedCallback(): void {
    const seconds = Number(this.dataset.every);
    if (seconds > 0) this.coming = window.setTimeout(() => void this.look(), seconds * 1000);
  }

  disconnectedCallback(): void {
    clearTimeout(this.coming);
  }

  private async look(): Promise<void> {
    let fresh: HTMLElement | null = null;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.ok) fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(this.id);
    } catch {
      // The line is down; the next time it may be there again.
    }
    if (fresh && fresh.outerHTML !== this.outerHTML) this.replaceWith(document.importNode(fresh, true));
    else this.connectedCallback();
  }
}
