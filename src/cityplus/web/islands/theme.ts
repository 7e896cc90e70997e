/** The appearance is changed in place; without this script the same buttons post a form and the page comes back. */
const YEAR = 365 * 24 * 3600;

export function keepTheme(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.header button[name="theme"]')) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      choose(button.value);
      const menu = button.closest("details");
      if (menu) menu.open = false;
      menu?.querySelector("summary")?.focus();
    });
  }
}

function choose(theme: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Max-Age=${YEAR}; Path=/; SameSite=Lax${secure}`;
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll<HTMLButtonElement>('.header button[name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
}
