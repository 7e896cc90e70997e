/**
 * `<local-clock data-zone="Asia/Shanghai">21:40</local-clock>`: the time of day in a city, kept right every minute.
 * The server wrote the first one by CLDR's short form; Intl writes the same.
 */
export class LocalClock extends HTMLElement {
  private timer = 0;
  private format: Intl.DateTimeFormat | undefined;
  private space = " ";

  connectedCallback(): void {
    this.space = /\s/.exec(this.textContent)?.[0] ?? " "; // CLDR has a narrow one before AM and PM, browsers a plain one
    this.format = shortTime(document.documentElement.lang, this.dataset.zone ?? "UTC");
    document.addEventListener("visibilitychange", this.show);
    this.show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.show);
    clearTimeout(this.timer);
  }

  private readonly show = (): void => {
    clearTimeout(this.timer);
    if (document.hidden || !this.format) return;
    const now = new Date();
    const text = this.format.format(now).replace(/\s/, this.space);
    if (this.textContent !== text) this.textContent = text;
    this.timer = window.setTimeout(this.show, 60_000 - (now.getTime() % 60_000) + 50);
  };
}

/** The short form of the time of day; nothing when this browser does not know the zone. Digits are Western, as the server's. */
export function shortTime(language: string, zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(`${language}-u-nu-latn`, { timeStyle: "short", timeZone: zone });
  } catch {
    return undefined;
  }
}
