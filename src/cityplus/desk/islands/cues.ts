/** WebVTT as rows that one edits: lenient in, strict out. The server reads what comes of it, and has the last word. */
export interface Cue {
  start: number;
  end: number;
  text: string;
  name: string;
  settings: string;
}
/** What stands before a cue and is none, such as a note, kept as it is. */
export interface Captions {
  head: string;
  cues: Cue[];
  notes: Map<Cue, string[]>;
  /** Whether every part of it was understood. */
  whole: boolean;
}

const TIME = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d{1,2})(?:[.,](\d{1,3}))?$/;
const LINE = /^(\S+)\s+-->\s+(\S+)(?:\s+(.*))?$/;
const FAST = 21;
const FAST_WIDE = 10;
const WIDE = /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g;

export function parse(text: string): Captions {
  const blocks = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").split(/\n{2,}/);
  const found: Captions = { head: (blocks.shift() ?? "WEBVTT").trim() || "WEBVTT", cues: [], notes: new Map(), whole: true };
  let notes: string[] = [];
  for (const block of blocks.map((one) => one.trim()).filter(Boolean)) {
    const lines = block.split("\n");
    const at = lines[0]?.includes("-->") ? 0 : 1;
    const times = LINE.exec(lines[at]?.trim() ?? "");
    const [start, end] = [seconds(times?.[1] ?? ""), seconds(times?.[2] ?? "")];
    if (/^NOTE\b/.test(block)) notes.push(block);
    else if (start === null || end === null) found.whole = false;
    else {
      const cue = { start, end, text: lines.slice(at + 1).join("\n"), name: at ? (lines[0] ?? "") : "", settings: times?.[3] ?? "" };
      found.cues.push(cue);
      found.notes.set(cue, notes);
      notes = [];
    }
  }
  return found;
}

export function write({ head, cues, notes }: Captions): string {
  const blocks = cues.flatMap((cue) => {
    const line = `${clock(cue.start)} --> ${clock(cue.end)}${cue.settings ? ` ${cue.settings}` : ""}`;
    const text = cue.text.replace(/\n{2,}/g, "\n").trim();
    return [...(notes.get(cue) ?? []), [cue.name, line, text].filter((part, index) => part || index === 2).join("\n")];
  });
  return `${[head, ...blocks].join("\n\n")}\n`;
}

/** `0:12.500`, `1:02:03`, `12.5`; null for what is no time. */
export function seconds(text: string): number | null {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, hours, minutes, whole, part] = found;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(whole) + Number((part ?? "").padEnd(3, "0")) / 1000;
}

export function clock(time: number): string {
  const whole = Math.round(Math.max(0, time) * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, "0")}`;
}

/** Which label tells what is wrong with a cue, or may be; the server checks by the same rules. */
export function checks(cue: Cue, before: Cue | undefined): string[] {
  const found: string[] = [];
  const plain = cue.text.replace(/<[^>]*>/g, "");
  const wide = plain.match(WIDE)?.length ?? 0;
  if (!plain.trim()) found.push("labelEmpty");
  if (cue.end <= cue.start) found.push("labelEnds");
  else if ((wide / FAST_WIDE + (plain.length - wide) / FAST) / (cue.end - cue.start) > 1) found.push("labelFast");
  if (before && cue.start < before.start) found.push("labelOrder");
  else if (before && cue.start < before.end) found.push("labelOverlap");
  return found;
}
