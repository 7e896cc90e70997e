import { overlap } from "./boxes";

/**
 * The story of a route, one stop at a time: the sky (constellation, map and list), the text and the address bar keep in
 * step, whoever moves. The reader keeps the scroll; arrows, keys and links only bring a stop into view.
 *
 * Dispatches `story-stop` on itself with the number of the stop that has become the current one.
 */
export class RouteStory extends HTMLElement {
  private stops: HTMLElement[] = [];
  private current = 0; // 0: before the first stop
  private travelling = 0; // the stop that a scroll of ours is under way to
  private timer = 0;
  private readonly narrow = matchMedia("(width < 62.5rem)");

  connectedCallback(): void {
    this.stops = [...this.querySelectorAll<HTMLElement>(".stop")];
    if (!this.stops.length) return;
    this.classList.add("is-live");
    this.bar.hidden = false;
    this.show(0);
    this.follow();
    this.addEventListener("click", (event) => this.press(event));
    this.sky.addEventListener("focusout", (event) => {
      if (!this.sky.contains(event.relatedTarget as Node | null) && event.relatedTarget) this.open(false);
    });
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("scrollend", () => this.arrive());
    this.narrow.addEventListener("change", () => this.open(false));
    this.open(false);
  }

  /** Bring a stop into view and hand the keyboard to its heading. */
  go(number: number): void {
    const stop = this.stops[number - 1];
    if (!stop) return;
    this.open(false);
    this.travelling = number;
    this.timer = window.setTimeout(() => this.arrive(), 1200);
    this.show(number);
    stop.querySelector<HTMLElement>(".stop-title")?.focus({ preventScroll: true });
    this.querySelector(".story-bar [role=status]")!.textContent = this.count(stop);
    const near = Math.abs(stop.getBoundingClientRect().top) < 3 * innerHeight;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    stop.scrollIntoView({ behavior: near && !still ? "smooth" : "instant" });
  }

  private get sky(): HTMLElement {
    return this.querySelector(".story-sky")!;
  }

  private get bar(): HTMLElement {
    return this.querySelector(".story-bar")!;
  }

  /** The current stop is the last one that begins above a line a third down the screen. */
  private follow(): void {
    const passing = new IntersectionObserver(
      () => {
        const begun = this.stops.filter((stop) => stop.getBoundingClientRect().top <= innerHeight / 3).length;
        if (begun && !this.travelling) this.show(begun);
      },
      { rootMargin: "-33% 0% -66.9% 0%" },
    );
    for (const stop of this.stops) passing.observe(stop);
    const near = new IntersectionObserver(
      ([entry]) => {
        this.classList.toggle("is-here", entry!.isIntersecting);
        if (!entry!.isIntersecting) this.open(false);
      },
      { rootMargin: "-33% 0% 0% 0%" },
    );
    near.observe(this.querySelector(".story-stops")!);
  }

  private arrive(): void {
    clearTimeout(this.timer);
    this.travelling = 0;
  }

  private show(number: number): void {
    const stop = this.stops[Math.max(number, 1) - 1]!;
    this.bar.querySelector(".story-count")!.textContent = this.count(stop);
    this.bar.querySelector(".story-stop")!.textContent = this.list(Math.max(number, 1))?.textContent ?? "";
    const [back, on] = this.bar.querySelectorAll<HTMLButtonElement>(".story-step");
    back!.setAttribute("aria-disabled", String(number <= 1));
    on!.setAttribute("aria-disabled", String(number >= this.stops.length));
    if (number === this.current) return;
    this.current = number;
    for (const sign of this.sky.querySelectorAll<HTMLElement | SVGElement>("[data-stop]")) {
      const here = Number(sign.dataset["stop"]) === number;
      sign.classList.toggle("is-current", here);
      sign.classList.toggle("is-behind", Number(sign.dataset["stop"]) < number);
      if (here) sign.setAttribute("aria-current", "step");
      else sign.removeAttribute("aria-current");
    }
    this.uncover();
    this.reveal(number);
    this.sky.style.setProperty("--star", String(this.height(number)));
    history.replaceState(history.state, "", `#${stop.id}`);
    this.dispatchEvent(new CustomEvent<number>("story-stop", { detail: number }));
  }

  /** Names of other stars step back where the name of the current one stands. */
  private uncover(): void {
    const stars = [...this.sky.querySelectorAll("svg [data-stop]")];
    const current = stars[this.current - 1];
    if (!current) return;
    const boxes = (star: Element): DOMRect[] =>
      [...star.querySelectorAll(".chart-label")].map((name) => name.getBoundingClientRect());
    for (const star of stars) star.classList.remove("is-under");
    const own = boxes(current);
    for (const star of stars) {
      const under = boxes(star).some((box) => own.some((name) => overlap(box, name)));
      star.classList.toggle("is-under", under && star !== current);
    }
  }

  private count(stop: HTMLElement): string {
    const words = [...stop.querySelector(".stop-count")!.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return words.map((node) => node.textContent).join("").trim();
  }

  private list(number: number): HTMLElement | null {
    return this.querySelector(`.story-list [data-stop="${number}"]`);
  }

  /** How far down the drawing a stop's star is, 0 to 1. */
  private height(number: number): number {
    const disc = this.querySelector<SVGCircleElement>(`svg [data-stop="${number}"] circle`);
    return disc ? disc.cy.baseVal.value / disc.ownerSVGElement!.viewBox.baseVal.height : 0.5;
  }

  /** Scrolls the list, and nothing else, until its entry can be seen. */
  private reveal(number: number): void {
    const entry = this.list(number);
    const list = entry?.closest<HTMLElement>(".story-list");
    if (!entry || !list) return;
    const gap = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollBy({ top: gap - (list.clientHeight - entry.clientHeight) / 2 });
  }

  private press(event: MouseEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target as Element;
    const step = target.closest<HTMLElement>("[data-step]");
    const sign = target.closest<HTMLElement | SVGElement>(".story-sky [data-stop]");
    if (step) this.go(this.current + Number(step.dataset["step"]));
    else if (target.closest(".story-where")) this.where();
    else if (sign && !this.isStrip) this.go(Number(sign.dataset["stop"]));
    else if (this.isStrip && target.closest(".sky-stage")) this.open(true);
    else return;
    event.preventDefault();
  }

  /** On a phone the words between the arrows open and close the sky; on a desk they lead back to the stop. */
  private where(): void {
    if (this.narrow.matches) this.open(!this.sky.classList.contains("is-open"));
    else this.go(Math.max(1, this.current));
  }

  private get isStrip(): boolean {
    return this.narrow.matches && !this.sky.classList.contains("is-open");
  }

  private open(open: boolean): void {
    this.sky.classList.toggle("is-open", open && this.narrow.matches);
    const where = this.bar.querySelector(".story-where")!;
    if (this.narrow.matches) where.setAttribute("aria-expanded", String(open));
    else where.removeAttribute("aria-expanded");
    this.uncover();
    if (open) this.reveal(this.current);
  }

  /** Right and left, in the direction of the script. Screen readers keep arrow keys for themselves, and so may fields. */
  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") return this.open(false);
    const target = event.target as Element;
    if (target.closest("input, textarea, select, audio, video, .map-frame, .menu, [contenteditable]")) return;
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    const on = (event.key === "ArrowRight") !== (getComputedStyle(this).direction === "rtl");
    this.go(this.current + (on ? 1 : -1));
  }
}

customElements.define("route-story", RouteStory);
