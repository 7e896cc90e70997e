/** Puts the names beside their stars so that none covers another. All in CSS pixels of the room they may stand in. */

export interface Size {
  width: number;
  height: number;
}

export interface Label extends Size {
  link: HTMLElement;
  /** The star's place, and how clearly it stands on our side of the Earth: 0 hidden to 1. */
  x: number;
  y: number;
  seen: number;
  /** The number of its slot, kept while it fits so that names do not jump about; -1 before the first. */
  slot: number;
}

/** By its middle and half its sides. */
interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

const CLEAR = 11; // from the middle of a star to its name
const STAR = 7; // half the box of a star that no other's name may cover
const BESIDE = 6; // slots beside the star; those from here on lie farther off, with a line to it
const REACH = [30, 52, 76]; // length of that line
const EIGHTHS = [-1, -3, 1, 3, 0, 4, -2, 2]; // of a turn, clockwise from the right

/** Places every label that can be seen. The first in the list chooses first; one without room is hidden. */
export function arrange(labels: Label[], room: Size): void {
  const stars = labels.filter(({ seen }) => seen);
  const taken: Box[] = [];
  for (const label of labels) {
    const others = stars.filter((star) => star !== label).map(({ x, y }) => ({ x, y, w: STAR, h: STAR }));
    const fits = (slot: number) => {
      const box = boxOf(label, slot);
      return within(box, room) && [...taken, ...others].every((other) => apart(box, other));
    };
    const slot = label.seen ? freeSlot(label, fits) : -1;
    if (slot >= 0) taken.push(boxOf(label, slot));
    show(label, slot);
  }
}

function freeSlot({ slot }: Label, fits: (slot: number) => boolean): number {
  if (slot >= 0 && slot < BESIDE && fits(slot)) return slot;
  for (let next = 0; next < BESIDE + 8 * REACH.length; next++) if (fits(next)) return next;
  return -1;
}

const apart = (a: Box, b: Box) => Math.abs(a.x - b.x) >= a.w + b.w || Math.abs(a.y - b.y) >= a.h + b.h;

const within = ({ x, y, w, h }: Box, { width, height }: Size) =>
  x >= w && x + w <= width && y >= h && y + h <= height;

/** The label's box in this slot. By liking: right, left, these shifted up, then down, then far off all around. */
function boxOf({ x, y, width, height }: Label, slot: number): Box {
  const [w, h] = [width / 2, height / 2];
  if (slot < BESIDE) {
    const side = slot % 2 ? -CLEAR - w : CLEAR + w;
    return { x: x + side, y: y + [0, 6 - h, h - 6][slot >> 1]!, w, h };
  }
  const [angle, reach] = line(slot);
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  return { x: x + right * reach + Math.round(right) * w, y: y + down * reach + Math.round(down) * h, w, h };
}

/** Angle and length of the line from the star to a far slot. */
function line(slot: number): [number, number] {
  const far = slot - BESIDE;
  return [(EIGHTHS[far & 7]! * Math.PI) / 4, REACH[far >> 3] ?? 0];
}

/** Moves the link to its star and tells the style sheet how the name stands to it. */
function show(label: Label, slot: number): void {
  const { link, x, y, seen } = label;
  link.toggleAttribute("data-behind", slot < 0);
  link.style.opacity = slot < 0 ? "0" : seen.toFixed(2); // a hidden one can still be reached by keyboard
  link.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  if (slot < 0 || slot === label.slot) return;
  label.slot = slot;
  const box = boxOf(label, slot);
  const [turn, lead] = line(slot);
  const style = { "--dx": `${box.x - x}px`, "--dy": `${box.y - y}px`, "--lead": `${lead}px`, "--turn": `${turn}rad` };
  for (const [name, value] of Object.entries(style)) link.style.setProperty(name, value);
  link.dataset.side = box.x < x ? "left" : "right";
}
