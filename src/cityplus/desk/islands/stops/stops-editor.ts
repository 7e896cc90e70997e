/**
 * `<stops-editor>` inside `<draft-editor>`: the stops of a draft as an ordered list, with a map beside it. Its buttons work as forms
 * without a script; with one nothing is sent but the edits of `<draft-editor>`. Everything that the map does, the list does too.
 */
import { type DraftEditor, Stops, type Taken } from "./draft";
import { dragRows } from "./dragging";
import { Finder, type Known } from "./finder";
import { namesOf, type Place } from "./model";
import { Panel } from "./panel";
import { List } from "./list";

interface Island {
  legs: string;
  places: string;
  languages: string[];
  tags: string[];
  centre: Place;
  most: number;
  words: Record<string, string>;
}

interface Legs {
  legs: { from: string; to: string; words: string; drawn: boolean; mode: string }[];
  words: string;
}

class StopsEditor extends HTMLElement {
  private island!: Island;
  private stops!: Stops;
  private list!: List;
  private panel!: Panel;
  private taken: Taken | undefined;
  private readonly finders = new Map<string, Finder>();
  private asking = 0;
  private mayWrite = true;

  connectedCallback(): void {
    const editor = this.closest<DraftEditor>("draft-editor");
    const data = this.querySelector(":scope > script")?.textContent;
    if (!editor || !data || this.stops) return;
    this.island = JSON.parse(data) as Island;
    this.mayWrite = this.dataset["still"] === undefined;
    this.stops = new Stops(editor, this.island.tags);
    this.list = new List(this, this.stops, this.island.words);
    this.panel = new Panel(this.querySelector<HTMLElement>("stops-map")!, this.island, this.mayWrite, {
      stops: () => this.shown(),
      moved: (key, at, quiet) => this.place(key, at, quiet),
      added: (at) => this.add({}, at, ""),
      pressed: (key) => this.choose(key),
      drawn: (key, track) => this.drawn(key, track),
      say: (sentence) => this.say(sentence),
    });
    this.classList.add("is-live");
    if (this.mayWrite) this.listen(editor);
    editor.addEventListener("draft-changed", (event) => this.heard(event as CustomEvent<{ path: string; value: unknown; mine: boolean }>));
    editor.addEventListener("draft-saved", () => void this.reckon());
    editor.addEventListener("draft-locked", () => this.classList.add("is-locked"));
    this.render();
  }

