/**
 * Palms on their way: kept on this device until the server says what became of them. Each has a nonce of its own making, so one that is
 * sent again counts once. Losing the network, or the page, loses none.
 */
export interface Told {
  beat?: number;
  refusal?: string;
}

interface Waiting {
  ticket: string;
  nonce: string;
}

const DOOR = "/live/palms/";
const FIRST = 400;
const LONGEST = 6_000;
const PATIENCE = 10_000; // milliseconds for one try

export class Outbox {
  #waiting: Waiting[];
  #sending = false;
  #tries = 0;
  #timer = 0;

  /** `name` keeps those of this page apart; `told` hears what became of each; `stuck` that the network does not take them now. */
  constructor(
    private readonly name: string,
    private readonly told: (nonce: string, told: Told) => void,
    private readonly stuck: () => void,
  ) {
    this.#waiting = JSON.parse(kept(name) ?? "[]") as Waiting[];
    addEventListener("online", () => this.#now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#now());
    this.#now();
  }

  has(nonce: string): boolean {
    return this.#waiting.some((one) => one.nonce === nonce);
  }

  send(ticket: string, nonce: string): void {
    if (this.has(nonce)) return;
    this.#waiting.push({ ticket, nonce });
    this.#keep();
    this.#now();
  }

  #keep(): void {
    keep(this.name, JSON.stringify(this.#waiting));
  }

  #now(): void {
    clearTimeout(this.#timer);
    if (!this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    for (let one = this.#waiting[0]; one; one = this.#waiting[0]) {
      const told = await ask(one);
      if (!told) break;
      this.#tries = 0;
      this.#waiting.shift();
      this.#keep();
      this.told(one.nonce, told);
    }
    this.#sending = false;
    if (!this.#waiting.length) return;
    this.stuck();
    const pause = Math.min(LONGEST, FIRST * 2 ** this.#tries++) * (0.5 + Math.random());
    this.#timer = window.setTimeout(() => this.#now(), pause);
  }
}

/** What the server says to one palm; nothing when it could not be asked, or asks to be asked again. */
async function ask(one: Waiting): Promise<Told | undefined> {
  try {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(DOOR, { method: "POST", headers, body: JSON.stringify(one), signal, keepalive: true });
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return undefined;
    return (await answer.json()) as Told;
  } catch {
    return undefined;
  }
}

const memory = new Map<string, string>(); // of a browser that keeps nothing: it forgets with the page

/** What was kept on this device. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

export function keep(name: string, value: string): void {
  memory.set(name, value);
  try {
    localStorage.setItem(name, value);
  } catch {
    // the memory has it
  }
}

/** A nonce, made once for this device under this name. */
export function nonceOf(name: string): string {
  const known = kept(name);
  if (known) return known;
  const made = newNonce();
  keep(name, made);
  return kept(name) ?? made;
}

export function newNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
