/**
 * When a hand on glass is a palm: three contacts, one wide contact, or one that is held; the keys Enter and Space held likewise, and a
 * press by a screen reader or a switch, which knows no holding.
 */
const CONTACTS = 3;
const WIDE = 90; // CSS pixels
export const HOLD = 600; // milliseconds

export interface Pressing {
  /** A palm. */
  palm(): void;
  /** Something touches the hand; the hold begins. */
  begun(): void;
  /** It was let go too early; a tap, not a hold. */
  left(): void;
}

export function watchFor(hand: HTMLElement, pressing: Pressing): void {
  const contacts = new Set<number>();
  let timer = 0;
  let done = false;
  let keyed = false;

  const begin = () => {
    if (timer) return;
    done = false;
    pressing.begun();
    timer = window.setTimeout(pressed, HOLD);
  };
  const pressed = () => {
    clearTimeout(timer);
    timer = 0;
    if (done) return;
    done = true;
    pressing.palm();
  };
  const leave = () => {
    clearTimeout(timer);
    if (timer && !done) pressing.left();
    timer = 0;
  };

  hand.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    hand.setPointerCapture(event.pointerId);
    contacts.add(event.pointerId);
    if (contacts.size === 1) begin();
    if (contacts.size >= CONTACTS || wide(event)) pressed();
  });
  hand.addEventListener("pointermove", (event) => {
    if (contacts.has(event.pointerId) && wide(event)) pressed();
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    hand.addEventListener(end, (event) => {
      contacts.delete(event.pointerId);
      if (!contacts.size) leave();
    });
  }
  hand.addEventListener("contextmenu", (event) => event.preventDefault()); // a long touch means the palm
  hand.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    keyed = true;
    if (!event.repeat) begin();
  });
  hand.addEventListener("keyup", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    leave();
    keyed = false;
  });
  hand.addEventListener("blur", () => {
    contacts.clear();
    leave();
  });
  hand.addEventListener("click", (event) => {
    if (event.detail === 0 && !keyed) pressed(); // no finger, no key: a screen reader or a switch
  });
}

const wide = ({ pointerType, width, height }: PointerEvent) => pointerType === "touch" && Math.max(width, height) > WIDE;
