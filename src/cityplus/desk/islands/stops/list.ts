/** The rows of the list: made of the page's own template, put in order, filled in. */
import type { Stops } from "./draft";
import { written } from "./model";

const BY_HAND = 200; // points of a drawn way that are shown as lines, as `desk/views/stops.py` has it
const NAMED = ["id", "for", "name", "href", "data-find", "data-key", "data-tap", "data-draw"];

export class List {
  readonly element: HTMLElement;

  constructor(
    private readonly page: HTMLElement,
    private readonly stops: Stops,
    private readonly words: Readonly<Record<string, string>>,
  ) {
    this.element = page.querySelector<HTMLElement>(".stops-list")!;
  }

  get rows(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(":scope > .stop-row")];
  }

  row(key: string): HTMLElement | undefined {
    return this.rows.find((row) => row.dataset["key"] === key);
  }

  /** Bring the rows in line with the draft; the keyboard stays where it is. */
  render(mayWrite: boolean): void {
    const order = this.stops.order;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    for (const row of this.rows) if (!order.includes(row.dataset["key"] ?? "")) row.remove();
    order.forEach((key, index) => {
      const row = this.row(key) ?? this.made(key);
      const there = this.element.children[index];
      if (there !== row) this.element.insertBefore(row, there ?? null);
      this.fill(row, key, index, order.length, mayWrite);
    });
    if (focused && focused !== document.activeElement && this.element.contains(focused)) focused.focus();
    this.page.querySelector<HTMLElement>("[data-empty]")!.hidden = order.length > 0;
  }

  /** The ways as the server reckons them, by the stop that they lead to, and all of them together. */
  ways(words: ReadonlyMap<string, string>, sum: string): void {
    for (const row of this.rows) {
      const said = words.get(row.dataset["key"] ?? "");
      row.querySelector("[data-way] span")!.textContent = said ?? "";
      row.querySelector<HTMLElement>("[data-way]")!.hidden = !said;
    }
    this.page.querySelector("[data-sum]")!.textContent = sum;
  }

  /** Offer to bring a stop back that was taken out; without a name the offer ends. */
  offer(name: string): void {
    const place = this.page.querySelector<HTMLElement>("[data-undo]")!;
    place.hidden = !name;
    place.replaceChildren();
    if (!name) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset["undo"] = "";
    button.textContent = this.words["undo"]!;
    const said = document.createElement("p");
    said.textContent = this.words["removed"]!.replace("{name}", name);
    place.append(said, button);
  }

  say(sentence: string): void {
    this.page.querySelector("[data-said]")!.textContent = sentence;
  }

  private made(key: string): HTMLElement {
    const template = this.page.querySelector<HTMLTemplateElement>("template[data-row]")!;
    const row = (template.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>(".stop-row")!;
    for (const part of [row, ...row.querySelectorAll<HTMLElement>("*")]) {
      for (const name of NAMED) {
        const value = part.getAttribute(name);
        const open = value === "" || value?.endsWith("-") || value?.endsWith(":");
        if (value !== null && open) part.setAttribute(name, value + key);
      }
      if (part instanceof HTMLButtonElement && part.name) part.value = key;
      if (part.matches("[data-grip], [data-on-map]")) part.hidden = false;
      if (part.matches("[data-plain]")) part.hidden = true;
    }
    return row;
  }

  private fill(row: HTMLElement, key: string, index: number, count: number, mayWrite: boolean): void {
    const stop = this.stops.stop(key);
    const name = this.stops.name(key);
    row.querySelector(".stop-number")!.textContent = String(index + 1);
    const shown = row.querySelector<HTMLElement>(".stop-name")!;
    shown.textContent = name.text || this.words["nameless"]!;
    shown.lang = name.tag || document.documentElement.lang;
    shown.dir = "auto";
    for (const part of row.querySelectorAll("[data-name]")) part.textContent = shown.textContent;
    const at = row.querySelector<HTMLElement>("[data-at]")!;
    at.classList.toggle("stop-nowhere", !stop.at);
    at.firstElementChild!.textContent = stop.at ? written(stop.at) : this.words["no_place"]!;
    if (!index) row.querySelector<HTMLElement>("[data-way]")!.hidden = true;
    if (!mayWrite) return;
    for (const [button, end] of [["up", index === 0], ["down", index === count - 1]] as const) {
      const part = row.querySelector(`[name="${button}"]`)!;
      if (end) part.setAttribute("aria-disabled", "true");
      else part.removeAttribute("aria-disabled");
    }
    row.querySelector<HTMLElement>("[data-way-tools]")!.hidden = index === 0;
    row.querySelector<HTMLElement>("[data-draw]")!.hidden = false;
    row.querySelector<HTMLElement>('[name="clear"]')!.hidden = !stop.track.length;
    row.querySelector<HTMLSelectElement>(".stop-tool select")!.value = stop.mode;
    const points = row.querySelector<HTMLTextAreaElement>("[data-track]")!;
    if (points !== document.activeElement) points.value = stop.track.length > BY_HAND ? "" : stop.track.map(written).join("\n");
  }
}
