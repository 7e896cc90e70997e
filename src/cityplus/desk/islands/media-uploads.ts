/**
 * Many files into the library: dropped or chosen, two at a time, each with its progress and with ways to pause, go on and cancel.
 * Without it, the form sends one file at a time. `media-arrived` tells the page that the library has more.
 */
import { Sending, token, type Told } from "../../media/islands/sending";

const AT_ONCE = 2;

class MediaUploads extends HTMLElement {
  private list!: HTMLElement;
  private told!: HTMLElement;
  private readonly queue: Sending[] = [];
  private readonly rows = new Map<Sending, Row>();
  private left = 0; // dragenter and dragleave come for every element that is passed

  connectedCallback(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!form || !input || this.list) return;
    this.list = this.querySelector("[data-uploads]")!;
    this.told = this.querySelector("[data-told]")!;
    this.querySelector("[data-without-script]")!.toggleAttribute("hidden", true);
    this.querySelector("[data-with-script]")!.toggleAttribute("hidden", false);
    input.multiple = true;
    input.required = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("change", () => {
      this.take(input.files);
      input.value = "";
    });
    form.addEventListener("dragenter", (event) => this.over(event, 1));
    form.addEventListener("dragleave", (event) => this.over(event, -1));
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      this.left = 0;
      form.classList.remove("media-drop-over");
      this.take(event.dataTransfer?.files ?? null);
    });
    window.addEventListener("beforeunload", (event) => {
      if ([...this.rows.keys()].some((one) => ["sending", "again", "waiting"].includes(one.told.phase))) event.preventDefault();
    });
  }

  private over(event: DragEvent, change: number): void {
    event.preventDefault();
    this.left += change;
    this.querySelector("form")!.classList.toggle("media-drop-over", this.left > 0);
  }

  private take(files: FileList | null): void {
    for (const file of files ?? []) {
      const sending = new Sending(file, this.dataset["endpoint"]!, token(), (told) => this.show(sending, told));
      const row = new Row(sending, this.dataset, () => this.drop(sending));
      this.rows.set(sending, row);
      this.list.append(row.element);
      if (file.size > Number(this.dataset["largest"])) {
        Object.assign(sending.told, { phase: "failed", problem: this.dataset["labelLarge"] });
      } else {
        this.queue.push(sending);
      }
      row.show(sending.told);
    }
    this.next();
  }

  private next(): void {
    const busy = [...this.rows.keys()].filter((one) => ["sending", "again"].includes(one.told.phase)).length;
    for (const sending of this.queue.splice(0, Math.max(0, AT_ONCE - busy))) void sending.start();
  }

  private show(sending: Sending, told: Told): void {
    const row = this.rows.get(sending);
    if (!row) return;
    const before = row.phase;
    row.show(told);
    if (sending.id) this.list.querySelector(`[data-upload="${sending.id}"]`)?.remove(); // what an earlier page began
    if (before === told.phase) return;
    if (told.phase === "done" || told.phase === "failed") {
      this.told.textContent = `${sending.file.name}: ${row.words}`;
      if (told.phase === "done") this.dispatchEvent(new CustomEvent("media-arrived", { bubbles: true }));
    }
    if (told.phase !== "sending") this.next();
  }

  private drop(sending: Sending): void {
    const row = this.rows.get(sending);
    const waiting = this.queue.indexOf(sending);
    if (waiting >= 0) this.queue.splice(waiting, 1);
    if (!["done", "looking"].includes(sending.told.phase)) void sending.cancel();
    const beside = row?.element.nextElementSibling ?? row?.element.previousElementSibling;
    (beside?.querySelector("button") ?? this.querySelector<HTMLElement>("input[type=file]"))?.focus();
    row?.element.remove();
    this.rows.delete(sending);
    this.next();
  }
}

/** One file in the list. */
class Row {
  readonly element = document.createElement("li");
  phase = "";
  words = "";
  private readonly state = make("span", "upload-state");
  private readonly bar = document.createElement("progress");
  private readonly way = button("button button-quiet");
  private readonly end = button("button button-quiet");
  private readonly link = document.createElement("a");

  constructor(
    private readonly sending: Sending,
    private readonly labels: DOMStringMap,
    drop: () => void,
  ) {
    const name = make("bdi", "");
    name.textContent = sending.file.name;
    const box = make("span", "upload-name");
    box.append(name);
    this.element.className = "upload";
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", sending.file.name);
    this.link.className = "button button-quiet";
    this.link.textContent = labels["labelOpen"] ?? "";
    this.way.addEventListener("click", () => (sending.told.phase === "paused" ? sending.resume() : sending.pause()));
    this.end.addEventListener("click", drop);
    this.element.append(box, this.state, this.bar, this.link, this.way, this.end);
  }

  show(told: Told): void {
    this.phase = told.phase;
    const percent = Math.floor((100 * told.sent) / Math.max(told.total, 1));
    this.words = this.sentence(told, percent);
    this.element.dataset["phase"] = told.phase;
    this.state.textContent = this.words;
    this.bar.value = percent;
    this.bar.hidden = ["done", "failed"].includes(told.phase);
    this.way.hidden = !["sending", "again", "paused"].includes(told.phase);
    this.end.hidden = told.phase === "looking";
    this.link.hidden = told.medium === null;
    if (told.medium !== null) this.link.href = `${this.labels["media"]}${told.medium}/`;
    label(this.way, this.labels[told.phase === "paused" ? "labelResume" : "labelPause"], this.sending.file.name);
    label(this.end, this.labels[["done", "failed"].includes(told.phase) ? "labelAway" : "labelCancel"], this.sending.file.name);
  }

  private sentence(told: Told, percent: number): string {
    if (told.phase === "sending") return `${percent} %`;
    if (told.phase === "failed") {
      return (told.signedOut && this.labels["labelSignedOut"]) || told.problem || this.labels["labelFailed"] || "";
    }
    const names: Record<string, string> = { waiting: "labelWaiting", paused: "labelPaused", again: "labelAgain", looking: "labelLooking", done: "labelDone" };
    return this.labels[names[told.phase] ?? ""] ?? "";
  }
}

function make(name: string, css: string): HTMLElement {
  const element = document.createElement(name);
  element.className = css;
  return element;
}

function button(css: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = css;
  return element;
}

function label(element: HTMLElement, words: string | undefined, name: string): void {
  element.textContent = words ?? "";
  element.setAttribute("aria-label", `${words}: ${name}`);
}

customElements.define("media-uploads", MediaUploads);
