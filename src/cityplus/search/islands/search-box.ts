/**
 * `<search-box data-suggestions="/search/suggestions/" data-some="…" data-none="…"><form>…<input type="search">…</form>`:
 * suggestions while typing, as the combobox of the ARIA Authoring Practices. Arrow keys go through them, Enter goes to the
 * one that is marked and else searches, Escape closes them. An answer that is overtaken by the next letter is thrown away.
 */
interface Suggestion {
  readonly kind: string;
  readonly name: string;
  readonly language: string;
  readonly dir: string;
  readonly url: string;
  readonly label: string;
  readonly beside?: string;
  readonly besideLanguage?: string;
}

/** Milliseconds between the last letter and the question. */
const PAUSE = 120;
let boxes = 0;

export class SearchBox extends HTMLElement {
  private readonly list = document.createElement("ul");
  private readonly said = document.createElement("p");
  private input: HTMLInputElement | null = null;
  private timer = 0;
  private asking: AbortController | undefined;
  private marked = -1;

  connectedCallback(): void {
    this.input = this.querySelector("input[type=search]");
    if (!this.input || this.contains(this.list)) return;
    const id = `suggestions-${++boxes}`;
    this.list.id = id;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.querySelector("label")?.textContent ?? "");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    this.append(this.list, this.said);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-haspopup": "listbox",
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", this.wait);
    this.input.addEventListener("keydown", this.onKey);
    this.input.addEventListener("blur", this.close);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
    this.list.addEventListener("click", this.onClick);
    this.closest("details")?.addEventListener("toggle", this.onToggle);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  private readonly onToggle = (): void => {
    if (this.closest("details")?.open) this.input?.focus();
  };

  private readonly wait = (event: Event): void => {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (event instanceof InputEvent && event.isComposing) return; // half a syllable of an input method is no question
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  };

  private async ask(): Promise<void> {
    const words = this.input?.value.trim() ?? "";
    if (!words || !this.dataset.suggestions) {
      this.close();
      return;
    }
    this.asking = new AbortController();
    try {
      const address = `${this.dataset.suggestions}?q=${encodeURIComponent(words)}`;
      const response = await fetch(address, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`no suggestions: ${response.status}`);
      const answer = (await response.json()) as { suggestions: Suggestion[] };
      if (document.activeElement === this.input) this.show(answer.suggestions);
    } catch (problem) {
      if (!(problem instanceof DOMException && problem.name === "AbortError")) this.close(); // the form still searches
    }
  }

  private show(found: readonly Suggestion[]): void {
    this.marked = -1;
    this.list.replaceChildren(...found.map((suggestion, index) => this.line(suggestion, index)));
    this.list.hidden = found.length === 0;
    this.input?.setAttribute("aria-expanded", String(found.length > 0));
    this.input?.removeAttribute("aria-activedescendant");
    this.said.textContent = (found.length ? this.dataset.some : this.dataset.none) ?? "";
  }

  private line(suggestion: Suggestion, index: number): HTMLLIElement {
    const line = document.createElement("li");
    line.className = "suggestion";
    line.id = `${this.list.id}-${index}`;
    line.dataset.url = suggestion.url;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.append(part("suggestion-name", suggestion.name, suggestion.language));
    if (suggestion.beside) line.append(part("suggestion-beside", suggestion.beside, suggestion.besideLanguage ?? ""));
    line.append(part("suggestion-kind", suggestion.label, ""));
    return line;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const lines = this.list.hidden ? [] : [...this.list.querySelectorAll<HTMLElement>(".suggestion")];
    const line = lines[this.marked];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && lines.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = lines.length + 1; // one of them is the field itself
      this.mark(lines, ((this.marked + 1 + step + places) % places) - 1);
    } else if (event.key === "ArrowDown") {
      void this.ask();
    } else if (event.key === "Enter" && line) {
      event.preventDefault();
      go(line);
    } else if (event.key === "Escape" && lines.length) {
      event.preventDefault(); // else it empties the field, and closes the menu around it
      event.stopPropagation();
      this.close();
    }
  };

  private readonly onClick = (event: Event): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>(".suggestion") : null;
    if (line) go(line);
  };

  private mark(lines: readonly HTMLElement[], place: number): void {
    this.marked = place;
    lines.forEach((line, index) => line.setAttribute("aria-selected", String(index === place)));
    const line = lines[place];
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.input?.setAttribute("aria-activedescendant", line.id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  private readonly close = (): void => {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.show([]);
    this.said.textContent = "";
  };
}

function part(css: string, text: string, language: string): HTMLElement {
  const words = document.createElement("bdi");
  words.className = css;
  words.textContent = text;
  if (language) words.lang = language;
  return words;
}

function go(line: HTMLElement): void {
  if (line.dataset.url) location.assign(line.dataset.url);
}
