/**
 * The Earth at night with the member cities. Improves this markup, which is a plain list of links without it:
 *
 *   <night-globe data-land="…" data-lights="…" data-members="…" data-label-pause="…" data-label-play="…">
 *     <ul><li><a href="…" data-handle="shenzhen" data-lat="22.5" data-lon="114.1" data-hue="75">
 *       <bdi lang="zh-Hans" dir="auto">深圳</bdi> <span>Shenzhen</span></a></li> …</ul>
 *     <script type="application/json">[[22.5, 114.1, 52.1, 4.3], …]</script>
 *   </night-globe>
 *
 * The links are those cities whose names stand on the Earth; the file of members has the lights of all, in the format of the
 * city lights. The script has the ties, each as latitude and longitude of its two ends.
 *
 * `data-state` says what became of it: `ready` (it moves), `still` (drawn, moves only when touched), `unsupported`
 * (no WebGL 2: the list stays). Where the Earth stands, CSS says: it fills the box `.globe-disc`.
 */
import { arrange, type Label } from "../../web/islands/globe/labels";
import { Motion } from "../../web/islands/globe/motion";
import { sceneOf, type Shot } from "../../web/islands/globe/scene";
import { aimAbove, HORIZON, place, project, turnTo, unpackLights, type Vec3 } from "../../web/islands/globe/sphere";

const SLOW = 55; // milliseconds of a frame that is felt
const PATIENCE = 5; // slow frames in a row

interface City extends Label {
  link: HTMLAnchorElement;
  at: Vec3;
}

export class NightGlobe extends HTMLElement {
  readonly #canvas = document.createElement("canvas");
  readonly #disc = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #scene: ((shot: Shot) => void) | null = null;
  readonly #motion = new Motion();
  #cities: City[] = [];
  #chosen: City | null = null;

  /** In CSS pixels from the host's top left: the Earth, and the room where names may stand. */
  #earth = { x: 0, y: 0, radius: 1 };
  #room = { x: 0, y: 0, width: 0, height: 0 };
  #grip: [number, number] = [0, 0]; // where the pointer was
  #finest = 2; // canvas pixels to one CSS pixel, at most

  #playing = false;
  #inView = true;
  #time = 7; // seconds; the pulses are on their way in the first picture
  #request = 0;
  #before = 0; // the time of the last frame, 0 after a rest
  #slowFrames = 0;

