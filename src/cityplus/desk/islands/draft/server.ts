/** The server's side of a draft: three addresses, and what may come back. */

import type { Clash, Mark, Pending } from "./queue";

export interface Other {
  path: string;
  value: unknown;
  mark: Mark;
  by: string;
  label: string;
}

export interface News {
  draft: string;
  revision: number;
  state: string;
  fresh: boolean;
  others: Other[];
  marks: Record<string, Mark>;
  here?: { name: string; path: string; label: string }[];
}

export interface All {
  draft: string;
  revision: number;
  state: string;
  fields: { path: string; value: unknown; mark: Mark }[];
  marks: Record<string, Mark>;
}

export type Answer<T> =
  | { kind: "ok"; told: T }
  | { kind: "clash"; clashes: Clash[] }
  | { kind: "refused"; path: string; sentence: string }
  | { kind: "outdated" }
  | { kind: "locked" }
  | { kind: "failed" };

const PATIENCE = 20_000;

export class Server {
  constructor(
    private readonly addresses: { edits: string; presence: string; fields: string },
    private readonly token: string,
  ) {}

  /** Save edits. `last` is said when the page goes away: the request then outlives it, where the browser lets it. */
  save(known: { draft: string; revision: number }, edits: Pending[], last = false): Promise<Answer<News>> {
    return this.ask<News>(this.addresses.edits, { ...known, edits }, last);
  }

  /** Say that one is here, and hear what is new. */
  beat(known: { draft: string; revision: number }, path: string): Promise<Answer<News>> {
    return this.ask<News>(this.addresses.presence, { ...known, path });
  }

  all(): Promise<Answer<All>> {
    return this.ask<All>(this.addresses.fields);
  }

  private async ask<T>(address: string, body?: unknown, keepalive = false): Promise<Answer<T>> {
    try {
      const answer = await fetch(address, {
        method: body === undefined ? "GET" : "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: body === undefined ? null : JSON.stringify(body),
        credentials: "same-origin",
        redirect: "error",
        keepalive,
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await read<T>(answer);
    } catch {
      return { kind: "failed" };
    }
  }
}

async function read<T>(answer: Response): Promise<Answer<T>> {
  if (answer.ok) return { kind: "ok", told: (await answer.json()) as T };
  if (answer.status === 404) return { kind: "locked" };
  const isProblem = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
  if (!isProblem) return { kind: answer.status === 403 ? "outdated" : "failed" };
  const problem = (await answer.json()) as { detail: string; path?: string; clashes?: Clash[] };
  if (answer.status === 409) return { kind: "clash", clashes: problem.clashes ?? [] };
  if (answer.status < 500) return { kind: "refused", path: problem.path ?? "", sentence: problem.detail };
  return { kind: "failed" };
}
