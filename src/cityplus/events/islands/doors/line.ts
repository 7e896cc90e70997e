/** The line to the server: sends what is kept whenever it can, and hears what happened at other doors. */
import type { Keeping, Scan } from "./keeping";

export interface Told {
  nonce: string;
  outcome: string;
  registration?: number;
  name?: string;
  organisation?: string;
  since?: { at: number; venue: number };
}

export interface News {
  registration: number;
  inside: boolean;
  at: number;
  venue: number;
}

interface Answer {
  beat: number;
  scans: Told[];
  news: News[];
}

export interface Hearing {
  /** What became of a scan of this phone; `mine` is the scan where it waited here, nothing where another one overtook it later. */
  told(told: Told, mine: Scan | undefined): void;
  news(news: News[]): void;
  /** Whether the line is there, and how many scans wait for it. */
  state(there: boolean, waiting: number): void;
  /** Whoever holds this phone opens this door no more. */
  gone(): void;
}

const DOOR = "/live/doors/";
const PATIENCE = 10_000;
const QUIET = 10_000; // milliseconds between questions while nobody is scanned
const FIRST = 1_000;
const LONGEST = 15_000;
const MOST = 50;

export class Line {
  #busy: Promise<void> | undefined;
  #again = false;
  #timer = 0;
  #tries = 0;
  #ended = false;

  constructor(
    private readonly pass: string,
    private readonly device: string,
    private readonly keeping: Keeping,
    private readonly hearing: Hearing,
    private after: number,
    private readonly remember: (beat: number) => void,
  ) {
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  /** Sends at once; what is kept while it sends goes with the next. */
  now(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    if (this.#busy) this.#again = true;
    else this.#busy = this.#run().finally(() => this.#rest());
  }

  #rest(): void {
    this.#busy = undefined;
    if (this.#again) {
      this.#again = false;
      this.now();
    } else if (!this.#ended) {
      const pause = this.#tries ? Math.min(LONGEST, FIRST * 2 ** this.#tries) * (0.5 + Math.random()) : QUIET;
      this.#timer = window.setTimeout(() => this.now(), pause);
    }
  }

  async #run(): Promise<void> {
    for (;;) {
      const waiting = await this.keeping.waiting();
      const batch = waiting.slice(0, MOST);
      const answer = await this.#ask(batch);
      if (!answer) {
        this.#tries++;
        this.hearing.state(false, waiting.length);
        return;
      }
      this.#tries = 0;
      const mine = new Map(batch.map((one) => [one.nonce, one]));
      for (const told of answer.scans) this.hearing.told(told, mine.get(told.nonce));
      await this.keeping.forget(answer.scans.map((one) => one.nonce).filter((nonce) => mine.has(nonce)));
      this.hearing.news(answer.news);
      const further = answer.beat > this.after && answer.news.length >= 500;
      this.after = Math.max(this.after, answer.beat);
      this.remember(this.after);
      const left = waiting.length - batch.length;
      this.hearing.state(true, left);
      if (!left && !further) return;
    }
  }

  /** What the server says; nothing when it could not be asked. */
  async #ask(batch: Scan[]): Promise<Answer | undefined> {
    const scans = batch.map(({ nonce, at, leaves, how, code, registration, reason }) => ({ nonce, at, leaves, how, code, registration, reason }));
    const body = JSON.stringify({ pass: this.pass, device: this.device, now: Date.now(), after: this.after, scans });
    try {
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(DOOR, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 404) {
        this.#ended = true;
        this.hearing.gone();
      }
      return answer.ok ? ((await answer.json()) as Answer) : undefined;
    } catch {
      return undefined;
    }
  }
}
