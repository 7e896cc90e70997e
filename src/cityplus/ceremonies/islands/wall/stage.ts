/**
 * The picture of a wall, in three layers: the Earth (WebGL), what is finished (drawn once and left alone) and what is in the air (drawn
 * anew in each frame, and only while there is something). It knows of no stream: it is told what to show.
 */
import { Earth, type Sky, type Spot } from "./earth";
import { colourOf, Places, pointsOf, sprites, type Box } from "./prints";

const SLOW = 55; // milliseconds of a frame that is felt
const PATIENCE = 5; // slow frames in a row
const CROWD = 90; // lights in the air at a time; more are put in their places at once
const GUEST = 3.2; // seconds that a guest's print takes
const LIGHT = 1.1; // and a light of the public
const RISE = 4.5;

interface Flight {
  from: Spot;
  bend: number;
  colour: number;
  began: number;
  seconds: number;
  width: number;
  /** Of a guest: the points of the print, and how many are in their places. */
  print?: { points: [number, number, number][]; box: Box; placed: number };
  light?: number;
}

export class Stage {
  /** Milliseconds of script in a frame, over the last ones; the sky says it each second as `data-cost`. */
  cost = 0;
  readonly earth: Earth;
  readonly #base = document.createElement("canvas");
  readonly #air = document.createElement("canvas");
  readonly #disc = document.createElement("div");
  readonly #home = document.createElement("div"); // marks the city's place while it is dark
  readonly #stars = sprites();
  #flights: Flight[] = [];
  #places: Places | undefined;
  #prints = new Map<HTMLElement, [number, number, number][]>();
  #lit = new Set<HTMLElement>();
  #lights = 0;
  #launched = false;
  #launchedAt = 0;
  #clock = 0; // seconds of frames
  #before = 0;
  #request = 0;
  #slow = 0;
  #still = false;
  #ready = false;
  #size = { width: 1, height: 1, ratio: 1 };

