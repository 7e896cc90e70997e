/**
 * `<own-time datetime="2026-11-25T14:00Z">…</own-time>`: a moment on the reader's own clock, beside the city's. With
 * `data-of="id" data-zone="Europe/Amsterdam"` it follows a `datetime-local` field that is read on the clocks of that zone.
 */
export class OwnTime extends HTMLElement {
  connectedCallback(): void {
    const field = this.dataset.of ? document.getElementById(this.dataset.of) : null;
    if (!(field instanceof HTMLInputElement)) {
      this.show(new Date(this.getAttribute("datetime") ?? ""));
      return;
    }
    const follow = (): void => this.show(momentOf(field.value, this.dataset.zone ?? "UTC"));
    field.addEventListener("input", follow);
    follow();
  }

  private show(moment: Date): void {
    if (Number.isNaN(moment.getTime())) return;
    const format = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, {
      dateStyle: "long",
      timeStyle: "short",
    });
    this.textContent = (this.dataset.label ?? "{time}").replace("{time}", format.format(moment));
  }
}

/** The moment at which the clocks of a zone show this; of two such moments the earlier. */
export function momentOf(local: string, zone: string): Date {
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime())) return asUtc;
  let guess = asUtc.getTime();
  for (let i = 0; i < 2; i += 1) guess = asUtc.getTime() - ahead(guess, zone);
  return new Date(guess);
}

function ahead(moment: number, zone: string): number {
  const there = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return new Date(`${there.format(moment).replace(" ", "T")}Z`).getTime() - Math.floor(moment / 1000) * 1000;
}
