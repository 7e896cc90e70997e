/** The Earth at night behind the wall: the city's place dark, then lit, with its ties. */
import { sceneOf, type Shot } from "../../../web/islands/globe/scene";
import { place, project, turnTo, unpackLights, type Vec3 } from "../../../web/islands/globe/sphere";

export interface Sky {
  place: [number, number];
  hue: number;
  cities: [number, number, number][];
  ties: [number, number][];
}

const TILT = 0.56; // radians that the city stands above the middle of the disc
const SWAY = 0.035;

export interface Spot {
  x: number;
  y: number;
}

export class Earth {
  readonly canvas = document.createElement("canvas");
  /** 0: dark; 1: the city is lit and its ties are drawn. */
  risen = 0;
  time = 7;
  /** Canvas pixels to one CSS pixel, at most. */
  finest = 2;
  #scene: ((shot: Shot) => void) | null = null;
  readonly #home: Vec3;
  #size = { width: 1, height: 1 };
  #disc = { x: 0, y: 0, radius: 1 };

  constructor(private readonly sky: Sky) {
    this.#home = place(...sky.place);
    this.canvas.ariaHidden = "true";
  }

  /** Fetches what it draws; false where there is no WebGL 2. */
  async load(files: { land?: string; lights?: string; members?: string }): Promise<boolean> {
    const gl = this.canvas.getContext("webgl2", { antialias: false });
    if (!gl) return false;
    const file = async (url = "") => {
      const answer = await fetch(url);
      return answer.ok ? answer.blob() : Promise.reject(new Error(url));
    };
    const lamps = (url?: string) =>
      file(url)
        .then(async (blob) => unpackLights(new Uint8Array(await blob.arrayBuffer())))
        .catch(() => []);
    const [land, lights, members] = await Promise.all([
      file(files.land).then(createImageBitmap).catch(() => null),
      lamps(files.lights),
      lamps(files.members),
    ]);
    const star = (lat: number, lon: number, hue: number) => [...place(lat, lon), ((hue + 332) % 360) / 360];
    const furnish = () => {
      this.#scene = sceneOf(gl, {
        land,
        lights,
        members,
        cities: this.sky.cities.flatMap((city) => star(...city)),
        ties: [],
        rising: {
          cities: star(...this.sky.place, this.sky.hue),
          ties: this.sky.ties.flatMap((end, n) => [...this.#home, ...place(...end), (n * 0.618) % 1]),
        },
      });
    };
    furnish();
    this.canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.#scene = null;
    });
    this.canvas.addEventListener("webglcontextrestored", furnish);
    return true;
  }

  /** In CSS pixels of the wall. */
  measure(width: number, height: number, disc: { x: number; y: number; radius: number }): void {
    this.#size = { width, height };
    this.#disc = disc;
    this.canvas.width = Math.round(width * this.#ratio);
    this.canvas.height = Math.round(height * this.#ratio);
  }

  get #ratio(): number {
    return Math.min(devicePixelRatio, this.finest);
  }

  get #turn(): Float32Array {
    const [lat, lon] = this.sky.place.map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    return turnTo({ lon: lon + SWAY * Math.sin(this.time * 0.12), lat: Math.max(-1.1, Math.min(1.1, lat - TILT)) });
  }

  /** Where the city stands, in CSS pixels of the wall. */
  get home(): Spot {
    const [right, down] = project(this.#turn, this.#home);
    const { x, y, radius } = this.#disc;
    return { x: x + right * radius, y: y + down * radius };
  }

  draw(): void {
    const ratio = this.#ratio;
    const { width, height } = this.canvas;
    const { x, y, radius } = this.#disc;
    this.#scene?.({
      turn: this.#turn,
      size: [width, height],
      centre: [x * ratio, (this.#size.height - y) * ratio],
      radius: [radius * ratio],
      ratio: [ratio],
      time: [this.time],
      chosen: [0, 0, 0],
      drift: [-this.time * 0.0007, 0],
      risen: [this.risen],
    });
  }
}
