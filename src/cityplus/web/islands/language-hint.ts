/**
 * A line at the head of the page in the visitor's own language, when the page is in another and we have theirs.
 * It is shown until it is followed or put away; both are remembered.
 */
const KEY = "language-hint";

/** By tag, as in the language menu: the sentence that leads there, and the word that puts the line away. */
const WORDS: Record<string, readonly [string, string]> = {
  en: ["Read this page in English", "No, thank you"],
  "zh-Hans": ["阅读本页简体中文版", "不用了"],
  ar: ["اقرأ هذه الصفحة بالعربية", "لا، شكرًا"],
  ja: ["このページを日本語で読む", "閉じる"],
  fr: ["Lire cette page en français", "Non merci"],
  bg: ["Прочетете страницата на български", "Не, благодаря"],
  nl: ["Lees deze pagina in het Nederlands", "Nee, dank u"],
};

export function suggestLanguage(): void {
  const tag = wanted(navigator.languages, document.documentElement.lang);
  const words = tag && WORDS[tag];
  const path = document.querySelector<HTMLAnchorElement>(`.menu-language a[hreflang="${tag}"]`)?.pathname;
  if (!words || !path || remembered()) return;
  document.querySelector(".skip")?.after(line(tag, words, path)); // the skip link stays the first thing
}

/** Our tag of the first language of theirs that we speak, unless the page is in it already. */
export function wanted(theirs: readonly string[], page: string): string | undefined {
  const ours = Object.keys(WORDS);
  for (const language of theirs) {
    const found = ours.find((tag) => tag.split("-")[0] === language.toLowerCase().split("-")[0]);
    if (found) return found === page ? undefined : found;
  }
  return undefined;
}

function line(tag: string, [sentence, away]: readonly [string, string], path: string): HTMLElement {
  const hint = document.createElement("aside");
  hint.className = "language-hint";
  hint.lang = tag;
  hint.dir = tag === "ar" ? "rtl" : "ltr";
  hint.setAttribute("aria-label", sentence);
  const link = document.createElement("a");
  link.href = path + location.search;
  link.hreflang = tag;
  link.textContent = sentence;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = away;
  link.addEventListener("click", remember);
  button.addEventListener("click", () => {
    remember();
    hint.remove();
  });
  hint.append(link, button);
  return hint;
}

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true; // a browser that keeps nothing would be asked on every page
  }
}

function remember(): void {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // nothing is kept, and nothing is lost
  }
}
