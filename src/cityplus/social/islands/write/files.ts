/** Files of a post: sent as soon as they are chosen, two at a time; each is then there with fields for its description. */
import { Sending, token, type Told } from "../../../media/islands/sending";

const AT_ONCE = 2;

export class Files {
  private readonly list: HTMLElement | null;
  private readonly rows: HTMLElement | null;
  private readonly queue: Sending[] = [];
  private busy = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly changed: () => void,
  ) {
    this.list = root.querySelector("[data-media]");
    this.rows = root.querySelector("[data-uploads]");
    const input = root.querySelector<HTMLInputElement>("input[type=file]");
    form.addEventListener("click", (event) => this.click(event));
    if (!input) return;
    root.querySelector("[data-without-script]")?.toggleAttribute("hidden", true);
    input.multiple = true;
    input.addEventListener("change", () => {
      for (const file of input.files ?? []) this.take(file);
      input.value = ""; // it is on its way already
    });
  }

  private take(file: File): void {
    const row = document.createElement("li");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    const end = document.createElement("button");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    bar.max = 100;
    bar.setAttribute("aria-label", file.name);
    end.type = "button";
    end.className = "button button-quiet";
    end.textContent = this.label("cancel");
    end.setAttribute("aria-label", `${this.label("cancel")}: ${file.name}`);
    row.append(name, words, bar, end);
    this.rows?.append(row);
    if (file.size > Number(this.root.dataset["largest"])) {
      words.textContent = this.label("large");
      bar.remove();
      end.addEventListener("click", () => row.remove());
      return;
    }
    const sending = new Sending(file, this.root.dataset["uploads"]!, token(), (told) => this.show(told, row, words, bar));
    end.addEventListener("click", () => {
      const waiting = this.queue.indexOf(sending);
      if (waiting >= 0) this.queue.splice(waiting, 1);
      else if (!["done", "failed"].includes(sending.told.phase)) this.next(-1);
      if (!["done", "looking"].includes(sending.told.phase)) void sending.cancel();
      row.remove();
    });
    words.textContent = this.label("waiting");
    this.queue.push(sending);
    this.next(0);
  }

  private next(change: number): void {
    this.busy += change;
    while (this.busy < AT_ONCE && this.queue.length) {
      this.busy += 1;
      void this.queue.shift()!.start();
    }
  }

  private show(told: Told, row: HTMLElement, words: HTMLElement, bar: HTMLProgressElement): void {
    const percent = Math.floor((100 * told.sent) / Math.max(told.total, 1));
    bar.value = percent;
    if (told.phase === "sending") words.textContent = `${percent} %`;
    if (told.phase === "again" || told.phase === "looking") words.textContent = this.label(told.phase);
    if (told.phase === "failed") {
      words.textContent = told.problem || this.label("failed");
      bar.remove();
      this.next(-1);
    }
    if (told.phase === "done" && told.medium !== null) {
      row.remove();
      this.next(-1);
      void this.add(told.medium, true);
    }
  }

  /** Put a medium into the form, with fields in all its languages. */
  private async add(medium: number, focus: boolean): Promise<void> {
    if (!this.list || this.list.querySelector(`[data-medium="${medium}"]`)) return;
    const asked = new URLSearchParams();
    for (const name of ["language", "medium"]) {
      for (const field of this.form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)) asked.append(name, field.value);
    }
    const address = (this.root.dataset["item"] ?? "").replace("/0/", `/${medium}/`);
    const response = await fetch(`${address}?${asked}`).catch(() => null);
    if (!response?.ok) return;
    const item = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("li");
    if (!item || this.list.querySelector(`[data-medium="${medium}"]`)) return;
    this.list.append(document.adoptNode(item));
    this.changed();
    if (focus && document.activeElement === document.body) item.querySelector("textarea")?.focus();
  }

  private click(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-drop], [data-pick]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset["pick"]) {
      void this.add(Number(button.dataset["pick"]), false);
      button.closest("li")?.toggleAttribute("hidden", true);
      return;
    }
    const item = button.closest("li");
    const beside = item?.nextElementSibling ?? item?.previousElementSibling;
    item?.remove();
    (beside?.querySelector("textarea") ?? this.form.querySelector<HTMLElement>("input[type=file]"))?.focus();
    this.changed();
  }

  private label(name: string): string {
    return this.root.dataset[`label${name[0]!.toUpperCase()}${name.slice(1)}`] ?? "";
  }
}
