/**
 * `<reader-time data-at="2026-11-25T14:00:00+01:00" data-zone="Europe/Amsterdam" data-words="{time} where you are">`: says the same
 * moment on the reader's own clock, when that is another one than the city's. Empty without JavaScript, which knows no zone.
 */
export class ReaderTime extends HTMLElement {
  connectedCallback(): void {
    const at = new Date(this.dataset.at ?? "");
    const zone = this.dataset.zone ?? "UTC";
    if (Number.isNaN(at.getTime()) || said(at, zone) === said(at)) return;
    this.textContent = `(${(this.dataset.words ?? "{time}").replace("{time}", said(at))})`;
  }
}

/** Day and time of day in a zone; without one, in that of this device. Digits are Western, as the server's. */
function said(at: Date, timeZone?: string): string {
  const form = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", ...(timeZone ? { timeZone } : {}) } as const;
  return new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, form).format(at);
}
