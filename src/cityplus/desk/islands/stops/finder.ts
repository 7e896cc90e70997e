/** Looking a place up: what the network knows by a name, or coordinates, as buttons below the field. */
import { type Place, plainPlace } from "./model";

export interface Known {
  name: string;
  language: string;
  dir: string;
  beside: string;
  besideLanguage: string;
  names: Record<string, string>;
  at: Place;
  from: string;
  label: string;
  where: string;
  distance: string;
}

const PAUSE = 300; // ms after the last letter

export class Finder {
  private timer = 0;
  private asking: AbortController | undefined;
  private readonly list = document.createElement("ul");

  /** `chosen` is told which place was taken; `say` what is to be announced. */
  constructor(
    private readonly input: HTMLInputElement,
    private readonly address: string,
    private readonly words: Readonly<Record<string, string>>,
    private readonly chosen: (place: Known) => void,
    private readonly say: (sentence: string) => void,
  ) {
    this.list.className = "place-list";
    this.list.hidden = true;
    (input.closest(".stop-pair") ?? input).after(this.list);
    input.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (event instanceof InputEvent && event.isComposing) return; // half a syllable of an input method is no question
      this.timer = window.setTimeout(() => void this.look(false), PAUSE);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
  }

  /** Ask now. Coordinates that were asked for on purpose are taken at once: there is nothing to choose. */
  async look(now = true): Promise<void> {
    clearTimeout(this.timer);
    this.asking?.abort();
    const q = this.input.value.trim();
    if (!q) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(q)}`, {
        signal: this.asking.signal,
        headers: { Accept: "application/json" },
      });
      const told = (await answer.json()) as { places?: Known[]; error?: string };
      const places = told.places ?? [];
      if (now && places.length === 1 && places[0]!.from === "coordinates") return this.take(places[0]!);
      this.show(places, told.error);
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "AbortError") return;
      const at = now ? plainPlace(q) : null;
      if (at) this.take({ name: "", language: "", dir: "", beside: "", besideLanguage: "", names: {}, at, from: "coordinates", label: "", where: "", distance: "" });
      else this.show([], this.words["unreachable"]);
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
  }

  private take(place: Known): void {
    this.close();
    this.input.value = "";
    this.chosen(place);
  }

  private show(places: readonly Known[], problem = ""): void {
    this.list.replaceChildren(...places.map((place) => this.line(place)));
    this.list.hidden = false;
    const none = problem || this.words["none"]!;
    if (!places.length) this.list.append(element("li", "quiet", none));
    this.say(places.length ? this.words["found"]!.replace("{count}", String(places.length)) : none);
  }

  private line(place: Known): HTMLLIElement {
    const button = element("button", "place", "") as HTMLButtonElement;
    button.type = "button";
    const name = element("span", "place-name", place.name, place.language);
    name.dir = place.dir;
    const where = element("span", "place-where", "");
    const parts = [place.label, place.where, place.distance].filter(Boolean).map((part) => element("bdi", "", part));
    where.append(...parts.flatMap((part, index) => (index ? [" · ", part] : [part])));
    button.append(name, " ");
    if (place.beside) button.append(element("bdi", "place-beside", place.beside, place.besideLanguage), " ");
    button.append(where);
    button.addEventListener("click", () => this.take(place));
    const line = document.createElement("li");
    line.append(button);
    return line;
  }

  /** Enter looks up, the arrows go through what was found, Escape closes it. */
  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const buttons = [...this.list.querySelectorAll<HTMLButtonElement>("button")];
    if (event.key === "Enter" && event.target === this.input) {
      event.preventDefault();
      void this.look();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
      this.input.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && buttons.length) {
      event.preventDefault();
      const places: HTMLElement[] = [this.input, ...buttons];
      const here = places.indexOf(document.activeElement as HTMLElement);
      places[(here + (event.key === "ArrowDown" ? 1 : -1) + places.length) % places.length]!.focus();
    }
  }
}

export function element(name: string, css: string, text: string, language = ""): HTMLElement {
  const made = document.createElement(name);
  if (css) made.className = css;
  made.textContent = text;
  if (language) made.lang = language;
  return made;
}
