/**
 * `<event-door>`: the page of a door on a phone. What is scanned is kept on the phone first, judged at once by its list, and sent when the
 * line is there; the server has the last word. Where the browser keeps nothing (no secure connection), the page works by its forms.
 */
import { isOurs, unhex } from "./codes";
import { Judge, type Judged, type NameList, type Row } from "./judging";
import { Keeping, type Scan } from "./keeping";
import { Line, type News, type Told } from "./line";
import { Camera, looker } from "./seeing";
import { found, said, type Words } from "./showing";

interface Phone {
  pass: string;
  event: number;
  venue: number;
  zone: string;
  words: Words;
}

const FOUND = 20;
const PROMPT = 1_500; // milliseconds that the server has before the phone says what it thinks
const NAMES = 5 * 60_000; // milliseconds between lists

export class EventDoor extends HTMLElement {
  #phone!: Phone;
  #keeping!: Keeping;
  #line!: Line;
  #judge: Judge | undefined;
  #camera!: Camera;
  readonly #answers = new Map<string, (told: Told) => void>();

  connectedCallback(): void {
    this.#phone = JSON.parse(document.getElementById("door-phone")?.textContent ?? "{}") as Phone;
    if (isSecureContext && "indexedDB" in window && "serviceWorker" in navigator) void this.#begin();
  }

