/** Orders, names and ways of stops as plain values; `desk/stops.py` does the same where there is no script. */

/** Degrees, latitude first. */
export type Place = [lat: number, lon: number];

export interface Stop {
  key: string;
  at: Place | null;
  mode: string;
  track: Place[];
}

const METRES = 111_195; // of a degree of latitude

/** The order with one stop at another place, counted from 1; beyond either end it is the first or the last. */
export function shifted(order: readonly string[], key: string, place: number): string[] {
  const after = order.filter((other) => other !== key);
  after.splice(Math.max(0, Math.min(after.length, place - 1)), 0, key);
  return after;
}

/** The stops that come from another one than before, so that a way drawn to them begins at the wrong place. */
export function untied(before: readonly string[], after: readonly string[]): string[] {
  const from = (order: readonly string[], key: string): string | undefined => order[order.indexOf(key) - 1];
  return after.filter((key) => before.includes(key) && from(before, key) !== from(after, key));
}

/** A key for a stop of this name that no other has: small letters, digits and hyphens. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize("NFKD").replace(/[^\w\s-]/g, "").trim().toLowerCase();
  const wanted = plain.replace(/[\s_-]+/g, "-").slice(0, 75).replace(/^-+|-+$/g, "") || "stop";
  let key = wanted;
  for (let number = 2; taken.has(key); number += 1) key = `${wanted}-${number}`;
  return key;
}

/** The names that a new stop takes of those of a known place: in these languages, the first that there is for the original. */
export function namesOf(known: Readonly<Record<string, string>>, name: string, languages: readonly string[]): Record<string, string> {
  const found = languages.filter((tag) => known[tag]).map((tag) => [tag, known[tag]!] as const);
  if (found.length) return Object.fromEntries(found);
  return name && languages[0] ? { [languages[0]]: name } : {};
}

/** A title as an edit of a whole stop takes it: the first is its author's, the others nobody has read yet. */
export function titleOf(names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(names).map(([tag, text], index) => [tag, index ? { text, state: "machine" } : text]),
  );
}

/** The place so many metres away. */
export function stepped([lat, lon]: Place, east: number, north: number): Place {
  const up = Math.max(-90, Math.min(90, lat + north / METRES));
  const along = lon + east / METRES / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return rounded([up, ((((along + 180) % 360) + 360) % 360) - 180]);
}

export const rounded = ([lat, lon]: Place): Place => [Number(lat.toFixed(7)), Number(lon.toFixed(7))];

/** `52.08670, 4.29550`, as `lib/coordinates.py` writes it and reads it back. */
export const written = ([lat, lon]: Place): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** Degrees in plain numbers, for when the server, which reads all forms, cannot be reached. */
export function plainPlace(text: string): Place | null {
  const found = /^\(?(-?\d{1,2}(?:\.\d+)?)[,;\s]+(-?\d{1,3}(?:\.\d+)?)\)?$/.exec(text.trim());
  const [lat, lon] = [Number(found?.[1]), Number(found?.[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : null;
}

/** A way with so many points at most, those left out that bend it least. */
export function thinned(way: readonly Place[], most: number): Place[] {
  if (way.length <= most) return [...way];
  const bends = new Float64Array(way.length).fill(Infinity);
  const mark = (first: number, last: number): void => {
    const stack: [number, number, number][] = [[first, last, Infinity]];
    for (let part = stack.pop(); part; part = stack.pop()) {
      const [from, to, limit] = part;
      let far = 0;
      let middle = -1;
      for (let i = from + 1; i < to; i += 1) {
        const off = beside(way[i]!, way[from]!, way[to]!);
        if (off >= far) [far, middle] = [off, i];
      }
      if (middle < 0) continue;
      bends[middle] = Math.min(limit, far); // a part never matters more than what it is a part of
      stack.push([from, middle, bends[middle]!], [middle, to, bends[middle]!]);
    }
  };
  mark(0, way.length - 1);
  const kept = [...way.keys()].sort((a, b) => bends[b]! - bends[a]!).slice(0, most);
  return kept.sort((a, b) => a - b).map((index) => way[index]!);
}

/** How far a point lies beside a line, in degrees that are made square. */
function beside([lat, lon]: Place, [lat0, lon0]: Place, [lat1, lon1]: Place): number {
  const squeeze = Math.cos((lat0 * Math.PI) / 180);
  const [x, y] = [(lon - lon0) * squeeze, lat - lat0];
  const [dx, dy] = [(lon1 - lon0) * squeeze, lat1 - lat0];
  const length = dx * dx + dy * dy;
  const share = length ? Math.max(0, Math.min(1, (x * dx + y * dy) / length)) : 0;
  return Math.hypot(x - share * dx, y - share * dy);
}
