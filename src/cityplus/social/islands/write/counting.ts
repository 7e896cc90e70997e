/** Under a text: how many characters are left, once there are few. */
const FEW = 500;

export function countLetters(root: HTMLElement): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-most]")) {
    const told = area.parentElement?.querySelector<HTMLElement>("[data-left]");
    if (!told) continue;
    const count = (): void => {
      const left = Number(area.dataset["most"]) - [...area.value].length;
      const words = left < 0 ? root.dataset["labelOver"] : root.dataset["labelLeft"];
      told.textContent = left > FEW ? "" : (words ?? "{n}").replace("{n}", String(Math.abs(left)));
      told.classList.toggle("write-over", left < 0);
    };
    area.addEventListener("input", count);
    count();
  }
}
