/** The stops of the draft as the page works at them: read from `<draft-editor>`, and changed through it. */
import { freeKey, type Place, rounded, shifted, type Stop, titleOf, untied } from "./model";

/** What we use of `desk/islands/draft/draft-editor.ts`. */
export interface DraftEditor extends HTMLElement {
  readonly isLocked: boolean;
  set(path: string, value: unknown): void;
  value(path: string): unknown;
  mark(path: string): string;
  flush(): Promise<void>;
}

/** A stop that was taken out, with all that brings it back. */
export interface Taken {
  key: string;
  part: Record<string, unknown>;
  order: string[];
}

const LEAVES = ["lat", "lon", "address", "address_language", "step_free", "minutes", "opening_hours", "website", "leg_mode", "leg_track", "sources", "media"];
const TEXTS = ["title", "story", "look_for", "access", "leg_note"];

type Part = Record<string, unknown>;

export class Stops {
  /** Stops that came while the page was open, whole: the document has no values of their leaves for us. */
  private readonly parts = new Map<string, Part>();
  /** Those of them that are being saved: until then their leaves have no marks, so every change goes into the whole. */
  private readonly saving = new Map<string, number>();

  constructor(
    private readonly editor: DraftEditor,
    private readonly tags: readonly string[],
  ) {
    for (const key of this.known) this.take(key, editor.value(`stops/${key}`)); // kept on this device by an earlier visit
  }

  get order(): string[] {
    const all = [...this.known, ...[...this.parts.keys()].filter((key) => !this.known.includes(key))];
    return all.filter((key) => this.editor.value(`stops/${key}`) !== null);
  }

  stop(key: string): Stop {
    const [lat, lon] = [degrees(this.leaf(key, "lat")), degrees(this.leaf(key, "lon"))];
    const track = (this.leaf(key, "leg_track") ?? []) as Place[];
    return { key, at: lat === null || lon === null ? null : [lat, lon], mode: String(this.leaf(key, "leg_mode") ?? ""), track };
  }

  /** Its name in the first language that has one, with the tag of that. */
  name(key: string): { text: string; tag: string } {
    const titles = (this.parts.get(key)?.["title"] ?? {}) as Part;
    for (const tag of this.tags) {
      const found = words(this.parts.has(key) ? titles[tag] : this.editor.value(`stops/${key}/title/${tag}`));
      if (found) return { text: found, tag };
    }
    return { text: "", tag: "" };
  }

  move(key: string, place: number): boolean {
    return this.arrange(shifted(this.order, key, place));
  }

  arrange(after: string[]): boolean {
    const before = this.order;
    if (before.join() === after.join()) return false;
    this.editor.set("order", after);
    this.untie(before, after);
    return true;
  }

  place(key: string, at: Place): void {
    const [lat, lon] = rounded(at);
    this.write(key, { lat, lon });
  }

  add(names: Record<string, string>, at: Place | null): string {
    const before = this.order;
    const key = freeKey(Object.values(names)[0] ?? "", new Set([...before, ...this.known]));
    const [lat, lon] = at ? rounded(at) : [null, null];
    this.editor.set("order", [...before, key]);
    this.writeWhole(key, { title: titleOf(names), lat, lon, step_free: "unknown" });
    return key;
  }

  /** Take a stop out. What was changed of it is saved first, so that the server knows what goes. */
  async remove(key: string): Promise<Taken> {
    await this.editor.flush();
    const before = this.order;
    const taken = { key, part: this.part(key), order: before };
    this.editor.set(`stops/${key}`, null);
    this.parts.delete(key);
    this.untie(before, before.filter((other) => other !== key));
    return taken;
  }

  bringBack({ key, part, order }: Taken): void {
    const after = shifted([...this.order, key], key, order.indexOf(key) + 1);
    this.editor.set("order", after);
    this.writeWhole(key, part);
  }

  draw(key: string, track: Place[]): void {
    this.write(key, { leg_track: track.map(rounded) });
  }

  go(key: string, mode: string): void {
    this.write(key, { leg_mode: mode });
  }

  /** A place of the document is another one. Whether that is for the list to show. */
  heard(path: string, value: unknown): boolean {
    const [group, key, leaf, tag] = path.split("/");
    if (path === "order") return true;
    if (group !== "stops" || !key) return false;
    if (leaf === undefined) this.take(key, value);
    const part = leaf === undefined ? undefined : this.parts.get(key);
    if (part && tag) part[leaf!] = { ...(part[leaf!] as Part), [tag]: bare(value) };
    else if (part) part[leaf!] = value;
    return leaf === undefined || ["lat", "lon", "leg_mode", "leg_track", "title"].includes(leaf);
  }

  private get known(): string[] {
    return (this.editor.value("order") ?? []) as string[];
  }

  private take(key: string, value: unknown): void {
    if (!value) this.parts.delete(key);
    else this.parts.set(key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)])));
  }

  private leaf(key: string, name: string): unknown {
    const part = this.parts.get(key);
    return part ? part[name] : this.editor.value(`stops/${key}/${name}`);
  }

  private write(key: string, leaves: Part): void {
    const part = this.parts.get(key);
    if (part && (this.saving.has(key) || !this.editor.mark(`stops/${key}`))) return this.writeWhole(key, { ...part, ...leaves });
    for (const [name, value] of Object.entries(leaves)) this.editor.set(`stops/${key}/${name}`, value);
  }

  private writeWhole(key: string, part: Part): void {
    const turn = (this.saving.get(key) ?? 0) + 1;
    this.saving.set(key, turn);
    this.editor.set(`stops/${key}`, part);
    void this.editor.flush().then(() => {
      if (this.saving.get(key) === turn) this.saving.delete(key);
    });
  }

  /** A stop as an edit takes it as a whole. */
  private part(key: string): Part {
    const part = this.parts.get(key);
    if (part) return { ...part };
    const leaves = LEAVES.map((name) => [name, this.leaf(key, name)] as const).filter(([, value]) => value !== undefined);
    const texts = TEXTS.map((name) => [name, Object.fromEntries(this.versions(key, name))] as const);
    return Object.fromEntries([...leaves, ...texts]);
  }

  private versions(key: string, name: string): [string, unknown][] {
    const found = this.tags.map((tag): [string, unknown] => [tag, bare(this.editor.value(`stops/${key}/${name}/${tag}`))]);
    return found.filter(([, version]) => words(version));
  }

  private untie(before: string[], after: string[]): void {
    for (const key of untied(before, after)) if (this.stop(key).track.length) this.draw(key, []);
  }
}

/** A value of a document as an edit of a whole takes it: a text by its languages, the original first. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("versions" in value)) return value;
  const text = value as { original: string; versions: Record<string, unknown> };
  const tags = Object.keys(text.versions).sort((a, b) => Number(b === text.original) - Number(a === text.original));
  return Object.fromEntries(tags.map((tag) => [tag, bare(text.versions[tag])]));
}

function bare(version: unknown): unknown {
  if (typeof version !== "object" || version === null) return version;
  const { text, state } = version as { text?: string; state?: string };
  return { text: text ?? "", state: state ?? "author" };
}

function words(version: unknown): string {
  return typeof version === "string" ? version : ((version as { text?: string } | null | undefined)?.text ?? "");
}

function degrees(value: unknown): number | null {
  return value === null || value === undefined || value === "" ? null : Number(value);
}
