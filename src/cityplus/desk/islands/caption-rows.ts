/** The rows of the caption editor: one for each cue, with its times, its words and its buttons. */
import { checks, clock, seconds, type Captions, type Cue } from "./cues";

export type Deed = "play" | "start-now" | "end-now" | "split" | "join" | "add" | "delete";
const DEEDS: readonly Deed[] = ["play", "start-now", "end-now", "split", "join", "add", "delete"];
const KEYS: Record<string, Deed> = { KeyP: "play", KeyB: "start-now", KeyE: "end-now", Enter: "add" };

export class Rows {
  readonly list = document.createElement("ol");

  constructor(
    private readonly labels: DOMStringMap,
    private readonly changed: () => void,
    private readonly deed: (deed: Deed, index: number, caret: number) => void,
  ) {
    this.list.className = "caption-rows";
  }

  show({ cues }: Captions): void {
    this.list.replaceChildren(...cues.map((cue, index) => this.row(cue, index)));
    this.check(cues);
  }

  /** Say below each row what is wrong with it. */
  check(cues: Cue[]): void {
    [...this.list.children].forEach((row, index) => {
      const cue = cues[index];
      const told = row.querySelector(".caption-check");
      if (!cue || !told) return;
      const words = checks(cue, cues[index - 1]).map((label) => this.labels[label] ?? "");
      const wrongTime = row.querySelector("input[aria-invalid]") ? [this.labels["labelTime"] ?? ""] : [];
      told.textContent = [...wrongTime, ...words].join(" ");
    });
  }

  focus(index: number, what = "textarea"): void {
    this.list.children[index]?.querySelector<HTMLElement>(what)?.focus();
  }

  private row(cue: Cue, index: number): HTMLLIElement {
    const row = document.createElement("li");
    row.className = "caption-row";
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = `${this.labels["labelCaption"]} ${index + 1}`;
    const start = this.time(cue, "start", index);
    const end = this.time(cue, "end", index);
    const text = this.field("text", document.createElement("textarea"), index);
    text.field.rows = 2;
    text.field.value = cue.text;
    text.field.lang = this.labels["lang"] ?? "";
    text.field.dir = this.labels["dir"] ?? "auto";
    text.field.setAttribute("aria-describedby", `cue-check-${index}`);
    text.field.addEventListener("input", () => {
      cue.text = text.field.value;
      this.changed();
    });
    const told = document.createElement("p");
    told.className = "caption-check";
    told.id = `cue-check-${index}`;
    const deeds = document.createElement("p");
    deeds.className = "caption-deeds";
    deeds.append(...DEEDS.map((deed) => this.button(deed, index, () => text.field.selectionStart)));
    group.append(legend, start, end, text.box, told, deeds);
    group.addEventListener("keydown", (event) => {
      const deed = event.altKey && !event.ctrlKey && !event.metaKey ? KEYS[event.code] : undefined;
      if (!deed) return;
      event.preventDefault();
      this.deed(deed, index, text.field.selectionStart);
    });
    row.append(group);
    return row;
  }

  private time(cue: Cue, name: "start" | "end", index: number): HTMLElement {
    const { box, field } = this.field(name, document.createElement("input"), index);
    field.value = clock(cue[name]);
    field.dir = "ltr";
    field.inputMode = "decimal";
    field.autocomplete = "off";
    field.addEventListener("input", () => {
      const value = seconds(field.value);
      field.toggleAttribute("aria-invalid", value === null);
      if (value === null) field.setAttribute("aria-invalid", "true");
      else cue[name] = value;
      this.changed();
    });
    field.addEventListener("change", () => (field.value = clock(cue[name])));
    field.addEventListener("change", () => field.removeAttribute("aria-invalid"));
    return box;
  }

  private field<F extends HTMLInputElement | HTMLTextAreaElement>(name: string, field: F, index: number): { box: HTMLElement; field: F } {
    const label = document.createElement("label");
    field.id = `cue-${name}-${index}`;
    label.htmlFor = field.id;
    label.textContent = this.labels[`label${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
    const box = document.createElement("div");
    box.className = `caption-${name}`;
    box.append(label, field);
    return { box, field };
  }

  private button(deed: Deed, index: number, caret: () => number): HTMLButtonElement {
    const button = document.createElement("button");
    const key = `label${deed.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())}`;
    button.type = "button";
    button.className = "caption-deed";
    button.dataset["deed"] = deed;
    button.textContent = this.labels[key] ?? "";
    button.setAttribute("aria-label", `${button.textContent}: ${this.labels["labelCaption"]} ${index + 1}`);
    button.addEventListener("click", () => this.deed(deed, index, caret()));
    return button;
  }
}