  constructor(
    private readonly sky: HTMLElement,
    content: Sky,
    private readonly calm: boolean,
  ) {
    this.earth = new Earth(content);
    this.#disc.className = "wall-disc";
    this.#home.className = "wall-home";
    this.sky.append(this.earth.canvas, this.#base, this.#air, this.#disc, this.#home);
  }

  async load(files: DOMStringMap): Promise<void> {
    this.measure();
    this.#ready = await this.earth.load(files);
    if (!this.#ready) this.earth.canvas.remove();
    this.sky.dataset.state = this.#ready ? "ready" : "unsupported";
    new ResizeObserver(() => this.measure()).observe(this.sky);
    this.measure();
  }

  /** Takes the sizes from the page, and puts everything that is finished in its place again. */
  measure(): void {
    const { offsetWidth: width, offsetHeight: height } = this.sky;
    if (!width || !height) return;
    const ratio = Math.min(devicePixelRatio, 2);
    this.#size = { width, height, ratio };
    for (const canvas of [this.#base, this.#air]) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      canvas.getContext("2d")!.setTransform(ratio, 0, 0, ratio, 0, 0);
      canvas.getContext("2d")!.globalCompositeOperation = "lighter";
    }
    const disc = this.#boxOf(this.#disc);
    const round = { x: disc.x + disc.width / 2, y: disc.y + disc.height / 2, radius: disc.width / 2 };
    this.earth.measure(width, height, round);
    const read = this.sky.parentElement!.querySelectorAll<HTMLElement>(".wall-guests, .wall-join, .wall-head > *, .wall-words, .wall-count");
    this.#places = new Places(width, height, [...read].map((part) => this.#boxOf(part)).filter(({ width: w }) => w), round);
    this.#flights = [];
    for (const guest of this.#lit) this.#stampPrint(guest);
    for (let index = 0; index < this.#lights; index++) this.#stampLight(index);
    this.#drawEarth();
    this.#wake();
  }

  /** Everything dark again. */
  clear(): void {
    this.#lit.clear();
    this.#flights = [];
    this.#lights = 0;
    this.#launched = false;
    this.earth.risen = 0;
    this.measure();
  }

  /** A guest's print, at the box of its element `.wall-print`. */
  guest(element: HTMLElement, atOnce: boolean): void {
    if (this.#lit.has(element)) return;
    this.#lit.add(element);
    if (atOnce || this.calm) return this.#stampPrint(element);
    const box = this.#printBox(element);
    const colour = this.#colourOf(element);
    const from = { x: box.x + box.width / 2, y: box.y + box.height * 0.4 };
    const print = { points: this.#pointsOf(element), box, placed: 0 };
    this.#fly({ from, bend: 0.22, colour, began: this.#clock, seconds: GUEST, width: 3.2, print });
  }

  /** The next light of the public. */
  light(atOnce: boolean): void {
    const index = this.#lights++;
    if (atOnce || this.calm || this.#flights.length >= CROWD || document.hidden) return this.#stampLight(index);
    const [x, y] = this.#places?.at(index) ?? [0, 0];
    const bend = ((index * 0.618) % 1) * 0.5 - 0.25;
    this.#fly({ from: { x, y }, bend, colour: index, began: this.#clock, seconds: LIGHT, width: 1.4, light: index });
  }

  /** So many lights of the public, none of them new. */
  lights(count: number): void {
    while (this.#lights < count) this.light(true);
  }

  launch(atOnce: boolean): void {
    if (this.#launched) return;
    this.#launched = true;
    this.#launchedAt = this.#clock;
    if (atOnce || this.calm) {
      this.earth.risen = 1;
      this.#drawEarth();
      return;
    }
    for (const guest of this.#lit) {
      const box = this.#printBox(guest);
      const from = { x: box.x + box.width / 2, y: box.y + box.height * 0.4 };
      this.#fly({ from, bend: 0.22, colour: this.#colourOf(guest), began: this.#clock, seconds: 1.6, width: 4 });
    }
    this.#wake();
  }

  #fly(flight: Flight): void {
    this.#flights.push(flight);
    this.#wake();
  }

  #wake(): void {
    if (this.#request || !this.sky.isConnected || this.calm) return;
    this.#request = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    this.#request = 0;
    const began = performance.now();
    const passed = this.#before ? now - this.#before : 0;
    const seconds = Math.min(passed, 100) / 1000;
    this.#clock += seconds;
    if (!this.#still) this.earth.time += seconds;
    const rising = this.#launched && this.earth.risen < 1;
    if (rising) this.earth.risen = ease(Math.min(1, (this.#clock - this.#launchedAt) / RISE));
    if (!this.#still || rising) this.#drawEarth();
    const busy = this.#drawAir();
    this.#hurry(passed);
    if (!this.#still || busy || rising) this.#wake();
    this.#before = this.#request ? now : 0;
    this.cost += (performance.now() - began - this.cost) / 30;
    if (Math.floor(this.#clock) !== Math.floor(this.#clock - seconds)) this.sky.dataset.cost = this.cost.toFixed(2);
  }

  /** A machine that cannot keep up gets a coarser Earth, then one that stands still; the lights go on. */
  #hurry(passed: number): void {
    this.#slow = passed > SLOW ? this.#slow + 1 : 0;
    if (this.#slow < PATIENCE || this.#still) return;
    this.#slow = 0;
    if (this.earth.finest > 0.5) this.earth.finest = this.earth.finest > 1 ? 1 : 0.5;
    else this.#still = true;
    this.sky.dataset.state = this.#still ? "still" : "coarse";
    const disc = this.#boxOf(this.#disc);
    const round = { x: disc.x + disc.width / 2, y: disc.y + disc.height / 2, radius: disc.width / 2 };
    this.earth.measure(this.#size.width, this.#size.height, round);
    this.#drawEarth();
  }

  #drawEarth(): void {
    if (this.#ready) this.earth.draw();
    const { x, y } = this.earth.home;
    this.#home.style.translate = `${x.toFixed(1)}px ${y.toFixed(1)}px`;
  }

  /** Whether anything is left in the air. */
  #drawAir(): boolean {
    const air = this.#air.getContext("2d")!;
    air.clearRect(0, 0, this.#size.width, this.#size.height);
    const home = this.earth.home;
    this.#flights = this.#flights.filter((flight) => {
      const along = (this.#clock - flight.began) / flight.seconds;
      if (flight.print) this.#drawPrint(air, flight, along);
      else if (flight.light !== undefined) this.#star(air, flight.from, this.#lightSize * (1 + 3 * (1 - along)), flight.colour);
      beam(air, flight, home, flight.print ? (along - 0.35) / 0.65 : along);
      if (along < 1) return true;
      if (flight.light !== undefined) this.#stampLight(flight.light);
      return false;
    });
    const since = this.#clock - this.#launchedAt;
    if (this.#launched && since < 3) ring(air, home, (since / 3) * this.#size.height * 1.3, 1 - since / 3);
    return this.#flights.length > 0 || (this.#launched && since < 3);
  }

  /** Points that have come are stamped into the base; those that are coming flare up in the air. */
  #drawPrint(air: CanvasRenderingContext2D, { print, colour }: Flight, along: number): void {
    const { points, box } = print!;
    const size = box.width * 0.05;
    const come = Math.min(points.length, Math.floor(points.length * along * 1.25));
    const settled = Math.max(0, Math.min(points.length, Math.floor(points.length * (along * 1.25 - 0.16))));
    const base = this.#base.getContext("2d")!;
    for (; print!.placed < settled; print!.placed++) this.#point(base, points[print!.placed]!, box, size, colour);
    for (let n = settled; n < come; n++) this.#point(air, points[n]!, box, size * (1 + (n - settled) / (come - settled)), colour);
  }

  #point(context: CanvasRenderingContext2D, [x, y, s]: [number, number, number], box: Box, size: number, colour: number): void {
    this.#star(context, { x: box.x + x * box.width, y: box.y + y * box.height }, size * s, colour);
  }

  #star(context: CanvasRenderingContext2D, { x, y }: Spot, size: number, colour: number): void {
    context.drawImage(this.#stars[colour % this.#stars.length]!, x - size, y - size, size * 2, size * 2);
  }

  #stampPrint(element: HTMLElement): void {
    const box = this.#printBox(element);
    const base = this.#base.getContext("2d")!;
    for (const point of this.#pointsOf(element)) this.#point(base, point, box, box.width * 0.05, this.#colourOf(element));
  }

  #stampLight(index: number): void {
    const [x, y] = this.#places?.at(index) ?? [0, 0];
    this.#star(this.#base.getContext("2d")!, { x, y }, this.#lightSize * (0.7 + ((index * 0.37) % 0.6)), index);
  }

  /** Half the width of a light of the public: the more there are, the smaller. */
  get #lightSize(): number {
    return this.#size.height * 0.011 * (200 / Math.max(200, this.#lights)) ** 0.3;
  }

  #pointsOf(element: HTMLElement): [number, number, number][] {
    const known = this.#prints.get(element);
    if (known) return known;
    const outline = element.querySelector("path")?.getAttribute("d") ?? "";
    const points = pointsOf(outline, Number(element.dataset.guest ?? 1));
    this.#prints.set(element, points);
    return points;
  }

  #colourOf(element: HTMLElement): number {
    return [...(element.parentElement?.children ?? [])].indexOf(element);
  }

  #printBox(element: HTMLElement): Box {
    return this.#boxOf(element.querySelector<SVGElement>(".hand") ?? element);
  }

  #boxOf(element: Element): Box {
    const [box, sky] = [element.getBoundingClientRect(), this.sky.getBoundingClientRect()];
    const scale = this.#size.width / (sky.width || 1); // a replay may be shown smaller than it is
    return { x: (box.x - sky.x) * scale, y: (box.y - sky.y) * scale, width: box.width * scale, height: box.height * scale };
  }
}

const ease = (share: number) => share * share * (3 - 2 * share);

/** The line of light that a palm sends to the city: its head runs ahead, its tail fades. */
function beam(air: CanvasRenderingContext2D, { from, bend, colour, width }: Flight, to: Spot, along: number): void {
  if (along <= 0 || along >= 1) return;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const [mx, my] = [from.x + dx / 2 + dy * bend, from.y + dy / 2 - dx * bend];
  const at = (t: number): [number, number] => [
    (1 - t) ** 2 * from.x + 2 * t * (1 - t) * mx + t * t * to.x,
    (1 - t) ** 2 * from.y + 2 * t * (1 - t) * my + t * t * to.y,
  ];
  const head = Math.min(1, ease(along) * 1.25);
  const tail = Math.max(0, ease(along) * 1.25 - 0.25);
  air.strokeStyle = colourOf(colour);
  air.lineCap = "round";
  for (let n = 0; n < 8; n++) {
    air.globalAlpha = ((n + 1) / 8) ** 2 * (1 - Math.max(0, along - 0.85) / 0.15);
    air.lineWidth = width * (0.4 + (0.6 * (n + 1)) / 8);
    air.beginPath();
    air.moveTo(...at(tail + ((head - tail) * n) / 8));
    air.lineTo(...at(tail + ((head - tail) * (n + 1)) / 8));
    air.stroke();
  }
  air.globalAlpha = 1;
}

function ring(air: CanvasRenderingContext2D, { x, y }: Spot, radius: number, strength: number): void {
  const glow = air.createRadialGradient(x, y, radius * 0.6, x, y, radius);
  glow.addColorStop(0, "rgba(255,208,138,0)");
  glow.addColorStop(0.8, `rgba(255,224,176,${(0.35 * strength).toFixed(3)})`);
  glow.addColorStop(1, "rgba(255,208,138,0)");
  air.fillStyle = glow;
  air.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}
