/** The controls of a field, and the value of the document that they stand for; `desk/editor/posted.py` reads forms in the same way. */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Link {
  medium: string;
  role: string;
}

/** The field of a path, and its mark: the mark of what the server has there. */
export class Field {
  /** What the server has there, as `read` gives it. */
  saved: unknown;

  constructor(readonly element: HTMLElement) {
    this.saved = this.read();
  }

  get path(): string {
    return this.element.dataset.path ?? "";
  }

  get leaf(): string {
    return this.element.dataset.leaf ?? "";
  }

  get label(): string {
    return this.element.dataset.label ?? this.path;
  }

  get mark(): string {
    return this.element.dataset.mark ?? "";
  }

  set mark(mark: string) {
    this.element.dataset.mark = mark;
    const was = this.element.querySelector<HTMLInputElement>('input[name^="was:"]');
    if (was) was.value = mark;
  }

  get editable(): boolean {
    return this.element.querySelector('input[name^="was:"]') !== null;
  }

  get isFocused(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** The value as an edit takes it. */
  read(): unknown {
    if (this.leaf === "media") return this.rows();
    const text = this.control?.value ?? "";
    if (this.leaf === "many") return text.split("\n").map((line) => line.trim()).filter(Boolean);
    return text;
  }

  /** Show a value of the document, and take it for what the server has when `mark` says so. */
  write(value: unknown, mark?: string): void {
    if (this.leaf === "media") this.writeRows((value ?? []) as { medium: number | string; role?: string }[]);
    else if (this.control) this.control.value = shown(this.leaf, value);
    if (mark !== undefined) {
      this.mark = mark;
      this.saved = this.read();
    }
  }

  get control(): Control | null {
    return this.element.querySelector<Control>(`[name="${CSS.escape(this.path)}"]`);
  }

  /** Say what is wrong with it; nothing takes it back. */
  complain(sentence: string): void {
    const place = this.element.querySelector<HTMLElement>(".field-problem");
    if (place) {
      place.textContent = sentence;
      place.hidden = !sentence;
    }
    this.element.classList.toggle("field-wrong", Boolean(sentence));
    if (sentence) this.control?.setAttribute("aria-invalid", "true");
    else this.control?.removeAttribute("aria-invalid");
  }

  private rows(): Link[] {
    const rows = [...this.element.querySelectorAll<HTMLElement>(".field-media-row")].map((row, index) => ({
      medium: part(row, "medium"),
      role: part(row, "role"),
      place: /^\d{1,3}$/.test(part(row, "place")) ? Number(part(row, "place")) : index + 1,
    }));
    const chosen = rows.filter((row) => row.medium);
    return chosen.sort((one, other) => one.place - other.place).map(({ medium, role }) => ({ medium, role }));
  }

  private writeRows(links: { medium: number | string; role?: string }[]): void {
    const rows = [...this.element.querySelectorAll<HTMLElement>(".field-media-row")];
    const last = rows.at(-1);
    while (last && rows.length < links.length + 1) {
      const more = last.cloneNode(true) as HTMLElement;
      more.querySelector(".field-thumb")?.remove();
      last.after(more);
      rows.push(more);
    }
    rows.forEach((row, index) => {
      set(row, "medium", String(links[index]?.medium ?? ""));
      set(row, "role", links[index]?.role ?? "");
      set(row, "place", String(index + 1));
    });
  }
}

/** What a control shows of a value. */
export function shown(leaf: string, value: unknown): string {
  if (leaf === "words") return typeof value === "string" ? value : ((value as { text?: string } | null)?.text ?? "");
  if (leaf === "many") return Array.isArray(value) ? value.join("\n") : "";
  return value === null || value === undefined ? "" : String(value);
}

function part(row: HTMLElement, name: string): string {
  return row.querySelector<Control>(`[data-part="${name}"]`)?.value ?? "";
}

function set(row: HTMLElement, name: string, value: string): void {
  const control = row.querySelector<Control>(`[data-part="${name}"]`);
  if (!control) return;
  if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value)) {
    control.add(new Option(value, value)); // of a medium that is newer than the page
  }
  control.value = value;
}
