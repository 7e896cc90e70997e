/** Which way the Earth is turned, and how it comes to rest there. Angles in radians, times in seconds. */
import { aimAt, shortest, type Aim, type Vec3 } from "./sphere";

const SPIN = -0.026; // a second: the Earth turns eastward
const STEEPEST = 1.1;
const UPRIGHT = 0.6; // a city near a pole is shown above the middle rather than from above

export class Motion {
  aim: Aim = { lon: 0, lat: 0 };
  /** A pointer holds the Earth; let go while it moves, it runs on. */
  held = false;
  #goal: Aim | null = null;
  #speed: Aim = { lon: 0, lat: 0 };
  #pushed: Aim = { lon: 0, lat: 0 }; // since the last step

  push(lon: number, lat: number): void {
    this.#goal = null;
    this.#pushed = { lon: this.#pushed.lon + lon, lat: this.#pushed.lat + lat };
    this.#turn(lon, lat);
  }

  /** Turns this place to the middle: at once, or in the coming steps. */
  bring(at: Vec3, atOnce: boolean): void {
    const { lon, lat } = aimAt(at);
    this.#goal = { lon, lat: Math.max(-UPRIGHT, Math.min(UPRIGHT, lat)) };
    if (atOnce) this.step(9, false);
  }

  /** Goes on by so many seconds; `spinning` is its own slow turn. */
  step(seconds: number, spinning: boolean): void {
    const left = Math.exp(-2.4 * seconds); // of any haste
    if (this.held && seconds) {
      this.#speed = { lon: this.#pushed.lon / seconds, lat: this.#pushed.lat / seconds };
    } else if (this.#goal) {
      const [lon, lat] = [shortest(this.aim.lon, this.#goal.lon), this.#goal.lat - this.aim.lat];
      this.#turn(lon * (1 - left * left), lat * (1 - left * left));
      this.#speed = { lon: 0, lat: 0 };
      if (Math.hypot(lon, lat) < 0.002) this.#goal = null;
    } else {
      this.#turn((this.#speed.lon + (spinning ? SPIN : 0)) * seconds, this.#speed.lat * seconds);
      this.#speed = { lon: this.#speed.lon * left, lat: this.#speed.lat * left };
    }
    this.#pushed = { lon: 0, lat: 0 };
  }

  #turn(lon: number, lat: number): void {
    this.aim.lon += lon;
    this.aim.lat = Math.max(-STEEPEST, Math.min(STEEPEST, this.aim.lat + lat));
  }
}
