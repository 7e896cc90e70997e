/** The markup of a wall together with its stage: the same for the hall and for the replay. */
import type { Sky } from "./earth";
import { Stage } from "./stage";
import type { Step } from "./standing";

export class Picture {
  readonly stage: Stage;
  readonly #numbers = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  readonly #pressed: string;

  /** `wall` is the element with the classes of the wall in it. */
  constructor(
    private readonly wall: HTMLElement,
    sky: Sky,
    calm: boolean,
  ) {
    this.stage = new Stage(this.#part(".wall-sky"), sky, calm);
    this.#pressed = wall.querySelector<HTMLTemplateElement>("template.wall-pressed-words")?.content.textContent ?? "";
  }

  clear(): void {
    for (const guest of this.wall.querySelectorAll<HTMLElement>("[data-guest]")) this.#light(guest, false);
    this.stage.clear();
  }

  guest(pk: number, atOnce: boolean): void {
    const guest = this.wall.querySelector<HTMLElement>(`[data-guest="${pk}"]`);
    if (!guest) return;
    this.#light(guest, true);
    this.stage.guest(guest, atOnce);
  }

  #light(guest: HTMLElement, on: boolean): void {
    guest.toggleAttribute("data-lit", on);
    guest.querySelector(".wall-said")!.textContent = on ? this.#pressed : "";
  }

  step(step: Step, { rehearsal, number, atOnce }: { rehearsal: boolean; number: number; atOnce: boolean }): void {
    this.wall.dataset.step = step;
    for (const words of this.wall.querySelectorAll<HTMLElement>(".wall-words > [data-step]")) words.hidden = words.dataset.step !== step;
    this.#part(".wall-rehearsal").hidden = !rehearsal;
    this.#part(".wall-account").hidden = step !== "launched";
    const shown = this.#part(".wall-number");
    shown.hidden = !number;
    shown.textContent = String(number || "");
    if (step === "launched") this.stage.launch(atOnce);
  }

  count(palms: number): void {
    this.#part(".wall-palms").textContent = this.#numbers.format(palms);
  }

  countdown(left: number | null): void {
    const shown = this.#part(".wall-countdown");
    shown.hidden = left === null;
    const text = left === null ? "" : String(left || "✦");
    if (shown.textContent !== text) {
      shown.textContent = text;
      shown.getAnimations().forEach((animation) => (animation.currentTime = 0)); // each second beats once
    }
  }

  #part(selector: string): HTMLElement {
    return this.wall.querySelector<HTMLElement>(selector)!;
  }
}
