/** Menus (`details.menu`) close by Escape, by a click beside them and when the focus leaves; one at a time is open. */
export function keepMenusTidy(): void {
  document.addEventListener("click", (event) => closeExcept(event.target));
  document.addEventListener("focusin", (event) => closeExcept(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    }
  });
}

function closeExcept(target: EventTarget | null): void {
  for (const menu of open()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
}

function open(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
}
