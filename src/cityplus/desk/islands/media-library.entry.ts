/** What the media library loads: uploads, and cards that follow what the server makes. */
import "./media-uploads";

const FOLLOW = 4000; // milliseconds
const MAKING = ".media-note:not(.media-note-bad)";

/** Put the cards as they are now in the place of those that stand here. */
async function refresh(): Promise<void> {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-media-grid]");
  const here = document.querySelector("[data-media-grid]");
  if (!fresh) return;
  const focused = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.getAttribute("href") : null;
  if (here) here.replaceWith(fresh);
  else document.querySelector(".desk-part .empty")?.replaceWith(fresh);
  if (focused) fresh.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

async function follow(): Promise<void> {
  if (!document.hidden && document.querySelector(MAKING)) await refresh();
  window.setTimeout(() => void follow(), FOLLOW);
}

document.addEventListener("media-arrived", () => void refresh());
window.setTimeout(() => void follow(), FOLLOW);
