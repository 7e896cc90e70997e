/** What the editor shows of itself: its status, who else is here, two texts to choose from. */

import type { Field } from "./controls";
import { shown } from "./controls";
import type { Clash, Pending } from "./queue";

export type State = "saved" | "writing" | "saving" | "offline" | "unkept" | "refused" | "clash" | "outdated" | "locked";
export type Words = Record<string, string>;

/** Fill `{…}` of a sentence. */
export function say(words: Words, name: string, values: Record<string, string | number> = {}): string {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[T] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The line that says how it stands, and the notices below it. */
export class Status {
  private readonly line: HTMLElement | null;
  private readonly here: HTMLElement | null;
  readonly news: HTMLElement | null;

  constructor(
    private readonly box: HTMLElement | null,
    private readonly words: Words,
  ) {
    this.line = box?.querySelector<HTMLElement>(".editor-said") ?? null;
    this.here = box?.querySelector<HTMLElement>(".editor-here") ?? null;
    this.news = box?.querySelector<HTMLElement>(".editor-news") ?? null;
    if (box) box.hidden = false;
  }

  show(state: State, sentence = say(this.words, state)): void {
    if (!this.box || !this.line) return;
    this.box.dataset.state = state;
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  present(here: { name: string; label: string }[]): void {
    if (!this.here) return;
    const names = here.map((one) => (one.label ? say(this.words, "here_at", one) : one.name));
    const sentence = names.length ? say(this.words, "here", { names: names.join(", ") }) : "";
    if (this.here.textContent !== sentence) this.here.textContent = sentence;
  }

  /** A notice that stays; the same again is not shown twice. */
  notice(key: string, ...content: (Node | string)[]): void {
    if (!this.news || this.news.querySelector(`[data-notice="${key}"]`)) return;
    const notice = element("p", { className: "editor-notice" }, ...content);
    notice.dataset.notice = key;
    this.news.append(notice);
  }

  reload(key: string, sentence: string): void {
    const again = element("button", { type: "button", className: "button button-quiet" }, say(this.words, "reload"));
    again.addEventListener("click", () => location.reload());
    this.notice(key, `${sentence} `, again);
  }
}

/** Two texts for one place: theirs to read, mine in the field, and what to do. */
export function clashBox(
  words: Words,
  clash: Clash,
  leaf: string,
  mine: string,
  chosen: (whose: "mine" | "theirs") => void,
): HTMLElement {
  const theirs = (leaf ? shown(leaf, clash.value) : readable(clash.value)) || say(words, "nothing");
  const box = element(
    "div",
    { className: "clash-box" },
    element("p", { className: "clash-whose" }, `${leaf ? "" : `${clash.label} · `}${say(words, "theirs", { name: clash.by })}`),
    element("blockquote", { className: "clash-text", dir: "auto" }, theirs),
  );
  box.dataset.clash = clash.path;
  const actions = element("p", { className: "actions" });
  for (const [name, whose] of [["keep_mine", "mine"], ["take_theirs", "theirs"]] as const) {
    const button = element("button", { type: "button", className: "button" }, say(words, name));
    button.addEventListener("click", () => {
      box.remove();
      chosen(whose);
    });
    actions.append(button);
  }
  actions.append(copyButton(words, () => mine));
  box.append(actions);
  return box;
}

export function copyButton(words: Words, text: () => string): HTMLButtonElement {
  const button = element("button", { type: "button", className: "button button-quiet" }, say(words, "copy"));
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(text()).then(
      () => button.replaceChildren(say(words, "copied")),
      () => undefined, // no leave to write there: the text still stands on the page
    );
  });
  return button;
}

/** What stays on the device, as a list. */
export function leftover(edits: Pending[], labelOf: (path: string) => string): HTMLElement {
  const list = element("ul", { className: "plain-list" });
  for (const edit of edits) {
    list.append(element("li", {}, element("b", {}, labelOf(edit.path)), element("br"), readable(edit.value)));
  }
  return list;
}

/** Say beside a field whose change it shows. */
export function flash(field: Field, sentence: string): void {
  field.element.querySelector(".field-news")?.remove();
  field.element.append(element("p", { className: "field-news" }, sentence));
}

export function readable(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" && "text" in value ? String(value.text) : JSON.stringify(value);
}