  private listen(editor: DraftEditor): void {
    this.addEventListener("click", (event) => this.press(editor, event));
    this.addEventListener("change", (event) => {
      const select = event.target instanceof HTMLSelectElement ? event.target : null;
      if (select?.name.startsWith("mode:")) this.stops.go(select.name.slice(5), select.value);
    });
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusin", (event) => {
      const input = event.target instanceof HTMLInputElement ? event.target : null;
      if (input?.dataset["find"] !== undefined) this.finder(input);
      const row = (event.target as Element).closest<HTMLElement>(".stop-row");
      if (row) this.panel.choose(row.dataset["key"] ?? "");
    });
    dragRows(this.list.element, (row, place) => {
      if (editor.isLocked || !this.move(row.dataset["key"]!, place)) this.render();
    });
    for (const hidden of this.querySelectorAll<HTMLElement>("[data-grip], [data-on-map], [data-middle]")) hidden.hidden = false;
    for (const plain of this.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = true;
  }

  // What is pressed

  private press(editor: DraftEditor, event: Event): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button") : null;
    if (!button || this.classList.contains("is-locked")) return;
    const key = button.value;
    const does: Record<string, () => void> = {
      up: () => this.step(button, key, -1),
      down: () => this.step(button, key, 1),
      number: () => this.renumber(key),
      remove: () => void this.takeOut(key),
      clear: () => this.clear(key),
      locate: () => void this.finder(this.input(`q:${key}`)).look(),
      find: () => void this.finder(this.input("q")).look(),
      bare: () => this.bare(),
      track: () => void editor.flush().then(() => button.form?.requestSubmit(button)), // the server reads any form of coordinates
    };
    const act = does[button.name];
    if (act) {
      event.preventDefault();
      act();
    } else if (button.dataset["tap"]) this.panel.place(button.dataset["tap"], this.name(button.dataset["tap"]));
    else if (button.dataset["draw"]) this.draw(button.dataset["draw"]);
    else if (button.dataset["middle"] !== undefined) void this.panel.middle().then((at) => at && this.add({}, at, ""));
    else if (button.dataset["undo"] !== undefined) this.bringBack();
  }

  private key(event: KeyboardEvent): void {
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    if (event.key !== "Enter" || event.isComposing || !input?.name.startsWith("number:")) return;
    event.preventDefault();
    this.renumber(input.name.slice(7));
  }

  private step(button: HTMLButtonElement, key: string, by: number): void {
    if (button.getAttribute("aria-disabled") === "true") return;
    this.move(key, this.stops.order.indexOf(key) + 1 + by);
  }

  private renumber(key: string): void {
    const input = this.input(`number:${key}`);
    const place = Number(input.value);
    if (!/^\d{1,3}$/.test(input.value.trim())) return this.say(this.island.words["number"]!);
    input.value = "";
    this.move(key, place);
  }

  private move(key: string, place: number): boolean {
    if (!this.stops.move(key, place)) return false;
    this.render();
    const order = this.stops.order;
    this.say("moved", { name: this.name(key), number: order.indexOf(key) + 1, count: order.length });
    return true;
  }

  private place(key: string, at: Place, quiet = false): void {
    this.stops.place(key, at);
    this.render();
    if (!quiet) this.say("placed", { name: this.name(key) });
  }

  private add(names: Record<string, string>, at: Place | null, name: string): void {
    if (this.stops.order.length >= this.island.most) return this.say(this.island.words["most"]!);
    const key = this.stops.add(namesOf(names, name, this.island.languages), at);
    this.render();
    this.say("added", { name: this.name(key), number: this.stops.order.length });
    this.list.row(key)?.querySelector<HTMLElement>(".stop-words")?.focus();
  }

  private bare(): void {
    const input = this.input("q");
    this.add({}, null, input.value.trim().slice(0, 200));
    input.value = "";
    this.finders.get("q")?.close();
  }

  private async takeOut(key: string): Promise<void> {
    const name = this.name(key);
    const number = this.stops.order.indexOf(key);
    this.taken = await this.stops.remove(key);
    this.render();
    this.list.offer(name);
    this.say("removed", { name });
    const next = this.list.rows[Math.min(number, this.list.rows.length - 1)];
    (next?.querySelector<HTMLElement>(".stop-words") ?? this.input("q")).focus();
  }

  private bringBack(): void {
    if (!this.taken) return;
    const { key } = this.taken;
    this.stops.bringBack(this.taken);
    this.taken = undefined;
    this.list.offer("");
    this.render();
    this.say("back", { name: this.name(key) });
    this.list.row(key)?.querySelector<HTMLElement>(".stop-words")?.focus();
  }

  private clear(key: string): void {
    this.stops.draw(key, []);
    this.render();
    this.say("cleared", { name: this.name(key) });
    this.list.row(key)?.querySelector<HTMLElement>("summary")?.focus();
  }

  private draw(key: string): void {
    const order = this.stops.order;
    const [from, to] = [this.stops.stop(order[order.indexOf(key) - 1]!), this.stops.stop(key)];
    if (!from.at || !to.at) return this.say(this.island.words["nowhere"]!);
    this.panel.draw(key, this.name(key), from.at, to.track, to.at);
  }

  private drawn(key: string, track: Place[]): void {
    this.stops.draw(key, track);
    this.render();
    this.say("drawn", { name: this.name(key), count: track.length });
    this.list.row(key)?.querySelector<HTMLElement>("summary")?.focus();
  }

  private choose(key: string): void {
    for (const row of this.list.rows) row.classList.toggle("is-chosen", row.dataset["key"] === key);
    this.list.row(key)?.scrollIntoView({ block: "nearest" });
  }

  // What is shown

  private heard(event: CustomEvent<{ path: string; value: unknown; mine: boolean }>): void {
    const { path, value, mine } = event.detail;
    if (!this.stops.heard(path, value)) return;
    if (mine) return; // whoever did it renders
    event.preventDefault();
    this.render();
    void this.reckon();
  }

  private render(): void {
    this.list.render(this.mayWrite);
    this.panel.show();
  }

  private shown(): { key: string; name: string; at: Place | null; track: Place[] }[] {
    return this.stops.order.map((key) => ({ ...this.stops.stop(key), name: this.name(key) }));
  }

  /** The legs as the server reckons them, once it has what was changed. */
  private async reckon(): Promise<void> {
    const turn = (this.asking += 1);
    try {
      const answer = await fetch(this.island.legs, { headers: { Accept: "application/json" } });
      const told = (await answer.json()) as Legs;
      if (turn === this.asking) this.list.ways(new Map(told.legs.map((leg) => [leg.to, leg.words])), told.words);
    } catch (reason) {
      console.warn("The legs cannot be had:", reason); // they come with the next change
    }
  }

  private finder(input: HTMLInputElement): Finder {
    const present = this.finders.get(input.name);
    if (present) return present;
    const key = input.dataset["find"] ?? "";
    const chosen = (place: Known): void => {
      const name = place.from === "coordinates" ? "" : place.name;
      if (key) this.place(key, place.at);
      else this.add(place.names, place.at, name);
    };
    const made = new Finder(input, this.island.places, this.island.words, chosen, (sentence) => this.say(sentence));
    this.finders.set(input.name, made);
    return made;
  }

  private input(name: string): HTMLInputElement {
    return this.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)!;
  }

  private name(key: string): string {
    return this.stops.name(key).text || this.island.words["nameless"]!;
  }

  /** Announce a sentence, or one of the words of the island with what is to be put into it. */
  private say(sentence: string, values?: Record<string, string | number>): void {
    let said = values ? this.island.words[sentence]! : sentence;
    for (const [name, value] of Object.entries(values ?? {})) said = said.replace(`{${name}}`, String(value));
    this.list.say(said);
  }
}

customElements.define("stops-editor", StopsEditor);
