/** Rows of links that do not fit and are drawn sideways show first where one is. Without a script they begin at their beginning. */
const ROWS = ".tabs, .frame-nav ul";

export function showWhereOneIs(): void {
  for (const row of document.querySelectorAll<HTMLElement>(ROWS)) {
    const here = row.querySelector("[aria-current]");
    if (!here || row.scrollWidth <= row.clientWidth) continue;
    const [around, place] = [row.getBoundingClientRect(), here.getBoundingClientRect()];
    row.scrollBy({ left: place.left + place.width / 2 - around.left - around.width / 2, behavior: "instant" });
  }
}
