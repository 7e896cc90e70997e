/** The map beside the list: opened by a button, and only then loaded; below it a bar that says what a tap does. */
import { type Place, thinned, written } from "./model";
import type { Shown, StopsMap } from "./map";

const MOST_POINTS = 2000; // of a drawn way, as `drafts.leaves.Track` takes them

interface Tells {
  stops(): Shown[];
  moved(key: string, at: Place, quiet: boolean): void;
  added(at: Place): void;
  pressed(key: string): void;
  drawn(key: string, track: Place[]): void;
  say(sentence: string): void;
}

type Task =
  | { kind: "look" }
  | { kind: "pin"; at: Place }
  | { kind: "place"; key: string; name: string }
  | { kind: "draw"; key: string; name: string; from: Place; to: Place; points: Place[] };

export class Panel {
  private map: Promise<StopsMap | undefined> | undefined;
  private task: Task = { kind: "look" };
  private chosen = "";
  private readonly frame = element("div", "map-frame");
  private readonly bar = element("div", "map-bar");
  private readonly button: HTMLButtonElement;

  constructor(
    private readonly element: HTMLElement,
    private readonly island: { centre: Place; words: Record<string, string> },
    private readonly mayWrite: boolean,
    private readonly tells: Tells,
  ) {
    this.button = element.querySelector<HTMLButtonElement>(".map-switch")!;
    this.bar.role = "group";
    this.bar.ariaLabel = island.words["bar"]!;
    element.hidden = false;
    this.button.addEventListener("click", () => void this.turn(this.button.getAttribute("aria-pressed") !== "true"));
    this.bar.addEventListener("keydown", (event) => event.key === "Escape" && this.look());
  }

  /** Draw the stops as they are now. */
  show(): void {
    void this.map?.then((map) => map?.show(this.tells.stops()));
  }

  choose(key: string): void {
    this.chosen = key;
    void this.map?.then((map) => map?.choose(key));
  }

  /** The next tap is the place of this stop. */
  place(key: string, name: string): void {
    this.begin({ kind: "place", key, name });
  }

  /** Taps are points of the way to this stop, after those that there are. */
  draw(key: string, name: string, from: Place, track: readonly Place[], to: Place): void {
    this.begin({ kind: "draw", key, name, from, to, points: [...track] });
  }

  /** The middle of the map, which is opened first when it is not. */
  async middle(): Promise<Place | undefined> {
    if (this.button.getAttribute("aria-pressed") === "true") return (await this.map)?.middle();
    await this.turn(true);
    this.tells.say(this.island.words["opened"]!);
    return undefined;
  }

  private async turn(open: boolean): Promise<void> {
    this.button.setAttribute("aria-pressed", String(open));
    this.element.classList.toggle("is-open", open);
    if (!open) return this.look();
    if (!this.map) {
      this.button.before(this.frame, this.bar);
      this.map = this.load();
    }
    this.fill();
    (await this.map)?.show(this.tells.stops());
  }

  private async load(): Promise<StopsMap | undefined> {
    try {
      const { openStopsMap } = await import("./map");
      const { centre, words } = this.island;
      return await openStopsMap(this.frame, this.element.dataset, { centre, words, stops: this.tells.stops(), mayWrite: this.mayWrite }, {
        moved: (key, at, quiet) => this.tells.moved(key, at, quiet),
        pressed: (key) => this.press(key),
        tapped: (at) => this.tap(at),
      });
    } catch (reason) {
      console.warn(reason);
      const sentence = element("p", "map-failed", this.element.dataset["labelFailed"]);
      sentence.role = "status";
      this.frame.replaceChildren(sentence);
      return undefined;
    }
  }

  private begin(task: Task): void {
    this.task = task;
    void this.turn(true);
    this.element.scrollIntoView({ block: "nearest" });
    this.bar.querySelector("button")?.focus({ preventScroll: true });
  }

  private look(): void {
    this.task = { kind: "look" };
    this.fill();
  }

  private press(key: string): void {
    this.chosen = key;
    this.tells.pressed(key);
    if (this.task.kind === "pin") this.fill();
  }

  private tap(at: Place): void {
    if (!this.mayWrite) return;
    if (this.task.kind === "draw") {
      this.task.points.push(at);
    } else if (this.task.kind === "place") {
      const { key } = this.task;
      this.look();
      this.tells.moved(key, at, false);
      return;
    } else this.task = { kind: "pin", at };
    this.fill();
  }

  private finish(): void {
    if (this.task.kind !== "draw") return;
    const { key, points } = this.task;
    this.look();
    this.tells.drawn(key, thinned(points, MOST_POINTS));
  }

  /** The bar and the sketch on the map, as the task in hand has them. */
  private fill(): void {
    const { task } = this;
    const words = this.island.words;
    const sketch = task.kind === "draw" ? [task.from, ...task.points] : [];
    void this.map?.then((map) => map?.sketch(sketch, task.kind === "draw" ? task.points : [], task.kind === "pin" ? task.at : null));
    const focus = this.bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["does"] : undefined;
    const parts: [string, string, (() => void)?][] = [];
    if (!this.mayWrite) parts.push(["", words["bar_still"]!]);
    else if (task.kind === "look") parts.push(["", words["bar_look"]!]);
    else if (task.kind === "place") {
      parts.push(["", words["bar_place"]!.replace("{name}", task.name)], ["here", words["middle"]!, () => this.tapMiddle()]);
    } else if (task.kind === "pin") parts.push(...this.pinned(task.at));
    else parts.push(...this.drawing(task));
    if (task.kind !== "look") parts.push(["leave", words["leave"]!, () => this.look()]);
    this.bar.replaceChildren(...parts.map(([does, text, act]) => (act ? button(does, text, act) : element("p", "", text))));
    if (focus) (this.bar.querySelector<HTMLElement>(`[data-does="${focus}"]`) ?? this.bar.querySelector("button"))?.focus();
  }

  private pinned(at: Place): [string, string, (() => void)?][] {
    const words = this.island.words;
    const add = (): void => {
      this.look();
      this.tells.added(at);
    };
    const chosen = this.tells.stops().find((stop) => stop.key === this.chosen);
    const move = (): void => {
      this.look();
      this.tells.moved(this.chosen, at, false);
    };
    const parts: [string, string, (() => void)?][] = [["", written(at)], ["add", words["add_here"]!, add]];
    if (chosen) parts.push(["move", words["move_here"]!.replace("{name}", chosen.name), move]);
    return parts;
  }

  private drawing(task: Extract<Task, { kind: "draw" }>): [string, string, (() => void)?][] {
    const words = this.island.words;
    const change = (points: Place[]) => (): void => {
      task.points = points;
      this.fill();
    };
    const said = words["bar_draw"]!.replace("{name}", task.name).replace("{count}", String(task.points.length));
    return [
      ["", said],
      ["here", words["middle"]!, () => this.tapMiddle()],
      ["undo", words["undo_point"]!, change(task.points.slice(0, -1))],
      ["clear", words["clear_points"]!, change([])],
      ["finish", words["finish"]!, () => this.finish()],
    ];
  }

  /** What a tap at the middle would do: for who moves the map by keys. */
  private tapMiddle(): void {
    void this.map?.then((map) => map && this.tap(map.middle()));
  }
}

function element(name: string, css: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (css) made.className = css;
  made.textContent = text;
  return made;
}

function button(does: string, text: string, act: () => void): HTMLElement {
  const made = element("button", "button", text) as HTMLButtonElement;
  made.type = "button";
  made.dataset["does"] = does;
  made.addEventListener("click", act);
  return made;
}
