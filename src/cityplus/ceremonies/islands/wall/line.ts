/**
 * A line to a stream of server-sent events that says at its first try already what it has heard: everything after that id comes,
 * in order. It comes back by itself for ever, and at once when the device says that it has a network again.
 */
export interface Hearing<T> {
  heard(id: number, data: T): void;
  /** The line is down; it is being tried again. */
  lost?(): void;
  /** The line is there. */
  found?(): void;
}

const SILENCE = 45_000; // milliseconds; the server says something every 20 seconds
const FIRST = 500;
const LONGEST = 8_000;

export class Line<T> {
  #last: number;
  #tries = 0;
  #line: AbortController | undefined;
  #timer = 0;
  #closed = false;

  constructor(
    private readonly url: string,
    after: number,
    private readonly hearing: Hearing<T>,
  ) {
    this.#last = after;
    addEventListener("online", this.#now);
    addEventListener("offline", this.#cut);
    void this.#listen();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#now);
    removeEventListener("offline", this.#cut);
    clearTimeout(this.#timer);
    this.#line?.abort();
  }

  readonly #cut = (): void => this.#line?.abort();

  readonly #now = (): void => {
    if (this.#line || this.#closed) return;
    clearTimeout(this.#timer);
    void this.#listen();
  };

  async #listen(): Promise<void> {
    const line = (this.#line = new AbortController());
    try {
      await this.#read(line);
    } catch {
      // down, cut or refused: all the same to who waits
    }
    this.#line = undefined;
    if (this.#closed) return;
    this.hearing.lost?.();
    // Thousands lose their line at one moment, and should not come back at one.
    const pause = Math.min(LONGEST, FIRST * 2 ** this.#tries++) * (0.5 + Math.random());
    this.#timer = window.setTimeout(this.#now, pause);
  }

  async #read(line: AbortController): Promise<void> {
    let watch = 0;
    const alive = () => {
      clearTimeout(watch);
      watch = window.setTimeout(() => line.abort(), SILENCE);
    };
    try {
      alive();
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(this.#last) };
      const answer = await fetch(this.url, { headers, signal: line.signal, cache: "no-store" });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; ; ) {
        const { done, value } = await reader.read();
        if (done) return;
        alive();
        this.hearing.found?.();
        this.#tries = 0;
        const parts = (text + value).split("\n\n");
        text = parts.pop() ?? "";
        parts.forEach((part) => this.#take(part));
      }
    } finally {
      clearTimeout(watch);
    }
  }

  #take(part: string): void {
    const id = Number(/^id: (\d+)$/m.exec(part)?.[1] ?? 0);
    const data = /^data: (.*)$/m.exec(part)?.[1];
    if (!data || id <= this.#last) return; // a comment, or what was heard already
    this.hearing.heard(id, JSON.parse(data) as T);
    this.#last = id;
  }
}