  async #begin(): Promise<void> {
    const { event, venue, pass } = this.#phone;
    this.#keeping = await Keeping.open(`${event}-${venue}`);
    await navigator.serviceWorker.register(this.dataset.worker ?? "", { scope: location.pathname });
    await this.#names();
    const beat = `door-beat-${event}-${venue}`;
    const after = Math.min(Number(localStorage.getItem(beat) ?? Number.MAX_SAFE_INTEGER), this.#judge?.list.beat ?? 0);
    const hearing = {
      told: (told: Told, mine: Scan | undefined) => this.#told(told, mine),
      news: (news: News[]) => this.#news(news),
      state: (there: boolean, waiting: number) => this.#state(there, waiting),
      gone: () => this.#gone(),
    };
    this.#line = new Line(pass, device(), this.#keeping, hearing, after, (now) => localStorage.setItem(beat, String(now)));
    for (const one of await this.#keeping.waiting()) await this.#again(one);
    this.#wire();
    this.#count();
    this.#line.now();
    setInterval(() => void this.#names(), NAMES);
    await looker();
    await this.#warm();
    this.setAttribute("data-ready", "");
  }

  /** What waits from before the page was closed counts for what the phone says. */
  async #again(one: Scan): Promise<void> {
    if (one.how === "hand") this.#judge?.hand(one.registration ?? 0, one.at);
    else await this.#judge?.code(one.code ?? "", one.leaves, one.at);
  }

  #wire(): void {
    const code = this.#find<HTMLFormElement>(".door-form");
    const field = code.elements.namedItem("code") as HTMLInputElement;
    field.required = false; // it is emptied after each code, which is no mistake
    code.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      void this.#scan({ how: "typed", code: field.value });
      field.value = "";
      field.focus();
    });
    const search = this.#find<HTMLFormElement>(".door-search");
    const look = () => this.#search(new FormData(search).get("q") as string);
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      look();
    });
    search.addEventListener("input", look);
    this.#camera = new Camera(this.#find("video"), (text) => void this.#scan({ how: "code", code: text }));
    const button = this.#find<HTMLButtonElement>("[data-camera]");
    button.hidden = !navigator.mediaDevices;
    button.addEventListener("click", () => void this.#look(button));
  }

  async #look(button: HTMLButtonElement): Promise<void> {
    const box = this.#find<HTMLElement>(".door-camera");
    if (this.#camera.on) this.#camera.stop();
    else {
      box.hidden = false;
      await this.#camera.start().catch(() => this.#say(this.#phone.words.camera));
    }
    box.hidden = !this.#camera.on;
    button.setAttribute("aria-pressed", String(this.#camera.on));
  }

  async #scan(what: { how: Scan["how"]; code?: string; registration?: number; reason?: string }): Promise<void> {
    const at = Date.now();
    const leaves = new FormData(this.#find<HTMLFormElement>(".door-form")).get("leaves") === "yes" && what.how !== "hand";
    const judged = await this.#judged(what, leaves, at);
    const scan: Scan = { ...what, nonce: random(16), door: `${this.#phone.event}-${this.#phone.venue}`, at, leaves, said: judged.outcome };
    await this.#keeping.keep(scan);
    const answer = new Promise<Told>((resolve) => this.#answers.set(scan.nonce, resolve));
    this.#line.now();
    const told = await Promise.race([answer, new Promise<undefined>((resolve) => setTimeout(resolve, PROMPT))]);
    this.#answers.delete(scan.nonce);
    if (told) this.#show(told);
    else this.#show({ nonce: scan.nonce, outcome: judged.outcome, ...named(judged), ...(judged.since ? { since: judged.since } : {}) }, true);
    this.#count();
  }

  async #judged(what: { how: Scan["how"]; code?: string; registration?: number }, leaves: boolean, at: number): Promise<Judged> {
    if (!this.#judge) return { outcome: "unknown" };
    return what.how === "hand" ? this.#judge.hand(what.registration ?? 0, at) : this.#judge.code(what.code ?? "", leaves, at);
  }

  #told(told: Told, mine: Scan | undefined): void {
    const waits = this.#answers.get(told.nonce);
    if (waits) return waits(told);
    const { words, zone } = this.#phone;
    const kind = words.kinds[told.outcome];
    const before = mine ? (mine.said === "fresh" ? "yes" : words.kinds[mine.said]) : "yes";
    if (kind !== before) this.#say(said(words, zone, told, mine ? words.changed : words.overtaken), true);
  }

  #news(news: News[]): void {
    for (const { registration, inside, at, venue } of news) this.#judge?.standings.set(registration, { inside, at, venue });
    if (news.length) this.#count();
  }

  #state(there: boolean, waiting: number): void {
    const { words } = this.#phone;
    this.toggleAttribute("data-offline", !there);
    const line = this.#find<HTMLElement>("[data-line]");
    const names = this.#judge ? words.list.replace("%(count)s", String(this.#judge.byKey.size)).replace("%(time)s", this.#clock(this.#judge.list.made)) : "";
    const kept = waiting ? words.waiting.replace("%(count)s", String(waiting)) : "";
    const sentence = [there ? words.online : words.offline, kept, names].filter(Boolean).join(" ");
    line.hidden = false;
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  /** The list as it is now, or as it was kept; one with a wrong signature is not taken. */
  async #names(): Promise<void> {
    try {
      const answer = await fetch(this.dataset.list ?? "", { signal: AbortSignal.timeout(20_000) });
      if (answer.status === 404) return this.#gone();
      const { list, signature, key } = (await answer.json()) as { list: string; signature: string; key: string };
      if ((await isOurs(key, "cityplus door list 1:", new TextEncoder().encode(list), unhex(signature))) === false) return;
      const names = JSON.parse(list) as NameList;
      if (names.until < Date.now()) return this.#forget();
      const before = this.#judge;
      this.#judge = new Judge(names, key, this.#phone.venue);
      for (const [registration, one] of before?.standings ?? []) {
        const known = this.#judge.standings.get(registration);
        if (!known || known.at < one.at) this.#judge.standings.set(registration, one);
      }
    } catch {
      // No line, and nothing is kept yet: codes are kept, and the server judges them later.
    }
  }

  /** Puts page and files where the worker finds them: it was not there yet when they came. */
  async #warm(): Promise<void> {
    const cache = await caches.open(`cityplus-door:${location.pathname}`);
    const files = performance.getEntriesByType("resource").map((entry) => entry.name);
    const ours = new Set(files.filter((name) => name.startsWith(`${location.origin}/static/`)));
    for (const name of [location.pathname, this.dataset.list ?? "", ...ours]) {
      if (!(await cache.match(name))) await cache.add(name).catch(() => undefined);
    }
  }

  #gone(): void {
    this.#say(this.#phone.words.gone, true);
    this.#find<HTMLElement>(".door-form").hidden = true;
    this.#forget();
  }

  #forget(): void {
    this.#judge = undefined;
    void caches.delete(`cityplus-door:${location.pathname}`);
  }

  #search(typed: string): void {
    const rows: Row[] = this.#judge?.named(typed, FOUND) ?? [];
    const hand = (row: Row, reason: string) => void this.#scan({ how: "hand", registration: row[0], reason });
    const template = this.#find<HTMLTemplateElement>("template[data-hand]");
    this.#find(".door-found").replaceChildren(...found(this.#phone.words, rows, template, hand, typed, this.#judge));
  }

  #show(told: Told, local = false): void {
    const { words, zone } = this.#phone;
    const kind = told.outcome === "fresh" ? "yes" : (words.kinds[told.outcome] ?? "no");
    const box = this.#find<HTMLElement>(".door-verdict");
    box.dataset.kind = kind;
    box.dataset.outcome = told.outcome;
    const lines: [string, string][] = [
      ["door-head", words.heads[kind] ?? ""],
      ["door-name", told.name ?? ""],
      ["", told.organisation ?? ""],
      ["", said(words, zone, told)],
      ["quiet", local ? words.kept : ""],
    ];
    box.replaceChildren(...lines.filter(([, text]) => text).map(([css, text]) => paragraph(css, text)));
    navigator.vibrate?.(kind === "no" ? [80, 60, 80, 60, 200] : 60);
  }

  #say(sentence: string, alarm = false): void {
    const box = this.#find<HTMLElement>(".door-verdict");
    const one = paragraph(alarm ? "form-error" : "", sentence);
    if (alarm) one.setAttribute("role", "alert");
    box.append(one);
  }

  #count(): void {
    if (!this.#judge) return;
    const { inside, came } = this.#judge.counts();
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    this.#find("[data-inside]").textContent = numbers.format(inside);
    this.#find("[data-came]").textContent = numbers.format(came);
  }

  #clock(at: number): string {
    return new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: this.#phone.zone }).format(at);
  }

  #find<T extends Element>(selector: string): T {
    return this.querySelector<T>(selector)!;
  }
}

function named({ row }: Judged): { name?: string; organisation?: string } {
  return row ? { name: row[1], organisation: row[2] } : {};
}

function paragraph(css: string, text: string): HTMLElement {
  const one = document.createElement("p");
  if (css) one.className = css;
  const words = document.createElement("bdi");
  words.textContent = text;
  one.append(words);
  return one;
}

/** This phone, once for all doors; two pages of it are one device. */
function device(): string {
  const known = localStorage.getItem("door-device");
  if (known) return known;
  localStorage.setItem("door-device", random(16));
  return localStorage.getItem("door-device") ?? random(16);
}

const random = (bytes: number) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
