/**
 * `<touch-screen>`: the screen on the stage, where the guests of honour press one after the other. It calls the next one who has not
 * pressed; a touch on a name calls another. After the last of them it is everybody's. `data-guest` is who is called (0: everybody).
 */
import { Line } from "../wall/line";
import { carryOn, type Standing, type WallEvent } from "../wall/standing";
import { newNonce, Outbox, type Told } from "./outbox";
import { watchFor } from "./pressing";

interface Touch extends Standing {
  tickets: Record<string, string>;
  ticket: string;
  refusals: Record<string, string>;
  says: Record<string, string>;
}

const THANKS = 2_600; // milliseconds that a lit hand stays before the next guest is called

export class TouchScreen extends HTMLElement {
  #touch!: Touch;
  #outbox!: Outbox;
  #called = 0;
  #sent = new Map<string, number>(); // whose palm a nonce is
  #timer = 0;
  #stuck = false;

  connectedCallback(): void {
    this.#touch = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}") as Touch;
    this.#outbox = new Outbox(
      `touch-${this.#touch.ceremony}`,
      (nonce, told) => this.#told(nonce, told),
      () => {
        this.#stuck = true;
        this.#show();
      },
    );
    const hand = this.querySelector<HTMLButtonElement>(".palm-hand")!;
    const plain = this.querySelector<HTMLButtonElement>(".palm-plain")!;
    hand.hidden = plain.hidden = false;
    watchFor(hand, {
      begun: () => hand.toggleAttribute("data-holding", true),
      left: () => {
        hand.removeAttribute("data-holding");
        if (this.#free) this.#speak(this.#touch.says.hold ?? "");
      },
      palm: () => {
        hand.removeAttribute("data-holding");
        this.#press();
      },
    });
    plain.addEventListener("click", () => this.#press());
    for (const button of this.#names) {
      button.hidden = false;
      button.addEventListener("click", () => this.#call(Number(button.dataset.guest)));
    }
    new Line<WallEvent>(this.#touch.stream, this.#touch.beat, { heard: (id, event) => this.#hear(id, event) });
    this.#next();
  }

  get #names(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>("[data-guest]")].filter((one) => one !== (this as HTMLElement));
  }

  get #free(): boolean {
    return !this.hasAttribute("data-lit") && !this.hasAttribute("data-sending");
  }

  /** Calls the first in the order of precedence who has not pressed. */
  #next(): void {
    const waiting = this.#names.find(({ dataset }) => dataset.guest !== "0" && !this.#pressed(Number(dataset.guest)));
    this.#call(Number(waiting?.dataset.guest ?? 0));
  }

  #pressed(guest: number): boolean {
    return guest in this.#touch.guests;
  }

  #call(guest: number): void {
    clearTimeout(this.#timer);
    this.#called = guest;
    this.#stuck = false;
    const name = this.#names.find(({ dataset }) => dataset.guest === String(guest))?.querySelector(".touch-name");
    this.querySelector(".touch-who")!.replaceChildren(...[...(name?.childNodes ?? [])].map((node) => node.cloneNode(true)));
    this.removeAttribute("data-lit");
    this.removeAttribute("data-sending");
    this.#show();
  }

  #press(): void {
    if (!this.#free) return;
    const { step, ticket, tickets } = this.#touch;
    if (step === "welcome") return this.#speak(this.#touch.says.welcome ?? "");
    const nonce = newNonce();
    this.#sent.set(nonce, this.#called);
    this.toggleAttribute("data-sending", true);
    navigator.vibrate?.(40);
    this.#outbox.send(this.#called ? tickets[this.#called]! : ticket, nonce);
    this.#show();
  }

  #told(nonce: string, { beat, refusal }: Told): void {
    const guest = this.#sent.get(nonce);
    if (guest === undefined || guest !== this.#called) return; // of the page before this one, or somebody else is called by now
    this.removeAttribute("data-sending");
    this.toggleAttribute("data-lit", Boolean(beat));
    if (beat && guest) this.#touch.guests[guest] ??= 0;
    this.#show();
    if (refusal) this.#speak(this.#touch.refusals[refusal] ?? refusal);
    if (beat) this.#timer = window.setTimeout(() => this.#next(), THANKS);
  }

  #hear(id: number, event: WallEvent): void {
    const changes = carryOn(this.#touch, id, event);
    if (changes.some(({ kind }) => kind === "begun")) this.#next();
    const elsewhere = this.#free && this.#called && this.#pressed(this.#called); // on their own phone, or by hand
    if (elsewhere) this.#next();
    this.#show();
  }

  #show(): void {
    const { step, rehearsal, says } = this.#touch;
    this.dataset.step = step;
    this.dataset.guest = String(this.#called);
    this.querySelector<HTMLElement>(".wall-rehearsal")!.hidden = !rehearsal;
    for (const button of this.#names) {
      const guest = Number(button.dataset.guest);
      button.toggleAttribute("data-lit", this.#pressed(guest));
      if (guest === this.#called) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const doing = this.hasAttribute("data-lit") ? "lit" : this.hasAttribute("data-sending") ? "sending" : step;
    this.#speak(says[doing === "sending" && this.#stuck ? "waiting" : doing] ?? "");
  }

  #speak(sentence: string): void {
    const place = this.querySelector(".palm-says")!;
    if (place.textContent !== sentence) place.textContent = sentence;
  }
}