  connectedCallback(): void {
    if (this.#cities.length) return; // moved within the page
    const gl = this.#canvas.getContext("webgl2", { antialias: false });
    if (!gl) {
      this.dataset.state = "unsupported";
      return;
    }
    this.#cities = [...this.querySelectorAll<HTMLAnchorElement>("a[data-lat]")].map(cityOf);
    this.#motion.aim = aimAbove(this.#cities.map(({ at }) => at));
    this.#playing = !this.#calm.matches;
    this.#canvas.ariaHidden = "true";
    this.#disc.className = "globe-disc";
    this.#button.className = "globe-motion";
    this.#button.type = "button";
    this.prepend(this.#canvas, this.#disc);
    void this.#load(gl);
  }

  /** Draws as soon as the files are there; one that does not come is left out. */
  async #load(gl: WebGL2RenderingContext): Promise<void> {
    const file = async (url = "") => {
      const answer = await fetch(url);
      return answer.ok ? answer.blob() : Promise.reject(new Error(url));
    };
    const lamps = (url?: string) =>
      file(url)
        .then((blob) => blob.arrayBuffer())
        .then((packed) => unpackLights(new Uint8Array(packed)))
        .catch(() => []);
    const [land, lights, members] = await Promise.all([
      file(this.dataset.land)
        .then((blob) => createImageBitmap(blob))
        .catch(() => null),
      lamps(this.dataset.lights),
      lamps(this.dataset.members),
    ]);
    const cities = this.#cities.flatMap(({ at, link }) => [...at, hueOf(link)]);
    const ties = this.#ties();
    const furnish = () => (this.#scene = sceneOf(gl, { land, lights, members, cities, ties }));
    furnish();
    this.#listen(furnish);
    this.#report();
    this.append(this.#button);
    this.#measure();
  }

  #ties(): number[] {
    const lines = JSON.parse(this.querySelector("script")?.textContent ?? "[]") as [number, number, number, number][];
    return lines.flatMap(([lat, lon, otherLat, otherLon], index) => [
      ...place(lat, lon),
      ...place(otherLat, otherLon),
      (index * 0.618) % 1,
    ]);
  }

  #listen(furnish: () => void): void {
    const resized = new ResizeObserver(() => this.#measure());
    for (const part of [this, this.#disc, ...this.#cities.map(({ link }) => link)]) resized.observe(part);
    new IntersectionObserver(([entry]) => {
      this.#inView = entry!.isIntersecting;
      this.#wake();
    }).observe(this);

    const on = (what: EventTarget, events: string, then: (event: Event) => void) =>
      events.split(" ").forEach((event) => what.addEventListener(event, then));
    on(this.#calm, "change", () => this.#play(!this.#calm.matches));
    on(this.#button, "click", () => this.#play(!this.#playing));
    on(this.#canvas, "pointerdown pointermove pointerup pointercancel", (event) => this.#drag(event as PointerEvent));
    on(this.#canvas, "webglcontextlost", (event) => {
      event.preventDefault();
      this.#scene = null;
    });
    on(this.#canvas, "webglcontextrestored", () => {
      furnish();
      this.#wake();
    });
    for (const city of this.#cities) {
      on(city.link, "focus", () => this.#bring(city));
      on(city.link, "pointerenter", () => this.#choose(city));
      on(city.link, "blur pointerleave", () => this.#choose(null));
    }
  }

  #play(on: boolean): void {
    this.#playing = on;
    this.#slowFrames = 0;
    this.#report();
    this.#wake();
  }

  /** Says on the element and on the button whether the Earth moves. */
  #report(): void {
    this.dataset.state = this.#playing ? "ready" : "still";
    const { labelPause = "Pause", labelPlay = "Play" } = this.dataset;
    this.#button.ariaLabel = this.#playing ? labelPause : labelPlay;
  }

  /** Lights this city's ties; without one, those of the city that has the focus. */
  #choose(city: City | null): void {
    this.#chosen = city ?? this.#cities.find(({ link }) => link === document.activeElement) ?? null;
    this.#wake();
  }

  /** Turns to a city reached by keyboard; one pressed by a pointer stays where it was pressed. */
  #bring(city: City): void {
    this.#choose(city);
    if (!city.link.matches(":focus-visible")) return;
    this.#motion.bring(city.at, !this.#playing);
    this.#disc.scrollIntoView({ block: "nearest" }); // where the city will be, which the browser cannot know
  }

  #drag({ type, buttons, pointerId, clientX, clientY }: PointerEvent): void {
    const [x, y] = this.#grip;
    const { radius } = this.#earth;
    this.#grip = [clientX, clientY];
    if (type === "pointerdown") this.#canvas.setPointerCapture(pointerId);
    else if (this.#motion.held) this.#motion.push((x - clientX) / radius, (clientY - y) / radius);
    this.#motion.held = (buttons & 1) > 0 && this.#canvas.hasPointerCapture(pointerId);
    this.#wake();
  }

  /** Takes the sizes from the page once, not in every frame. */
  #measure(): void {
    for (const city of this.#cities) {
      [city.width, city.height, city.slot] = [city.link.offsetWidth, city.link.offsetHeight, -1];
    }
    const { offsetLeft, offsetTop, offsetWidth } = this.#disc;
    const radius = offsetWidth / 2;
    this.#earth = { x: offsetLeft + radius, y: offsetTop + radius, radius };
    const list = this.querySelector("ul")!;
    this.#room = { x: list.offsetLeft, y: list.offsetTop, width: list.offsetWidth, height: list.offsetHeight };
    const ratio = this.#ratio();
    this.#canvas.width = this.offsetWidth * ratio;
    this.#canvas.height = this.offsetHeight * ratio;
    this.#wake();
  }

  #ratio(): number {
    return Math.min(devicePixelRatio, this.#finest);
  }

  /** Asks for a frame, unless nobody would see it (in a hidden page the browser gives none by itself). */
  #wake(): void {
    if (this.#request || !this.#scene || !this.#inView || !this.isConnected) return;
    this.#request = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    this.#request = 0;
    const passed = this.#before ? now - this.#before : 0;
    if (this.#playing) {
      const seconds = Math.min(passed, 100) / 1000;
      this.#motion.step(seconds, !this.#chosen);
      this.#time += seconds;
    }
    this.#draw();
    this.#hurry(passed);
    if (this.#playing) this.#wake();
    this.#before = this.#request ? now : 0;
  }

  /** A machine that cannot keep up first gets a coarser picture, then one that stands still. */
  #hurry(passed: number): void {
    this.#slowFrames = passed > SLOW ? this.#slowFrames + 1 : 0;
    if (this.#slowFrames < PATIENCE) return;
    if (this.#ratio() <= 1) return this.#play(false);
    this.#finest = 1;
    this.#slowFrames = 0;
    this.#measure();
  }

  #draw(): void {
    const { x, y, radius } = this.#earth;
    const ratio = this.#ratio();
    const { width, height } = this.#canvas;
    const { aim } = this.#motion;
    const turn = turnTo(aim);
    this.#scene?.({
      turn,
      size: [width, height],
      centre: [x * ratio, height - y * ratio],
      radius: [radius * ratio],
      ratio: [ratio],
      time: [this.#time],
      chosen: this.#chosen?.at ?? [0, 0, 0],
      drift: [-aim.lon / 9, -aim.lat / 9],
    });
    for (const city of this.#cities) {
      const [right, down, depth] = project(turn, city.at);
      [city.x, city.y] = [x + right * radius - this.#room.x, y + down * radius - this.#room.y];
      city.seen = Math.max(0, Math.min(1, (depth - HORIZON) * 9));
    }
    const chosen = this.#cities.filter((city) => city === this.#chosen);
    arrange([...new Set([...chosen, ...this.#cities])], this.#room);
  }
}

function cityOf(link: HTMLAnchorElement): City {
  const at = place(Number(link.dataset.lat), Number(link.dataset.lon));
  return { link, at, width: 0, height: 0, x: 0, y: 0, seen: 0, slot: -1 };
}

/** In turns on the wheel of the screen, which lies about 28° behind that of OKLCH. */
function hueOf({ dataset }: HTMLElement): number {
  return dataset.hue ? ((Number(dataset.hue) + 332) % 360) / 360 : -1;
}
