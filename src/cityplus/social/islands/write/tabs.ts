/** The languages of a post as tabs: arrows go from one to the next, as in any list of tabs. With one language there are none. */
export function makeTabs(root: HTMLElement, label: string): void {
  const box = root.querySelector<HTMLElement>("[data-languages]");
  const panels = [...root.querySelectorAll<HTMLElement>("[data-tab]")];
  if (!box || panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "write-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  const tabs = panels.map((panel) => tabOf(panel));
  const open = (index: number, focus: boolean): void => {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
      panels[at]!.hidden = at !== index;
    });
    if (focus) tabs[index]!.focus();
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => open(index, false));
    tab.addEventListener("keydown", (event) => {
      const to = next(event.key, index, tabs.length, getComputedStyle(list).direction === "rtl");
      if (to === null) return;
      event.preventDefault();
      open(to, true);
    });
  });
  list.append(...tabs);
  box.insertBefore(list, panels[0]!);
  open(Math.max(0, panels.findIndex((panel) => panel.hasAttribute("data-open"))), false);
}

function tabOf(panel: HTMLElement): HTMLButtonElement {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.className = "write-tab";
  tab.id = `tab-${panel.dataset["tab"]}`;
  tab.setAttribute("role", "tab");
  tab.setAttribute("lang", panel.dataset["tab"] ?? "");
  tab.textContent = panel.dataset["name"] ?? "";
  panel.id = `panel-${panel.dataset["tab"]}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.setAttribute("aria-controls", panel.id);
  return tab;
}

/** Where a key leads from a tab; null for a key that leads nowhere. */
function next(key: string, at: number, count: number, rtl: boolean): number | null {
  const steps: Record<string, number> = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  return step === undefined ? null : (at + step + count) % count;
}
