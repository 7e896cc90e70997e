/**
 * `<live-posts data-stream="/live/posts/" data-of="*" data-one="…" data-many="{n} …" data-newest>` around a timeline: counts what is
 * posted while the page is looked at, and brings it at a click. Nothing moves unasked.
 *
 * `data-of` is whose posts stand in this timeline: `*` for everybody's, the number of an actor, or the address of a list of those
 * whom its reader follows. `data-language` counts those of one language alone. Without `data-newest` the page shows older posts,
 * and says nothing.
 */
export class LivePosts extends HTMLElement {
  private source: EventSource | undefined;
  private followed: Promise<(actor: number) => boolean> | undefined;
  private count = 0;
  /** Where the button comes: a region that tells a screen reader that it came. */
  private readonly offer = document.createElement("div");

  connectedCallback(): void {
    if (this.dataset.newest === undefined || !this.dataset.stream) return;
    this.offer.className = "live-offer";
    this.offer.setAttribute("role", "status");
    this.prepend(this.offer);
    document.addEventListener("visibilitychange", this.watch);
    this.watch();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.watch);
    this.close();
  }

  private readonly watch = (): void => {
    if (document.hidden) {
      this.close();
      return;
    }
    if (this.source || !this.dataset.stream) return;
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener("message", (event: MessageEvent<string>) => void this.hear(event.data));
  };

  private close(): void {
    this.source?.close();
    this.source = undefined;
  }

  private async hear(data: string): Promise<void> {
    const { actor, language } = JSON.parse(data) as { actor: number; language: string };
    if (this.dataset.language && this.dataset.language !== language) return;
    this.followed ??= this.whose();
    const mine = await this.followed;
    if (!mine(actor)) return;
    this.count += 1;
    this.show();
  }

  /** Whether the posts of an actor stand in this timeline. */
  private async whose(): Promise<(actor: number) => boolean> {
    const of = this.dataset.of ?? "*";
    if (of === "*") return () => true;
    if (/^\d+$/.test(of)) return (actor) => actor === Number(of);
    const response = await fetch(of, { headers: { Accept: "application/json" } });
    const { actors } = response.ok ? ((await response.json()) as { actors: number[] }) : { actors: [] };
    const them = new Set(actors);
    return (actor) => them.has(actor);
  }

  private show(): void {
    let button = this.offer.querySelector("button");
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "button button-main";
      button.addEventListener("click", () => void this.bring());
      this.offer.append(button);
    }
    const words = this.count === 1 ? this.dataset.one : this.dataset.many?.replace("{n}", String(this.count));
    button.textContent = words ?? "";
  }

  private async bring(): Promise<void> {
    const button = this.offer.querySelector("button");
    if (button) button.disabled = true;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("#timeline");
      const list = this.querySelector("#timeline");
      if (!response.ok || !fresh || !list) throw new Error(`no timeline in the answer ${response.status}`);
      this.put(fresh, list);
      this.querySelector(".empty")?.remove();
      this.count = 0;
      this.offer.replaceChildren();
    } catch {
      if (button) button.disabled = false; // the line is down: the button stays and can be pressed again
    }
  }

  /** What is not there yet goes to the top; where it does not meet what is there, it takes its place, so that nothing is missing between. */
  private put(fresh: Element, list: Element): void {
    const there = new Set([...list.children].map((line) => (line as HTMLElement).dataset.entry));
    const lines = [...fresh.children] as HTMLElement[];
    const added = lines.filter((line) => !there.has(line.dataset.entry));
    if (added.length === lines.length) list.replaceChildren(...added);
    else list.prepend(...added);
    for (const line of added) line.classList.add("timeline-fresh");
    const first = added[0];
    if (!first) return;
    first.tabIndex = -1;
    first.focus();
  }
}
