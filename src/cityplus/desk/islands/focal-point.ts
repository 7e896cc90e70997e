/**
 * A picture with a point on it: set by a click, by dragging, by arrow keys (with Shift, ten at a time), and by the two number
 * fields of the form, which hold the value and work without it.
 */
class FocalPoint extends HTMLElement {
  private point!: HTMLButtonElement;
  private readonly fields = ["focal_x", "focal_y"].map((id) => document.getElementById(id) as HTMLInputElement | null);

  connectedCallback(): void {
    const image = this.querySelector("img");
    const [x, y] = this.fields;
    if (!image || !x || !y || this.point) return;
    this.point = document.createElement("button");
    this.point.type = "button";
    this.point.className = "focal-mark";
    this.append(this.point);
    let dragged = false;
    this.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      dragged = true;
      this.setPointerCapture(event.pointerId);
      this.place(event, image);
      event.preventDefault();
      this.point.focus();
    });
    this.addEventListener("pointermove", (event) => dragged && this.place(event, image));
    this.addEventListener("pointerup", () => (dragged = false));
    this.addEventListener("pointercancel", () => (dragged = false));
    this.point.addEventListener("keydown", (event) => this.key(event));
    for (const field of [x, y]) field.addEventListener("input", () => this.show());
    this.show();
  }

  private place(event: PointerEvent, image: HTMLImageElement): void {
    const box = image.getBoundingClientRect();
    this.set((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
  }

  private key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const [x, y] = this.values;
    this.set(x + move[0], y + move[1]);
  }

  private get values(): [number, number] {
    const [x, y] = this.fields.map((field) => Number(field?.value ?? 50));
    return [x ?? 50, y ?? 50];
  }

  private set(x: number, y: number): void {
    [x, y].forEach((value, index) => {
      const field = this.fields[index];
      if (field) field.value = String(Math.round(Math.min(100, Math.max(0, value))));
    });
    this.show();
  }

  private show(): void {
    const [x, y] = this.values;
    this.point.style.setProperty("--fx", `${x}%`);
    this.point.style.setProperty("--fy", `${y}%`);
    this.point.setAttribute("aria-label", `${this.dataset["label"]}: ${x} %, ${y} %`);
    for (const crop of document.querySelectorAll<HTMLElement>("[data-crop]")) {
      crop.style.setProperty("--fx", `${x}%`);
      crop.style.setProperty("--fy", `${y}%`);
    }
  }
}

customElements.define("focal-point", FocalPoint);
