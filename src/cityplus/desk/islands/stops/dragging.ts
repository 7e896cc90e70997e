/** Moving rows of a list by their grips, with a pointer; the buttons of each row do the same by keyboard. */

/** Listens on the document, for a row that changes its place loses the pointer that it had captured. `moved` is called with a row and the place, counted from 1, at which it was let go; an escape puts it back. */
export function dragRows(list: HTMLElement, moved: (row: HTMLElement, place: number) => void): void {
  list.addEventListener("pointerdown", (down) => {
    const grip = down.target instanceof Element ? down.target.closest<HTMLElement>("[data-grip]") : null;
    const row = grip?.closest("li");
    if (!grip || !row || down.button !== 0) return;
    down.preventDefault();
    const rows = [...list.children] as HTMLElement[];
    const end = new AbortController();
    const stop = (): void => {
      end.abort();
      row.classList.remove("is-dragged");
    };
    row.classList.add("is-dragged");
    document.addEventListener("pointermove", (event) => pass(list, row, event.clientY), { signal: end.signal });
    document.addEventListener(
      "pointerup",
      () => {
        stop();
        moved(row, [...list.children].indexOf(row) + 1);
      },
      { signal: end.signal },
    );
    const back = (): void => {
      stop();
      list.append(...rows);
    };
    document.addEventListener("pointercancel", back, { signal: end.signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && back(), { signal: end.signal });
  });
}

/** Put a row where the pointer is: before the first other row whose middle lies below it. */
function pass(list: HTMLElement, row: HTMLElement, y: number): void {
  const others = ([...list.children] as HTMLElement[]).filter((other) => other !== row);
  const next = others.find((other) => {
    const box = other.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (row.nextElementSibling !== (next ?? null)) list.insertBefore(row, next ?? null);
}
