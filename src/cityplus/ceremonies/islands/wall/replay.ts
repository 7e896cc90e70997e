/**
 * `<ceremony-replay>`: the palms of a ceremony in their rhythm, on the same wall. Who asked for less motion gets the last picture and
 * the list below it, unless they press play.
 */
import type { Sky } from "./earth";
import { Picture } from "./picture";
import type { Step } from "./standing";

interface Recorded extends Sky {
  beats: [number, number][];
  steps: [number, Step][];
  number: number;
}

const AFTER = 6; // seconds that the last picture stands

export class CeremonyReplay extends HTMLElement {
  #recorded!: Recorded;
  #picture!: Picture;
  #now = 0;
  #shown = { beats: 0, steps: 0 };
  #playing = false;
  #before = 0;
  #loaded = false;
  readonly #controls = {} as { play: HTMLButtonElement; where: HTMLInputElement; time: HTMLOutputElement; speed: HTMLSelectElement };

  connectedCallback(): void {
    this.#recorded = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}") as Recorded;
    const wall = this.querySelector<HTMLElement>(".wall")!;
    this.#picture = new Picture(wall, this.#recorded, matchMedia("(prefers-reduced-motion: reduce)").matches);
    const part = <T extends Element>(selector: string) => this.querySelector<T>(selector)!;
    Object.assign(this.#controls, {
      play: part("[data-do=play]"),
      where: part("input"),
      time: part("output"),
      speed: part("select"),
    });
    const { play, where } = this.#controls;
    part<HTMLElement>(".replay-controls").hidden = false;
    where.max = String(this.#length);
    play.addEventListener("click", () => this.#play(!this.#playing));
    where.addEventListener("input", () => this.#seek(Number(where.value)));
    this.#scale();
    new ResizeObserver(() => this.#scale()).observe(this);
    // What nobody looks at is not drawn.
    new IntersectionObserver(([entry], watch) => {
      if (!entry?.isIntersecting || this.#loaded) return;
      this.#loaded = true;
      watch.disconnect();
      void this.#picture.stage.load(this.dataset).then(() => this.#seek(this.#length));
    }).observe(this);
    this.#seek(this.#length);
  }

  get #length(): number {
    const last = (rows: [number, unknown][]) => rows.at(-1)?.[0] ?? 0;
    return Math.ceil(Math.max(last(this.#recorded.beats), last(this.#recorded.steps)) + AFTER);
  }

  /** The wall is laid out for a large screen and shown as small as there is room. */
  #scale(): void {
    const wall = this.querySelector<HTMLElement>(".wall")!;
    const screen = this.querySelector<HTMLElement>(".replay-screen")!;
    wall.style.scale = String(screen.clientWidth / wall.offsetWidth);
  }

  #play(on: boolean): void {
    if (on && this.#now >= this.#length) this.#seek(0);
    this.#playing = on;
    const { play } = this.#controls;
    play.textContent = (on ? this.dataset.pause : this.dataset.play) ?? "";
    this.#before = 0;
    if (on) requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    if (!this.#playing || !this.isConnected) return;
    const passed = this.#before ? Math.min(now - this.#before, 250) / 1000 : 0;
    this.#before = now;
    this.#advance(this.#now + passed * Number(this.#controls.speed.value), false);
    if (this.#now >= this.#length) this.#play(false);
    else requestAnimationFrame((next) => this.#frame(next));
  }

  /** Shows the picture of a moment. */
  #seek(moment: number): void {
    if (moment < this.#now || !this.#loaded) {
      this.#picture.clear();
      this.#shown = { beats: 0, steps: 0 };
    }
    this.#advance(moment, true);
  }

  #advance(moment: number, atOnce: boolean): void {
    const { beats, steps, number } = this.#recorded;
    this.#now = Math.min(moment, this.#length);
    for (; (beats[this.#shown.beats]?.[0] ?? Infinity) <= this.#now; this.#shown.beats++) {
      const guest = beats[this.#shown.beats]![1];
      if (guest) this.#picture.guest(guest, atOnce);
      else this.#picture.stage.light(atOnce);
    }
    for (; (steps[this.#shown.steps]?.[0] ?? Infinity) <= this.#now; this.#shown.steps++) {
      this.#picture.step(steps[this.#shown.steps]![1], { rehearsal: false, number, atOnce });
    }
    this.#picture.count(this.#shown.beats);
    this.dataset.palms = String(this.#shown.beats);
    const met = steps.slice(0, this.#shown.steps).at(-1)?.[1] === "met";
    const launch = steps.find(([at, step]) => step === "launched" && at >= this.#now)?.[0];
    this.#picture.countdown(met && launch !== undefined ? Math.ceil(launch - this.#now) : null);
    const { where, time } = this.#controls;
    where.value = String(this.#now);
    time.textContent = `${Math.floor(this.#now / 60)}:${String(Math.floor(this.#now % 60)).padStart(2, "0")}`;
    where.setAttribute("aria-valuetext", time.textContent);
  }
}
