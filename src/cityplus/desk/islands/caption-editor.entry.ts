/**
 * Captions as rows beside the film: play from a cue, set its times to where the film is, add, split, join, delete. The text area of
 * the form holds all of it, and is what is sent; without this element it is what one edits.
 */
import { Rows, type Deed } from "./caption-rows";
import { parse, write, type Captions, type Cue } from "./cues";

class CaptionEditor extends HTMLElement {
  private captions!: Captions;
  private rows!: Rows;
  private source!: HTMLTextAreaElement;
  private told!: HTMLElement;
  private video: HTMLVideoElement | null = null;
  private track: TextTrack | null = null;
  private stopAt = Infinity;

  connectedCallback(): void {
    const source = this.querySelector<HTMLTextAreaElement>("#vtt");
    const place = this.querySelector<HTMLElement>("[data-rows]");
    this.video = this.querySelector("video");
    if (!source || !place || this.source) return;
    this.source = source;
    this.told = this.querySelector("[data-told]")!;
    this.querySelector("[data-with-script]")?.toggleAttribute("hidden", !this.video);
    this.toggleAttribute("data-silent", !this.video);
    this.rows = new Rows(this.dataset, () => this.changed(), (...deed) => this.does(...deed));
    const ways = this.ways(place);
    place.append(this.rows.list);
    place.before(ways);
    if (this.video) this.beside(this.video);
    this.captions = parse(source.value);
    this.as(!this.querySelector("[role=alert]") && this.captions.whole && !document.querySelector(".form-error"));
    document.addEventListener("click", (event) => {
      const line = event.target instanceof HTMLElement ? event.target.dataset["line"] : undefined;
      if (line) this.find(Number(line));
    });
  }

  /** Two buttons: the rows, or the text. */
  private ways(place: HTMLElement): HTMLElement {
    const ways = document.createElement("p");
    ways.className = "caption-ways";
    for (const [name, asRows] of [["labelRows", true], ["labelSource", false]] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = this.dataset[name] ?? "";
      button.addEventListener("click", () => this.as(asRows));
      ways.append(button);
    }
    place.dataset["ways"] = "";
    return ways;
  }

  private as(rows: boolean): void {
    if (rows) {
      this.captions = parse(this.source.value);
      if (!this.captions.cues.length) this.add(0, 0);
      else this.rows.show(this.captions);
    }
    this.querySelector("[data-rows]")!.toggleAttribute("hidden", !rows);
    this.querySelector("[data-source]")!.toggleAttribute("hidden", rows);
    this.querySelectorAll(".caption-ways button").forEach((button, index) => {
      button.setAttribute("aria-pressed", String(rows === (index === 0)));
    });
    this.cued();
  }

  /** The film shows the captions that are edited, and no others. */
  private beside(video: HTMLVideoElement): void {
    for (const track of video.querySelectorAll("track")) track.remove();
    this.track = video.addTextTrack("captions", this.dataset["lang"] ?? "", this.dataset["lang"] ?? "");
    this.track.mode = "showing";
    video.addEventListener("timeupdate", () => {
      if (video.currentTime >= this.stopAt) {
        video.pause();
        this.stopAt = Infinity;
      }
    });
  }

  private changed(): void {
    this.source.value = write(this.captions);
    this.rows.check(this.captions.cues);
    this.cued();
  }

  private cued(): void {
    if (!this.track) return;
    for (const cue of [...(this.track.cues ?? [])]) this.track.removeCue(cue);
    for (const cue of this.captions.cues) {
      if (cue.end > cue.start) this.track.addCue(new VTTCue(cue.start, cue.end, cue.text));
    }
  }

  private does(deed: Deed, index: number, caret: number): void {
    const cue = this.captions.cues[index];
    if (!cue) return;
    const now = Math.round((this.video?.currentTime ?? 0) * 1000) / 1000;
    if (deed === "play") return this.play(cue);
    if (deed === "start-now") cue.start = now;
    if (deed === "end-now") cue.end = now;
    if (deed === "split") this.split(cue, index, caret, now);
    if (deed === "join") this.join(cue, index);
    if (deed === "add") return this.add(index + 1, cue.end);
    if (deed === "delete") this.takeAway(index);
    this.rows.show(this.captions);
    this.changed();
    const what = { "start-now": "[data-deed=start-now]", "end-now": "[data-deed=end-now]" }[deed as string] ?? "textarea";
    this.rows.focus(Math.min(index, this.captions.cues.length - 1), what);
  }

  private play(cue: Cue): void {
    if (!this.video) return;
    this.stopAt = cue.end > cue.start ? cue.end : Infinity;
    this.video.currentTime = cue.start;
    void this.video.play().catch(() => null);
  }

  private add(index: number, start: number): void {
    const next = this.captions.cues[index]?.start ?? Infinity;
    const length = Number(this.dataset["seconds"]) || Infinity;
    const end = Math.min(start + 3, next > start ? next : start + 3, length > start ? length : start + 3);
    this.captions.cues.splice(index, 0, { start, end, text: "", name: "", settings: "" });
    this.rows.show(this.captions);
    this.changed();
    this.rows.focus(index);
  }

  /** At the caret in the words; in time where the film stands, if that is within the cue, else by the share of the words. */
  private split(cue: Cue, index: number, caret: number, now: number): void {
    const at = caret > 0 && caret < cue.text.length ? caret : Math.ceil(cue.text.length / 2);
    const share = cue.start + ((cue.end - cue.start) * at) / Math.max(cue.text.length, 1);
    const when = now > cue.start && now < cue.end ? now : Math.round(share * 1000) / 1000;
    const rest: Cue = { ...cue, start: when, text: cue.text.slice(at).trim(), name: "" };
    Object.assign(cue, { end: when, text: cue.text.slice(0, at).trim() });
    this.captions.cues.splice(index + 1, 0, rest);
  }

  private join(cue: Cue, index: number): void {
    const [next] = this.captions.cues.splice(index + 1, 1);
    if (next) Object.assign(cue, { end: Math.max(cue.end, next.end), text: `${cue.text}\n${next.text}`.trim() });
  }

  private takeAway(index: number): void {
    this.captions.cues.splice(index, 1);
    this.told.textContent = this.dataset["labelDeleted"] ?? "";
  }

  /** Show a line of the text that something was said about. */
  private find(line: number): void {
    this.as(false);
    const lines = this.source.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.source.focus();
    this.source.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  }
}

customElements.define("caption-editor", CaptionEditor);
