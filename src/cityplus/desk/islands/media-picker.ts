/**
 * <media-picker data-choices="/desk/@thehague/media/choices/" data-uploads="/desk/@thehague/media/uploads/" data-kind="picture">
 *
 * A button that opens the media library of the city in a dialog, with its search, and with a file that is added right there. What
 * is chosen is told by the event `media-picked`, which bubbles: `event.detail` is `{id, kind, thumb, title}`, `thumb` an address or
 * empty. `data-kind` is picture, film or sound; empty for any. `open()` opens it from another button, and `data-quiet` takes its
 * own away. The template desk/media/picker.html writes it with all labels.
 */
import { Sending, token } from "../../media/islands/sending";

export interface Picked {
  id: number;
  kind: string;
  thumb: string;
  title: string;
}
interface Choice extends Picked {
  name: string;
  alt: string;
  ready: boolean;
}
interface Choices {
  media: Choice[];
  next: string | null;
}

const PAUSE = 250; // milliseconds after the last key before it is looked for

export class MediaPicker extends HTMLElement {
  private dialog!: HTMLDialogElement;
  private list!: HTMLUListElement;
  private more!: HTMLButtonElement;
  private state!: HTMLElement;
  private search!: HTMLInputElement;
  private timer = 0;
  private asked = 0;

  connectedCallback(): void {
    if (this.dialog) return;
    const open = this.button("button", "labelOpen", () => this.open());
    open.hidden = "quiet" in this.dataset;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "media-picker";
    const title = document.createElement("h2");
    title.textContent = this.dataset["labelTitle"] ?? "";
    title.id = `picker-title-${Math.random().toString(36).slice(2)}`;
    this.dialog.setAttribute("aria-labelledby", title.id);
    const head = document.createElement("div");
    head.className = "media-picker-head";
    head.append(title, this.button("button button-quiet", "labelClose", () => this.dialog.close()));
    this.list = document.createElement("ul");
    this.list.className = "media-grid";
    this.state = document.createElement("p");
    this.state.setAttribute("role", "status");
    this.more = this.button("button button-quiet", "labelMore", () => void this.load(this.more.dataset["next"]!, false));
    this.dialog.append(head, this.searching(), ...this.adding(), this.state, this.list, this.more);
    this.append(open, this.dialog);
  }

  /** Show the library. */
  open(): void {
    this.dialog.showModal();
    void this.load(this.first, true);
  }

  private get first(): string {
    const query = new URLSearchParams({ kind: this.dataset["kind"] ?? "", q: this.search.value });
    return `${this.dataset["choices"]}?${query}`;
  }

  private async load(address: string, anew: boolean): Promise<void> {
    const asked = ++this.asked;
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = response?.ok ? ((await response.json()) as Choices) : null;
    if (asked !== this.asked) return; // somebody typed on meanwhile
    if (anew) this.list.replaceChildren();
    this.list.append(...(found?.media ?? []).map((one) => this.choice(one)));
    this.more.hidden = !found?.next;
    this.more.dataset["next"] = found?.next ?? "";
    this.state.textContent = this.list.children.length ? "" : (this.dataset["labelNothing"] ?? "");
  }

  private choice(one: Choice): HTMLLIElement {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "media-choice";
    const thumb = document.createElement("span");
    thumb.className = `media-thumb media-thumb-${one.kind}`;
    if (one.thumb) {
      const image = document.createElement("img");
      Object.assign(image, { src: one.thumb, alt: "", loading: "lazy" });
      thumb.append(image);
    }
    const title = document.createElement("span");
    title.className = "media-card-title";
    title.dir = "auto";
    title.textContent = one.ready ? one.title : `${one.title} (${this.dataset["labelMaking"]})`;
    button.append(thumb, title);
    button.addEventListener("click", () => this.pick(one));
    item.append(button);
    return item;
  }

  private pick({ id, kind, thumb, title }: Picked): void {
    this.dialog.close();
    const detail: Picked = { id, kind, thumb, title };
    this.dispatchEvent(new CustomEvent<Picked>("media-picked", { bubbles: true, detail }));
  }

  private searching(): HTMLElement {
    const label = document.createElement("label");
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.load(this.first, true), PAUSE);
    });
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // it may stand in a form
    label.append(this.dataset["labelSearch"] ?? "", this.search);
    return label;
  }

  private adding(): HTMLElement[] {
    const endpoint = this.dataset["uploads"];
    if (!endpoint) return [];
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "file";
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) this.send(file, endpoint);
    });
    label.append(this.dataset["labelUpload"] ?? "", input);
    return [label];
  }

  private send(file: File, endpoint: string): void {
    void new Sending(file, endpoint, token(), (told) => {
      const percent = Math.floor((100 * told.sent) / Math.max(told.total, 1));
      const words: Record<string, string | undefined> = {
        looking: this.dataset["labelLooking"],
        failed: told.problem || this.dataset["labelFailed"],
        done: "",
      };
      this.state.textContent = words[told.phase] ?? `${file.name}: ${percent} %`;
      if (told.phase === "done" && told.medium !== null) void this.arrived(told.medium);
    }).start();
  }

  private async arrived(id: number): Promise<void> {
    const response = await fetch(`${this.dataset["choices"]}?id=${id}`).catch(() => null);
    const one = response?.ok ? ((await response.json()) as Choices).media[0] : undefined;
    const kind = this.dataset["kind"];
    if (one && (!kind || one.kind === kind)) this.pick(one);
    else void this.load(this.first, true);
  }

  private button(css: string, label: string, click: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = css;
    button.textContent = this.dataset[label] ?? "";
    button.addEventListener("click", click);
    return button;
  }
}

customElements.define("media-picker", MediaPicker);
