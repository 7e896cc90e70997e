/**
 * `<near-me data-failed="…"><button hidden>…</button><p role="status"></p></near-me>`: asks the device where it is, only when
 * the button is pressed, and searches again near there. Without a script the page offers cities to be near to.
 */
export class NearMe extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button || !("geolocation" in navigator)) return;
    button.hidden = false;
    button.addEventListener("click", () => this.ask(button));
  }

  private ask(button: HTMLButtonElement): void {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => location.assign(nearby(location.href, coords.latitude, coords.longitude)),
      () => {
        button.disabled = false;
        const said = this.querySelector("[role=status]");
        if (said) said.textContent = this.dataset.failed ?? "";
      },
      { timeout: 10_000, maximumAge: 300_000 },
    );
  }
}

/** The address of the same search near a place. Three decimals are a hundred metres: near enough, and no more is told. */
export function nearby(address: string, lat: number, lon: number): string {
  const url = new URL(address);
  url.searchParams.set("near", `${lat.toFixed(3)},${lon.toFixed(3)}`);
  url.searchParams.delete("after");
  return url.href;
}
