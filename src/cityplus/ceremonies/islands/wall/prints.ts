/** Prints of hands as points of light, and where the lights of the public stand. Lengths are pixels of the canvas they are drawn on. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const HAND = { width: 200, height: 264 };
const POINTS = 560;
const COLOURS = ["255,208,138", "146,190,255", "126,231,200", "255,170,196", "204,180,255", "255,236,196"];

/** The same numbers for the same seed, in every browser. */
export function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** Points inside the outline, the nearest to the palm's middle first: `x, y, size` with x and y in shares of the box. */
export function pointsOf(outline: string, seed: number): [number, number, number][] {
  const context = document.createElement("canvas").getContext("2d")!;
  const path = new Path2D(outline);
  const next = random(seed + 11);
  const found: [number, number, number][] = [];
  for (let tries = 0; found.length < POINTS && tries < POINTS * 8; tries++) {
    const [x, y] = [next() * HAND.width, next() * HAND.height];
    if (!context.isPointInPath(path, x, y) || inCrease(x, y)) continue;
    found.push([x / HAND.width, y / HAND.height, 0.45 + 1.1 * next() ** 3]);
  }
  return found.sort((a, b) => away(a) - away(b));
}

const away = ([x, y]: [number, number, number]) => Math.hypot(x - 0.53, (y - 0.67) * 1.3);

/** The lines of a palm, and the folds of its fingers, leave no print. */
function inCrease(x: number, y: number): boolean {
  const heart = Math.abs(y - (158 + 0.0022 * (x - 70) ** 2 - 0.24 * (x - 100))) < 2.2 && x > 92;
  const head = Math.abs(y - (176 + 0.0024 * (x - 70) ** 2)) < 2 && x > 66 && x < 142;
  const life = Math.abs(Math.hypot(x - 62, y - 214) - 46) < 2.2 && y < 236 && x > 66;
  const folds = [134, 102, 72].some((fold, n) => Math.abs(y - fold - 0.0016 * (x - 100) ** 2) < 1.6 - 0.2 * n && x > 60);
  return heart || head || life || folds;
}

/** A soft point of light in each colour, drawn once. */
export function sprites(): HTMLCanvasElement[] {
  return COLOURS.map((colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d")!;
    const glow = context.createRadialGradient(32, 32, 0, 32, 32, 32);
    glow.addColorStop(0, "rgba(255,255,255,1)");
    glow.addColorStop(0.14, `rgba(${colour},.95)`);
    glow.addColorStop(0.34, `rgba(${colour},.28)`);
    glow.addColorStop(1, `rgba(${colour},0)`);
    context.fillStyle = glow;
    context.fillRect(0, 0, 64, 64);
    return canvas;
  });
}

export const colourOf = (index: number) => `rgb(${COLOURS[index % COLOURS.length]!})`;

/** Where the light of this number stands: spread evenly over the sky, and never upon what is read. */
export class Places {
  #found: [number, number][] = [];
  #next = 1;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly blocked: Box[],
    private readonly disc: { x: number; y: number; radius: number },
  ) {}

  at(index: number): [number, number] {
    for (let tries = 0; this.#found.length <= index && tries < 4000; tries++) {
      const [x, y] = [((this.#next * 0.7548776662) % 1) * this.width, ((this.#next * 0.5698402909) % 1) * this.height];
      this.#next++;
      if (this.#free(x, y)) this.#found.push([x, y]);
    }
    return this.#found[index] ?? this.#found[index % Math.max(1, this.#found.length)] ?? [this.width / 2, this.height / 3];
  }

  #free(x: number, y: number): boolean {
    const over = Math.hypot(x - this.disc.x, y - this.disc.y) < this.disc.radius * 1.02;
    return !over && !this.blocked.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
  }
}
