/** What a writer changed and the server has not yet acknowledged: no DOM, no network, so that it can be tested as it is. */

export type Mark = string;

export interface Pending {
  path: string;
  /** The mark of what the writer saw there: the server refuses the edit when something else stands there now. */
  was: Mark;
  value: unknown;
  /** Values that were sent, and no answer heard: where one of them stands on the server, its writer meets themselves. */
  sent?: unknown[];
}

export interface Clash {
  path: string;
  value: unknown;
  mark: Mark;
  by: string;
  at: string | null;
  label: string;
}

const MOST_SENT = 8; // as many as the server takes

/** Where edits are kept on this device; `localStorage` is one. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * The edits of one person in one draft, at most one for each path, each kept on the device under a key of its own: two tabs of
 * one person do not overwrite each other's. An edit stays until the server has acknowledged its very value. Some wait for their
 * writer (`parked`): those that met another's text, and those that were not taken.
 */
export class Queue {
  /** Whether the device keeps what is written. */
  kept = true;
  private readonly edits = new Map<string, Pending>();
  private readonly parked = new Set<string>();

  constructor(
    private readonly prefix: string,
    private readonly shelf: Shelf | undefined,
  ) {
    for (const edit of this.stored()) this.edits.set(edit.path, edit);
  }

  get size(): number {
    return this.edits.size;
  }

  /** Those that can be sent now. */
  get waiting(): Pending[] {
    return [...this.edits.values()].filter((edit) => !this.parked.has(edit.path));
  }

  get paths(): string[] {
    return [...this.edits.keys()];
  }

  at(path: string): Pending | undefined {
    return this.edits.get(path);
  }

  isParked(path: string): boolean {
    return this.parked.has(path);
  }

  /** Somebody wrote. `was` is kept from the first edit of the path: it is what they saw before they began. */
  put(path: string, was: Mark, value: unknown): void {
    this.keep({ was, ...this.edits.get(path), path, value });
    this.parked.delete(path);
  }

  /** The writer is back where they began, or took the other's text. */
  drop(path: string): void {
    this.edits.delete(path);
    this.parked.delete(path);
    this.forget(path);
  }

  /** Take those that can be sent; what is sent is noted on the device first, for the answer may never come. */
  take(most: number): Pending[] {
    const taken = this.waiting.slice(0, most);
    for (const edit of taken) {
      const sent = [...(edit.sent ?? []).filter((value) => !same(value, edit.value)), edit.value];
      this.keep({ ...edit, sent: sent.slice(-MOST_SENT) });
    }
    return taken;
  }

  /** The server has these edits. What was written since they were sent goes on from their marks. */
  acknowledge(sent: Pending[], marks: Record<string, Mark>): void {
    for (const edit of sent) {
      const now = this.edits.get(edit.path);
      if (!now) continue;
      if (same(now.value, edit.value)) this.drop(edit.path);
      else this.keep({ path: now.path, value: now.value, was: marks[edit.path] ?? now.was });
    }
  }

  /** These met another's text, or were not taken: they wait for their writer, and hold up no others. */
  park(path: string): void {
    if (this.edits.has(path)) this.parked.add(path);
  }

  /** Their writer has seen what stands there, and insists. */
  insist(path: string, mark: Mark): void {
    const edit = this.edits.get(path);
    if (edit) this.keep({ path, value: edit.value, was: mark });
    this.parked.delete(path);
  }

  private keep(edit: Pending): void {
    this.edits.set(edit.path, edit);
    try {
      this.shelf?.setItem(this.prefix + edit.path, JSON.stringify(edit));
      this.kept = this.shelf !== undefined;
    } catch {
      this.kept = false; // full, or forbidden: what is written is in this page alone
    }
  }

  private forget(path: string): void {
    try {
      this.shelf?.removeItem(this.prefix + path);
    } catch {
      // what cannot be written to cannot be cleared
    }
  }

  private stored(): Pending[] {
    const found: Pending[] = [];
    try {
      for (let i = 0; this.shelf && i < this.shelf.length; i += 1) {
        const key = this.shelf.key(i);
        const edit = key?.startsWith(this.prefix) ? parse(this.shelf.getItem(key)) : undefined;
        if (edit) found.push(edit);
      }
    } catch {
      this.kept = false;
    }
    return found;
  }
}

/** Whether two values of a document are the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
}

/** Milliseconds before the next try after so many failures: 1, 2, 4 … 30 seconds. */
export function pause(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
}

function parse(text: string | null): Pending | undefined {
  try {
    const edit: unknown = JSON.parse(text ?? "");
    if (typeof edit === "object" && edit !== null && "path" in edit && "was" in edit && "value" in edit) {
      return edit as Pending;
    }
  } catch {
    // not ours, or torn
  }
  return undefined;
}
