/**
 * `<local-moment data-zone="Asia/Shanghai" data-label="{time} for you"><time datetime="…">25 Nov 2026, 14:32</time></local-moment>`:
 * the moment as the clocks of a city show it, which the server wrote. Where the reader's own clock shows another time, that one is
 * added.
 */
export class LocalMoment extends HTMLElement {
  connectedCallback(): void {
    const moment = new Date(this.querySelector("time")?.dateTime ?? "");
    const zone = this.dataset.zone ?? "UTC";
    if (Number.isNaN(moment.getTime()) || this.querySelector(".moment-here")) return;
    const here = yours(document.documentElement.lang, moment, zone);
    if (!here) return;
    const note = document.createElement("span");
    note.className = "moment-here";
    note.textContent = ` · ${(this.dataset.label ?? "{time}").replace("{time}", here)}`;
    this.append(note);
  }
}

/** The time of day where the reader is, with the day where that is another one; nothing where it is the same as in the zone. */
export function yours(language: string, moment: Date, zone: string, here?: string): string {
  const words = (options: Intl.DateTimeFormatOptions, timeZone: string | undefined): string =>
    new Intl.DateTimeFormat(`${language}-u-nu-latn`, timeZone ? { ...options, timeZone } : options).format(moment);
  try {
    const whole: Intl.DateTimeFormatOptions = { dateStyle: "short", timeStyle: "short" };
    if (words(whole, here) === words(whole, zone)) return "";
    const sameDay = words({ dateStyle: "short" }, here) === words({ dateStyle: "short" }, zone);
    return words(sameDay ? { timeStyle: "short" } : { weekday: "short", hour: "numeric", minute: "2-digit" }, here);
  } catch {
    return ""; // this browser does not know the zone
  }
}
