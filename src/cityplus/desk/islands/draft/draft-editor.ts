/**
 * `<draft-editor data-island="…">` around the form of a piece: what is written is saved by itself, and survives a closed tab, a
 * crash and a lost network. The JSON named by `data-island` has addresses, revision, marks and words (`desk/editor/island.py`).
 *
 * For other islands of the page:
 *
 *   editor.set(path, value)   set a place of the document, as an edit takes it (`drafts/edits.py`): of a text its words, of a part
 *                             as a whole (`stops/pier`) a mapping of its leaves or null, which removes it. It is shown in the
 *                             field, if the page has one, and saved soon.
 *   editor.value(path)        what stands there for this writer: what they wrote last, saved or not
 *   editor.mark(path)         the mark of what the server has there
 *   editor.flush()            save now; resolves when the server has answered
 *   editor.isLocked           whether nothing can be written any more
 *
 * Events, on the element, bubbling:
 *
 *   draft-changed   a value is another one. `detail`: {path, value, by, mine}. Where parts came, went or moved by somebody else
 *                   (`path` is `stops/pier` or `order`), the page offers to be loaded again, unless a listener calls
 *                   `preventDefault()`: it has shown the change itself.
 *   draft-saved     the server has it. `detail`: {revision, paths}
 *   draft-locked    the writer is signed out or removed.
 */

import { Field } from "./controls";
import { type Clash, type Pending, pause, Queue, same } from "./queue";
import { type All, type Answer, type News, type Other, Server } from "./server";
import { clashBox, copyButton, element, flash, leftover, readable, say, type State, Status, type Words } from "./signs";

const AFTER_KEY = 700;
const BEAT = 5000;
const MOST = 200; // edits in one request

interface Island {
  edits: string;
  presence: string;
  fields: string;
  shelf: string;
  me: string;
  draft: string;
  revision: number;
  state: string;
  values: { path: string; value: unknown; mark: string }[];
  marks: Record<string, string>;
  groups: string[];
  orders: string[];
  words: Words;
}

export interface Changed {
  path: string;
  value: unknown;
  by: string;
  mine: boolean;
}

export class DraftEditor extends HTMLElement {
  private island!: Island;
  private queue!: Queue;
  private server!: Server;
  private status!: Status;
  private form: HTMLFormElement | null = null;
  private readonly fields = new Map<string, Field>();
  private readonly values = new Map<string, unknown>();
  private readonly marks = new Map<string, string>();
  /** Other people's changes of the field that one is in: shown once one leaves it. */
  private readonly held = new Map<string, Other>();
  private known = { draft: "", revision: 0 };
  private sending: Promise<void> | undefined;
  private timer = 0;
  private beats = 0;
  private failures = 0;
  private locked = false;
  private outdated = false;

  connectedCallback(): void {
    const data = document.getElementById(this.dataset.island ?? "")?.textContent;
    this.form = this.querySelector("form");
    if (!data || !this.form || this.form.querySelector(".editor-foot") === null) return; // one may only read
    this.island = JSON.parse(data) as Island;
    this.known = { draft: this.island.draft, revision: this.island.revision };
    for (const one of this.island.values) this.values.set(one.path, one.value);
    for (const one of this.island.values) this.marks.set(one.path, one.mark);
    for (const [path, mark] of Object.entries(this.island.marks)) this.marks.set(path, mark);
    for (const found of this.form.querySelectorAll<HTMLElement>('.field[data-path]:not([data-leaf="track"])')) {
      const field = new Field(found);
      this.fields.set(field.path, field);
    }
    const token = this.form.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
    this.server = new Server(this.island, token);
    this.status = new Status(this.querySelector<HTMLElement>(".editor-status"), this.island.words);
    this.queue = new Queue(`cityplus-draft:${this.island.shelf}:`, shelf());
    this.listen();
    this.resume();
    openTarget();
    void this.beat();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    clearTimeout(this.beats);
  }

  // What other islands use

  get isLocked(): boolean {
    return this.locked;
  }

  set(path: string, value: unknown): void {
    const field = this.fields.get(path);
    if (field) field.write(value);
    else this.values.set(path, value);
    this.note(path, field ? field.read() : value);
    this.saveIn(0);
  }

