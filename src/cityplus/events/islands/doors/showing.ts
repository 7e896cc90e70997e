/** Sentences of a phone, and the names that it has found. */
import type { Judge, Row } from "./judging";
import type { Told } from "./line";

export interface Words {
  sentences: Record<string, string>;
  heads: Record<string, string>;
  kinds: Record<string, string>;
  halls: Record<string, string>;
  fresh: string;
  kept: string;
  overtaken: string;
  changed: string;
  online: string;
  offline: string;
  waiting: string;
  gone: string;
  camera: string;
  list: string;
  nobody: string;
  hand: string;
  reason: string;
  inside: string;
}

/** What an outcome is in words; `frame` is a sentence around it. */
export function said(words: Words, zone: string, told: Told, frame = "%(sentence)s"): string {
  const sentence = told.outcome === "fresh" ? words.fresh : (words.sentences[told.outcome] ?? told.outcome);
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: zone });
  const values: Record<string, string> = {
    sentence,
    name: told.name ?? "",
    time: told.since ? clock.format(told.since.at) : "",
    hall: told.since ? (words.halls[told.since.venue] ?? "") : "",
  };
  const put = (text: string) => text.replace(/%\((\w+)\)s/g, (_whole, key: string) => values[key] ?? "");
  return put(put(frame));
}

/** A line for each name, with a form that lets them in by hand. */
export function found(
  words: Words,
  rows: Row[],
  template: HTMLTemplateElement,
  hand: (row: Row, reason: string) => void,
  typed: string,
  judge: Judge | undefined,
): HTMLElement[] {
  if (!rows.length && typed.trim()) return [line(words.nobody)];
  return rows.map((row) => {
    const one = document.createElement("li");
    const head = document.createElement("p");
    const name = document.createElement("b");
    name.append(bdi(row[1]));
    head.append(name, ...(row[2] ? [" · ", bdi(row[2])] : []));
    const state = row[3] === "confirmed" ? (judge?.standings.get(row[0])?.inside ? words.inside : "") : (words.sentences[row[3]] ?? "");
    if (state) head.append(" ", quiet(state));
    const form = template.content.firstElementChild!.cloneNode(true) as HTMLFormElement;
    form.setAttribute("aria-label", row[1]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      hand(row, String(new FormData(form).get("reason") ?? ""));
      form.reset();
    });
    one.append(head, form);
    return one;
  });
}

function line(text: string): HTMLElement {
  const one = document.createElement("li");
  one.className = "quiet";
  one.textContent = text;
  return one;
}

function bdi(text: string): HTMLElement {
  const one = document.createElement("bdi");
  one.textContent = text;
  return one;
}

function quiet(text: string): HTMLElement {
  const one = document.createElement("span");
  one.className = "quiet";
  one.textContent = text;
  return one;
}
