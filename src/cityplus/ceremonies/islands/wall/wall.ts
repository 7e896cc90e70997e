/**
 * `<ceremony-wall>`: the wall of a hall. The page it improves shows the same as a list. `data-step` says how far the ceremony is,
 * `data-palms` how many palms are there, `data-beat` what was heard last, `data-line` whether the line is there (`live`, `lost`).
 */
import { Line } from "./line";
import { Picture } from "./picture";
import type { Sky } from "./earth";
import { carryOn, palmsOf, type Standing, type WallEvent } from "./standing";

export class CeremonyWall extends HTMLElement {
  #line: Line<WallEvent> | undefined;
  #picture: Picture | undefined;
  #standing: (Standing & Sky) | undefined;
  #timer = 0;
  #ahead = 0; // seconds that the server's clock is ahead of ours

  connectedCallback(): void {
    const standing = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}") as Standing & Sky;
    this.#standing = standing;
    this.#ahead = standing.now - Date.now() / 1000;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const picture = (this.#picture = new Picture(this, standing, calm));
    void picture.stage.load(this.dataset).then(() => this.#restore());
    this.#restore();
    this.#line = new Line<WallEvent>(standing.stream, standing.beat, {
      heard: (id, event) => this.#hear(id, event),
      lost: () => this.#say("lost"),
      found: () => this.#say("live"),
    });
    this.#tools();
  }

  disconnectedCallback(): void {
    this.#line?.close();
    clearTimeout(this.#timer);
  }

  /** Shows what is there already, without its coming. */
  #restore(): void {
    const { guests, lights, step, rehearsal, number } = this.#standing!;
    const picture = this.#picture!;
    Object.keys(guests).forEach((guest) => picture.guest(Number(guest), true));
    picture.stage.lights(lights);
    picture.step(step, { rehearsal, number, atOnce: true });
    this.#report();
  }

  #hear(id: number, event: WallEvent): void {
    const standing = this.#standing!;
    const picture = this.#picture!;
    const late = Date.now() / 1000 + this.#ahead - event.at > 20; // it happened while the line was down
    for (const change of carryOn(standing, id, event)) {
      if (change.kind === "begun") picture.clear();
      if (change.kind === "guest") picture.guest(change.guest, late);
      if (change.kind === "light") picture.stage.light(late);
      if (change.kind === "step") picture.step(change.step, { ...standing, atOnce: late });
    }
    this.#report();
  }

  #report(): void {
    const standing = this.#standing!;
    const palms = palmsOf(standing);
    this.#picture!.count(palms);
    this.dataset.palms = String(palms);
    this.dataset.beat = String(standing.beat);
    clearTimeout(this.#timer);
    this.#count();
  }

  /** The countdown, by the server's clock. */
  #count(): void {
    const { step, due } = this.#standing!;
    const left = step === "met" && due ? due - Date.now() / 1000 - this.#ahead : null;
    this.#picture!.countdown(left === null ? null : Math.max(0, Math.ceil(left)));
    if (left !== null && left > 0) this.#timer = window.setTimeout(() => this.#count(), Math.max(30, (left % 1) * 1000));
  }

  #say(line: "live" | "lost"): void {
    if (this.dataset.line === line) return;
    this.dataset.line = line;
    const words = this.querySelector<HTMLElement>(".wall-lost");
    if (!words) return;
    words.hidden = line === "live";
    words.textContent = line === "live" ? "" : (words.dataset.says ?? "");
  }

  #tools(): void {
    const tools = this.querySelector<HTMLElement>(".wall-tools");
    if (!tools) return;
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = (event.target as Element).closest("button");
      if (button?.dataset.do === "full") void (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen());
      if (button?.dataset.do === "music") void this.#play();
    });
    // What plays is said by the player itself: a system may stop it too.
    const [music, button] = [this.querySelector("audio"), tools.querySelector("[data-do=music]")];
    for (const name of ["playing", "pause", "error"]) music?.addEventListener(name, () => (button!.ariaPressed = String(!music.paused)));
  }

  /** Music plays when somebody presses for it, never by itself. */
  async #play(): Promise<void> {
    const music = this.querySelector("audio")!;
    if (music.paused) await music.play().catch(() => undefined);
    else music.pause();
  }
}