  value(path: string): unknown {
    const pending = this.queue.at(path);
    return pending ? pending.value : (this.fields.get(path)?.read() ?? this.values.get(path));
  }

  mark(path: string): string {
    return this.fields.get(path)?.mark ?? this.marks.get(path) ?? "";
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.sending;
    await this.send();
  }

  // Writing

  private listen(): void {
    this.form?.addEventListener("input", (event) => this.typed(event, AFTER_KEY));
    this.form?.addEventListener("change", (event) => this.typed(event, 0));
    this.form?.addEventListener("focusout", (event) => this.left(event));
    this.form?.addEventListener("submit", (event) => {
      if (event.submitter?.getAttribute("name")) return; // a part is added, moved or removed: the server makes the page anew
      event.preventDefault();
      void this.flush();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.sendLast();
      else void this.beat();
    });
    document.addEventListener("desk-left", (event) => {
      event.preventDefault();
      this.lock();
    });
    window.addEventListener("pagehide", () => this.sendLast());
    window.addEventListener("online", () => this.saveIn(0));
    window.addEventListener("hashchange", openTarget);
    window.addEventListener("beforeunload", (event) => {
      if (this.queue.size && !this.queue.kept) event.preventDefault();
    });
  }

  private typed(event: Event, delay: number): void {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>(".field[data-path]") : null;
    const field = found && this.fields.get(found.dataset.path ?? "");
    if (!field?.editable || this.locked) return;
    const value = field.read();
    if (same(value, field.saved) && !this.sending && !this.clashOf(field.path)) {
      this.queue.drop(field.path);
      field.complain("");
      this.tell();
      return;
    }
    this.note(field.path, value);
    this.saveIn(delay);
  }

  private note(path: string, value: unknown): void {
    this.queue.put(path, this.mark(path), value);
    if (this.clashOf(path)) this.queue.park(path);
    this.fields.get(path)?.complain("");
    this.announce({ path, value, by: this.island.me, mine: true });
    this.tell();
  }

  private left(event: FocusEvent): void {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>(".field[data-path]") : null;
    if (!found || (event.relatedTarget instanceof Node && found.contains(event.relatedTarget))) return;
    if (this.queue.waiting.length) this.saveIn(0);
    const other = this.held.get(found.dataset.path ?? "");
    if (other) {
      this.held.delete(other.path);
      this.take(other, true);
    }
  }

  /** What an earlier visit left on this device is shown, and sent again. */
  private resume(): void {
    for (const path of this.queue.paths) this.fields.get(path)?.write(this.queue.at(path)?.value);
    if (!this.queue.size) return this.tell();
    this.status.notice("kept", say(this.island.words, "kept", { count: this.queue.size }));
    this.saveIn(0);
  }

  // Sending

