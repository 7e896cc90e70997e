/** A sound with one large button and a line to seek on; without it the browser's own controls stand there. */
class SoundPlayer extends HTMLElement {
  private audio!: HTMLAudioElement;
  private button!: HTMLButtonElement;
  private line!: HTMLInputElement;
  private clock!: HTMLSpanElement;

  connectedCallback(): void {
    const audio = this.querySelector("audio");
    if (!audio || this.button) return;
    this.audio = audio;
    this.button = make("button", "sound-button");
    this.button.type = "button";
    this.line = make("input", "sound-line");
    Object.assign(this.line, { type: "range", min: "0", max: "1000", value: "0" });
    this.line.setAttribute("aria-label", `${this.dataset["labelSeek"]}: ${audio.ariaLabel}`);
    this.clock = make("span", "sound-clock");
    this.clock.dir = "ltr";
    audio.controls = false;
    audio.before(this.button, this.line, this.clock);

    // A pause that comes before the sound has begun breaks the promise of play(); that is no trouble.
    this.button.addEventListener("click", () => (audio.paused ? void audio.play().catch(() => null) : audio.pause()));
    this.line.addEventListener("input", () => this.seek());
    for (const event of ["play", "pause", "ended", "timeupdate", "durationchange"]) {
      audio.addEventListener(event, () => this.show());
    }
    this.show();
  }

  /** What the file says once it is here; before that, what the page says. */
  private get seconds(): number {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : Number(this.dataset["seconds"] ?? 0);
  }

  private seek(): void {
    this.audio.currentTime = (Number(this.line.value) / 1000) * this.seconds;
  }

  private show(): void {
    const { paused, currentTime, ariaLabel } = this.audio;
    const share = this.seconds ? currentTime / this.seconds : 0;
    const time = `${minutes(currentTime)} / ${minutes(this.seconds)}`;
    this.toggleAttribute("playing", !paused);
    this.button.setAttribute("aria-label", `${paused ? this.dataset["labelPlay"] : this.dataset["labelPause"]}: ${ariaLabel}`);
    this.line.value = String(Math.round(share * 1000));
    this.line.setAttribute("aria-valuetext", time);
    this.style.setProperty("--played", `${share * 100}%`);
    this.clock.textContent = time;
  }
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, css: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = css;
  return element;
}

const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** One voice at a time: what begins to play silences what was playing. */
document.addEventListener(
  "play",
  (event) => {
    for (const player of document.querySelectorAll<HTMLMediaElement>("audio, video")) {
      if (player !== event.target) player.pause();
    }
  },
  { capture: true }, // the event does not bubble
);

customElements.define("sound-player", SoundPlayer);
