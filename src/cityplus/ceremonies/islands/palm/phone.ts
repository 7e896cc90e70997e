/**
 * `<palm-press>`: the page on a phone. Without it the form of the page presses. `data-step` says how far the ceremony is, `data-lit`
 * that the palm of this device counts, `data-sending` that it is on its way.
 */
import { Line } from "../wall/line";
import { begin, palmsOf, take, wipe, type CountEvent, type Standing } from "../wall/standing";
import { keep, kept, nonceOf, Outbox, type Told } from "./outbox";
import { watchFor } from "./pressing";

interface Phone extends Standing {
  ticket: string;
  guest: number;
  mine: boolean;
  refusals: Record<string, string>;
  says: Record<string, string>;
}

export class PalmPress extends HTMLElement {
  #phone!: Phone;
  #outbox!: Outbox;
  #palms = 0;
  #stuck = false;
  readonly #numbers = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);

  connectedCallback(): void {
    this.#phone = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}") as Phone;
    this.#palms = palmsOf(this.#phone);
    const { ceremony, guest } = this.#phone;
    this.#outbox = new Outbox(
      `palms-${ceremony}-${guest}`,
      (nonce, told) => this.#told(nonce, told),
      () => {
        this.#stuck = true;
        this.#show();
      },
    );
    const hand = this.querySelector<HTMLButtonElement>(".palm-hand")!;
    hand.hidden = false;
    watchFor(hand, {
      begun: () => hand.toggleAttribute("data-holding", true),
      left: () => {
        hand.removeAttribute("data-holding");
        if (!this.#lit && !this.#sending) this.#say("hold");
      },
      palm: () => {
        hand.removeAttribute("data-holding");
        this.#press();
      },
    });
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#press();
    });
    new Line<CountEvent>(this.#phone.stream, this.#phone.beat, { heard: (_, event) => this.#hear(event) });
    this.#show();
  }

  /** Made once for this device and this run. */
  get #nonce(): string {
    return nonceOf(this.#name);
  }

  get #name(): string {
    const { ceremony, run, guest } = this.#phone;
    return `palm-${ceremony}-${run}-${guest}`;
  }

  get #lit(): boolean {
    return this.#phone.mine || kept(`${this.#name}-beat`) !== null;
  }

  get #sending(): boolean {
    return this.#phone.run > 0 && kept(this.#name) !== null && this.#outbox.has(this.#nonce);
  }

  #press(): void {
    if (this.#lit || this.#sending) return;
    if (this.#phone.step === "welcome") return this.#say("welcome");
    navigator.vibrate?.(40);
    this.#stuck = false;
    this.#outbox.send(this.#phone.ticket, this.#nonce);
    this.#show();
  }

  #told(nonce: string, { beat, refusal }: Told): void {
    if (beat && kept(this.#name) === nonce) {
      keep(`${this.#name}-beat`, String(beat));
      navigator.vibrate?.([60, 60, 120]);
    }
    this.#show();
    if (refusal) this.#speak(this.#phone.refusals[refusal] ?? refusal);
  }

  #hear(event: CountEvent): void {
    const phone = this.#phone;
    if (event.wiped) return this.#wiped(event.wiped);
    if (event.run < phone.run) return;
    if (event.run > phone.run) {
      begin(phone, event.run);
      phone.mine = false;
    }
    const before = phone.step;
    for (const step of event.steps) take(phone, step);
    phone.rehearsal = event.rehearsal && phone.step !== "welcome";
    this.#palms = event.palms;
    if (before !== phone.step && phone.step === "launched") navigator.vibrate?.([80, 80, 80, 80, 400]);
    this.#show();
  }

  /** A rehearsal was forgotten, and with it that this device has pressed. */
  #wiped(run: number): void {
    if (!wipe(this.#phone, run).length) return;
    this.#phone.mine = false;
    this.#palms = 0;
    this.#show();
  }

  #show(): void {
    const { step, rehearsal } = this.#phone;
    const lit = this.#lit;
    this.dataset.step = step;
    this.toggleAttribute("data-lit", lit);
    this.toggleAttribute("data-sending", this.#sending);
    this.#part(".palm-rehearsal").hidden = !rehearsal;
    this.#part(".palm-live").hidden = step !== "launched" || rehearsal;
    this.#part(".palm-palms").textContent = this.#numbers.format(this.#palms);
    const over = step === "launched" || step === "ended";
    const plain = this.querySelector<HTMLElement>(".palm-plain");
    if (plain) plain.hidden = lit || over;
    this.#part(".palm-hand").toggleAttribute("aria-disabled", lit || over);
    if (this.#sending) this.#say(this.#stuck ? "waiting" : "sending");
    else this.#say(lit && (step === "open" || step === "held") ? "lit" : step);
  }

  #say(what: string): void {
    this.#speak(this.#phone.says[what] ?? "");
  }

  #speak(sentence: string): void {
    const place = this.#part(".palm-says");
    if (place.textContent !== sentence) place.textContent = sentence;
  }

  #part(selector: string): HTMLElement {
    return this.querySelector<HTMLElement>(selector)!;
  }
}