  private saveIn(delay: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), delay);
  }

  private send(): Promise<void> {
    if (this.sending) return this.sending; // the rest goes when this has been answered
    if (!this.queue.waiting.length || this.locked || this.outdated) {
      this.tell();
      return Promise.resolve();
    }
    const edits = this.queue.take(MOST);
    this.status.show("saving");
    this.sending = this.server.save(this.known, edits).then((answer) => {
      this.sending = undefined;
      this.heard(edits, answer);
    });
    return this.sending;
  }

  /** The page goes away: what it has not yet sent goes with a request that outlives it, and stays on the device until answered. */
  private sendLast(): void {
    if (this.queue?.waiting.length && !this.locked && !this.outdated) {
      const edits = this.queue.take(MOST);
      void this.server.save(this.known, edits, true).then((answer) => this.heard(edits, answer));
    }
  }

  private heard(sent: Pending[], answer: Answer<News>): void {
    this.failures = answer.kind === "failed" ? this.failures + 1 : 0;
    if (answer.kind === "ok") this.saved(sent, answer.told);
    else if (answer.kind === "clash") for (const clash of answer.clashes) this.meet(clash);
    else if (answer.kind === "refused") this.refuse(sent, answer.path, answer.sentence);
    else if (answer.kind === "locked") return this.lock();
    else if (answer.kind === "outdated") this.outdated = true;
    else this.saveIn(pause(this.failures));
    this.tell();
    if (answer.kind !== "failed" && this.queue.waiting.length) this.saveIn(answer.kind === "ok" ? AFTER_KEY : 0);
  }

  private saved(sent: Pending[], told: News): void {
    this.queue.acknowledge(sent, told.marks);
    for (const edit of sent) {
      const field = this.fields.get(edit.path);
      const mark = told.marks[edit.path] ?? "";
      if (!field) this.marks.set(edit.path, mark);
      else {
        field.mark = mark;
        field.saved = edit.value;
      }
    }
    this.follow(told);
    const detail = { revision: told.revision, paths: sent.map((edit) => edit.path) };
    this.dispatchEvent(new CustomEvent("draft-saved", { detail, bubbles: true }));
  }

  private refuse(sent: Pending[], path: string, sentence: string): void {
    const known = sent.some((edit) => edit.path === path);
    for (const edit of sent) if (!known || edit.path === path) this.queue.park(edit.path);
    const field = this.fields.get(path);
    if (field) {
      field.complain(sentence);
      open(field.element);
    } else this.status.notice(`refused-${path}`, sentence);
  }

  // Others

  private async beat(): Promise<void> {
    clearTimeout(this.beats);
    if (this.locked || document.hidden || !this.isConnected) return;
    const answer = await this.server.beat(this.known, this.where());
    if (answer.kind === "locked") return this.lock();
    if (answer.kind === "ok") {
      this.meetPeople(answer.told.here ?? []);
      this.follow(answer.told);
      if (this.failures) this.saveIn(0); // the network is back
    }
    this.beats = window.setTimeout(() => void this.beat(), BEAT);
  }

  private where(): string {
    const found = document.activeElement?.closest<HTMLElement>(".field[data-path]");
    return found && this.contains(found) ? (found.dataset.path ?? "") : "";
  }

  private meetPeople(here: NonNullable<News["here"]>): void {
    this.status.present(here);
    for (const field of this.fields.values()) delete field.element.dataset.here;
    for (const one of here) {
      const field = this.fields.get(one.path);
      if (field) field.element.dataset.here = one.name;
    }
  }

  private follow(told: News): void {
    const older = told.revision < this.known.revision && told.draft === this.known.draft;
    if (older) return; // answers may overtake each other
    if (told.fresh) {
      void this.begin(told);
      return;
    }
    this.known = { draft: told.draft, revision: told.revision };
    for (const [path, mark] of Object.entries(told.marks)) this.remark(path, mark);
    for (const other of told.others) this.take(other);
  }

  /** All may be different: the draft was published or thrown away, or an older version was restored. */
  private async begin(told: News): Promise<void> {
    const answer = await this.server.all();
    if (answer.kind !== "ok") return;
    const all: All = answer.told;
    if (told.draft !== this.known.draft) this.status.notice("elsewhere", say(this.island.words, "elsewhere"));
    this.known = { draft: all.draft, revision: all.revision };
    const present = new Map(all.fields.map((one) => [one.path, one]));
    for (const [path, mark] of Object.entries(all.marks)) this.remark(path, mark);
    for (const path of [...this.fields.keys(), ...this.values.keys()]) {
      const one = present.get(path) ?? { path, value: null, mark: "" };
      if (one.mark !== this.mark(path)) this.take({ ...one, by: "", label: path });
    }
    const shown = [...this.querySelectorAll<HTMLElement>(".part")].map((part) => part.dataset.part ?? "");
    const there = Object.keys(all.marks).filter((path) => this.isPart(path));
    if (!same(shown.sort(), there.sort())) this.restructured("");
  }

  private take(other: Other, left = false): void {
    const field = this.fields.get(other.path);
    if (!field) {
      this.values.set(other.path, other.value);
      this.marks.set(other.path, other.mark);
      const shaped = this.island.orders.includes(other.path) || this.isPart(other.path);
      if (this.announce({ path: other.path, value: other.value, by: other.by, mine: false }) && shaped) {
        this.restructured(other.by);
      }
      return;
    }
    if (this.queue.at(other.path)) return; // the server will say that the two met
    if (field.isFocused && !left) {
      this.held.set(other.path, other);
      return;
    }
    field.write(other.value, other.mark);
    if (other.by && other.by !== this.island.me) flash(field, say(this.island.words, "changed_by", { name: other.by }));
    this.announce({ path: other.path, value: other.value, by: other.by, mine: false });
  }

  private restructured(by: string): void {
    if (by === this.island.me) return;
    const sentence = say(this.island.words, by ? "structure" : "structure_unnamed", { name: by });
    this.status.reload("structure", sentence);
  }

  private isPart(path: string): boolean {
    const [group, , ...rest] = path.split("/");
    return rest.length === 0 && path.includes("/") && this.island.groups.includes(group ?? "");
  }

  private remark(path: string, mark: string): void {
    if (this.fields.has(path)) return; // a field's mark goes with what it shows
    this.marks.set(path, mark);
    const input = this.form?.elements.namedItem(`part:${path}`);
    if (input instanceof HTMLInputElement) input.value = mark;
  }

  private clashOf(path: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-clash="${CSS.escape(path)}"]`);
  }

  private meet(clash: Clash): void {
    this.queue.park(clash.path);
    this.clashOf(clash.path)?.remove();
    const field = this.fields.get(clash.path);
    const mine = readable(this.queue.at(clash.path)?.value);
    const box = clashBox(this.island.words, clash, field?.leaf ?? "", mine, (whose) => {
      if (whose === "mine") this.queue.insist(clash.path, clash.mark);
      else this.queue.drop(clash.path);
      if (field && whose === "theirs") field.write(clash.value, clash.mark);
      else if (field) field.mark = clash.mark;
      else this.marks.set(clash.path, clash.mark);
      if (whose === "theirs") this.announce({ path: clash.path, value: clash.value, by: clash.by, mine: false });
      this.tell();
      this.saveIn(0);
      field?.control?.focus();
    });
    if (field) {
      field.element.append(box);
      open(field.element);
    } else this.status.news?.append(box);
  }

  // Saying

  private tell(): void {
    if (this.locked) return;
    const state = this.stateNow();
    this.status.show(state);
    if (state === "outdated") this.status.reload("outdated", "");
  }

  private stateNow(): State {
    if (this.outdated) return "outdated";
    if (this.failures) return this.queue.kept ? "offline" : "unkept";
    if (this.querySelector("[data-clash]")) return "clash";
    if (this.sending) return "saving";
    if (this.queue.waiting.length) return "writing";
    return this.queue.size ? "refused" : "saved";
  }

  private announce(detail: Changed): boolean {
    return this.dispatchEvent(new CustomEvent("draft-changed", { detail, bubbles: true, cancelable: true }));
  }

  /** Signed out, or no longer of the team: the draft is gone from the page; what was not saved of theirs is neither hidden nor lost. */
  private lock(): void {
    if (this.locked) return;
    this.locked = true;
    this.form?.replaceChildren(); // what is the team's is not theirs to read any more
    const left = this.queue.paths.flatMap((path) => this.queue.at(path) ?? []);
    const words = this.island.words;
    this.status.show("locked", say(words, left.length ? "locked" : "locked_clean", { count: left.length }));
    if (left.length) {
      const forget = element("button", { type: "button", className: "button button-quiet" }, say(words, "forget"));
      const list = leftover(left, (path) => this.fields.get(path)?.label ?? path);
      const text = (): string => left.map((edit) => readable(edit.value)).join("\n\n");
      const box = element("div", { className: "editor-left" }, list, element("p", { className: "actions" }, copyButton(words, text), forget));
      forget.addEventListener("click", () => {
        for (const edit of left) this.queue.drop(edit.path);
        box.remove();
        this.status.show("locked", say(words, "locked_forgotten"));
      });
      this.status.news?.append(box);
    }
    this.dispatchEvent(new CustomEvent("draft-locked", { bubbles: true }));
  }
}

function shelf(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined; // the reader forbids it
  }
}

/** Open what folds around the place that the address names. */
function openTarget(): void {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  open(target);
  target.scrollIntoView();
}

function open(place: Element): void {
  for (let here: Element | null = place; here; here = here.parentElement) {
    if (here instanceof HTMLDetailsElement) here.open = true;
  }
}
