/** What a phone says of a scan by itself, as far as its list goes. The server may know better, and has the last word. */
import { digestOf, isOurs, readCode } from "./codes";

/** `[registration, name, organisation, state, hall, digest of the code, inside, since (0: has not come)]` */
export type Row = [number, string, string, string, number, string, boolean, number];

export interface NameList {
  event: number;
  made: number;
  until: number;
  beat: number;
  old: string[]; // digests of codes that were replaced
  rows: Row[];
}

export interface Standing {
  inside: boolean;
  at: number;
  venue: number;
}

export interface Judged {
  outcome: string;
  row?: Row;
  since?: Standing;
}

export class Judge {
  readonly standings = new Map<number, Standing>();
  readonly byKey = new Map<number, Row>();
  readonly #byDigest = new Map<string, Row>();

  constructor(
    readonly list: NameList,
    private readonly key: string,
    private readonly venue: number,
  ) {
    for (const row of list.rows) {
      this.byKey.set(row[0], row);
      if (row[5]) this.#byDigest.set(row[5], row);
      if (row[7]) this.standings.set(row[0], { inside: row[6], at: row[7], venue: row[4] });
    }
  }

  /** Judges a code that was scanned or typed. */
  async code(text: string, leaves: boolean, at: number): Promise<Judged> {
    const code = readCode(text);
    if (!code) return { outcome: "unknown" };
    let genuine: boolean | undefined;
    if (code.payload && code.signature) {
      genuine = await isOurs(this.key, "cityplus ticket 1:", code.payload, code.signature);
      if (genuine === false) return { outcome: "forged" };
      if (code.event !== this.list.event) return { outcome: "elsewhere" };
    }
    const digest = await digestOf(code.secret);
    if (this.list.old.includes(digest)) return { outcome: "renewed" };
    const row = this.#byDigest.get(digest);
    if (row) return this.#row(row, leaves, at);
    return { outcome: genuine ? "fresh" : "unknown" };
  }

  /** Judges somebody who is let in by hand. */
  hand(registration: number, at: number): Judged {
    const row = this.byKey.get(registration);
    if (!row) return { outcome: "unknown" };
    if (row[3] !== "confirmed") return { outcome: row[3], row };
    const since = this.standings.get(registration);
    if (since?.inside) return { outcome: "again", row, since };
    this.standings.set(registration, { inside: true, at, venue: this.venue });
    return { outcome: "entered", row };
  }

  #row(row: Row, leaves: boolean, at: number): Judged {
    if (row[3] !== "confirmed") return { outcome: row[3], row };
    if (row[4] !== this.venue) return { outcome: "hall", row };
    const since = this.standings.get(row[0]);
    if (leaves) {
      if (!since?.inside) return { outcome: "outside", row };
      this.standings.set(row[0], { inside: false, at, venue: this.venue });
      return { outcome: "left", row };
    }
    if (since?.inside) return { outcome: "inside", row, since };
    this.standings.set(row[0], { inside: true, at, venue: this.venue });
    return { outcome: "entered", row };
  }

  /** Names that hold all the words that were typed. */
  named(typed: string, most: number): Row[] {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found: Row[] = [];
    for (const row of this.list.rows) {
      if (row[3] === "cancelled" || row[3] === "refused") continue;
      const name = fold(`${row[1]} ${row[2]}`);
      if (words.every((word) => name.includes(word))) found.push(row);
      if (found.length === most) break;
    }
    return found;
  }

  /** How many are inside at this door's hall, and how many have come there. */
  counts(): { inside: number; came: number } {
    let inside = 0;
    let came = 0;
    for (const one of this.standings.values()) {
      if (one.venue !== this.venue) continue;
      came++;
      if (one.inside) inside++;
    }
    return { inside, came };
  }
}

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
