import type { RouteStory } from "./route-story";
import type { RouteMapView } from "./map/view";

/** A stop or a leg as `cityplus.routes.maps` writes them; places are [lon, lat]. */
export interface MapData {
  stops: { number: number; title: string; at: [number, number] }[];
  legs: { mode: string; drawn: boolean; line: [number, number][] }[];
  bounds: [number, number, number, number];
}

/** The button that puts a map in the place of the constellation. MapLibre comes only when it is pressed. */
class RouteMap extends HTMLElement {
  private button!: HTMLButtonElement;
  private frame: HTMLDivElement | undefined;
  private view: RouteMapView | undefined;

  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>(".map-switch");
    if (!button || this.button) return;
    this.button = button;
    button.hidden = false;
    button.addEventListener("click", () => this.turn());
    this.story?.addEventListener("story-stop", (event) => this.view?.stand((event as CustomEvent<number>).detail));
  }

  private get story(): RouteStory | null {
    return this.closest("route-story");
  }

  private turn(): void {
    const open = this.button.getAttribute("aria-pressed") !== "true";
    this.button.setAttribute("aria-pressed", String(open));
    this.closest(".story-sky")?.classList.toggle("is-map", open);
    if (!open || this.frame) return;
    this.frame = document.createElement("div");
    this.frame.className = "map-frame";
    this.button.before(this.frame);
    this.draw(this.frame).catch((reason: unknown) => this.fail(reason));
  }

  private async draw(frame: HTMLElement): Promise<void> {
    const data = JSON.parse(this.querySelector("script")!.textContent!) as MapData;
    const { openMap } = await import("./map/view");
    this.view = await openMap(frame, data, this.dataset, (number) => this.story?.go(number));
    const current = this.closest(".story-sky")?.querySelector<HTMLElement>(".story-list .is-current");
    if (current) this.view.stand(Number(current.dataset["stop"]), true);
  }

  private fail(reason: unknown): void {
    console.warn(reason);
    const sentence = document.createElement("p");
    sentence.className = "map-failed";
    sentence.role = "status";
    sentence.textContent = this.dataset["labelFailed"] ?? "";
    this.frame?.replaceChildren(sentence);
  }
}

customElements.define("route-map", RouteMap);
