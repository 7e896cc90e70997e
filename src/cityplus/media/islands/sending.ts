/** A file on its way to the library by tus: goes on where it was, after a broken line, a closed page, a restarted server. */
import { DetailedError, Upload } from "tus-js-client";

export type Phase = "waiting" | "sending" | "paused" | "again" | "looking" | "done" | "failed";
export interface Told {
  phase: Phase;
  sent: number;
  total: number;
  /** Why it failed, in a sentence; empty where nobody said one. */
  problem: string;
  /** Whether it failed because one is not signed in any more. */
  signedOut: boolean;
  /** The medium that was made of it, once it is done. */
  medium: number | null;
}

const PIECE = 8_000_000; // bytes of one request: proxies bound the length of a body
const LOOK = 1000; // milliseconds between two questions what became of it
const AGAIN = [1000, 3000, 5000, 10_000, 20_000]; // milliseconds until the next try; the last one for ever

interface Answer {
  state: string;
  problem: string;
  medium: number | null;
}

export class Sending {
  readonly told: Told = { phase: "waiting", sent: 0, total: 0, problem: "", signedOut: false, medium: null };
  private readonly upload: Upload;
  private tries = 0;
  private timer = 0;

  constructor(
    readonly file: File,
    endpoint: string,
    token: string,
    private readonly tell: (told: Told) => void,
    metadata: Record<string, string> = {},
  ) {
    this.told.total = file.size;
    this.upload = new Upload(file, {
      endpoint,
      chunkSize: PIECE,
      retryDelays: null, // tried again below, for as long as it takes
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, ...metadata },
      headers: { "X-CSRFToken": token },
      fingerprint: (given) => Promise.resolve(fingerprint(given, endpoint, metadata)),
      onProgress: (sent) => this.say({ phase: "sending", sent }),
      onChunkComplete: () => (this.tries = 0),
      onSuccess: () => void this.look(),
      onError: (error) => this.broken(error),
    });
    window.addEventListener("online", this.online);
  }

  /** The number of the upload on the server; empty before it has one. */
  get id(): string {
    return this.upload.url?.replace(/\/$/, "").split("/").pop() ?? "";
  }

  /** Begin, or go on with what an earlier page began of the same file. */
  async start(): Promise<void> {
    this.say({ phase: "sending" });
    const [before] = await this.upload.findPreviousUploads();
    if (before) this.upload.resumeFromPreviousUpload(before);
    if (before) this.say({}); // it has its number from now on
    this.upload.start();
  }

  pause(): void {
    window.clearTimeout(this.timer);
    void this.upload.abort();
    this.say({ phase: "paused" });
  }

  resume(): void {
    this.say({ phase: "sending", problem: "" });
    this.upload.start();
  }

  async cancel(): Promise<void> {
    window.clearTimeout(this.timer);
    window.removeEventListener("online", this.online);
    await this.upload.abort(true).catch(() => null); // what the server does not hear, it forgets after a day
  }

  private readonly online = (): void => {
    if (this.told.phase === "again") this.resume();
  };

  private say(news: Partial<Told>): void {
    Object.assign(this.told, news);
    this.tell(this.told);
  }

  private broken(error: Error): void {
    const answer = error instanceof DetailedError ? error.originalResponse : null;
    const status = answer?.getStatus() ?? 0;
    if (status === 0 || status === 409 || status >= 500) {
      const pause = AGAIN[Math.min(this.tries++, AGAIN.length - 1)];
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.online(), pause);
      this.say({ phase: "again" });
    } else {
      this.say({ phase: "failed", problem: sentence(answer?.getBody() ?? ""), signedOut: status === 403 || status === 404 });
    }
  }

  /** Ask until the server has said what became of it. */
  private async look(): Promise<void> {
    this.say({ phase: "looking", sent: this.file.size });
    const url = this.upload.url;
    const answer: Answer | null = url
      ? await fetch(url, { headers: { Accept: "application/json" } })
          .then((response) => (response.ok ? response.json() : null))
          .catch(() => null)
      : null;
    if (answer?.state === "done") this.say({ phase: "done", medium: answer.medium });
    else if (answer?.state === "refused" || answer?.state === "expired") this.say({ phase: "failed", problem: answer.problem });
    else this.timer = window.setTimeout(() => void this.look(), LOOK);
  }
}

/** By what a file is known again after the page was closed; what replaces a medium is not taken for a new one. */
const fingerprint = (file: File, endpoint: string, metadata: Record<string, string>): string =>
  ["tus", file.name, file.type, file.size, file.lastModified, endpoint, metadata["replaces"] ?? ""].join("-");

/** What a problem (RFC 9457) says; empty for another answer. */
function sentence(body: string): string {
  try {
    const told: unknown = JSON.parse(body);
    return typeof told === "object" && told && "detail" in told ? String(told.detail) : "";
  } catch {
    return "";
  }
}

/** The token of a form on this page, which every change needs. */
export const token = (): string =>
  document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
