/**
 * A piece beside its version in another language. `<draft-editor>` saves what is typed; here its rows are brought up to date once
 * it is saved (their state, what the glossary says to them, how far the whole is), and what is asked of one row waits for the saving.
 * While a machine is on its way through the piece, its progress follows.
 */

import type { DraftEditor } from "./draft/draft-editor";

const SOON = 300;
const BEAT = 3000;
const PARTS = [".side-head", ".side-told", ".side-buttons"];

const editor = document.querySelector<DraftEditor>("draft-editor");
const waiting = new Set<string>();
let timer = 0;

editor?.addEventListener("draft-saved", (event) => {
  for (const path of (event as CustomEvent<{ paths: string[] }>).detail.paths) waiting.add(path);
  clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), SOON);
});

editor?.querySelector("form")?.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (!(submitter instanceof HTMLButtonElement) || !submitter.name || event.defaultPrevented) return;
  event.preventDefault();
  void editor.flush().then(() => {
    const form = event.target as HTMLFormElement;
    const asked = document.createElement("input");
    asked.type = "hidden";
    asked.name = submitter.name;
    asked.value = submitter.value;
    form.append(asked);
    form.submit();
  });
});

/** The rows that were saved, as the server would show them now; the fields themselves stay as they are. */
async function renew(): Promise<void> {
  const paths = [...waiting];
  waiting.clear();
  for (const path of paths) {
    const answer = await fetch(`?path=${encodeURIComponent(path)}`, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return; // the next saving tries again
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".side");
    const here = rowOf(path);
    if (!fresh || !here) continue;
    for (const part of PARTS) replace(here.querySelector(part), fresh.querySelector(part));
    replace(document.querySelector(".sides-count"), page.querySelector(".sides-count"));
  }
}

function rowOf(path: string): Element | null {
  return document.querySelector(`.field[data-path="${CSS.escape(path)}"]`)?.closest(".side") ?? null;
}

function replace(old: Element | null, fresh: Element | null): void {
  if (!old || !fresh || old.contains(document.activeElement)) return; // nothing is taken from under a finger
  old.replaceWith(document.importNode(fresh, true));
}

const errand = document.querySelector<HTMLElement>("[data-errand]");
if (errand) window.setTimeout(() => void follow(errand), BEAT);

/** How far the machine is. Once it has ended what it wrote is shown, unless somebody is writing here: then the page waits for them. */
async function follow(place: HTMLElement): Promise<void> {
  const answer = await fetch(place.dataset.errand ?? "", { headers: { Accept: "application/json" } }).catch(() => null);
  const told = answer?.ok ? ((await answer.json()) as { state: string; percent: number }) : null;
  const bar = place.querySelector("progress");
  if (told && bar) bar.value = told.percent;
  const writing = document.activeElement instanceof HTMLTextAreaElement;
  if (told && told.state !== "waiting" && !writing) {
    await editor?.flush();
    location.reload();
    return;
  }
  window.setTimeout(() => void follow(place), BEAT);
}
