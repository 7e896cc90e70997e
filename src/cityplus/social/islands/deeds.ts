/**
 * Buttons of the form `#act`, and of forms with `data-deed` (favourite, boost, follow…) without a new page: a button in an element with `data-part="post"` is sent with
 * `X-Part: post`, and the answer takes the place of what stands in that element. What is answered with something else than the part,
 * such as a page to sign in on, is gone to.
 */
export function sendDeeds(root: Document): void {
  root.addEventListener("submit", (event) => {
    const { submitter: button, target: form } = event;
    const part = button?.closest<HTMLElement>("[data-part]");
    if (!(form instanceof HTMLFormElement) || !form.matches("#act, [data-deed]")) return;
    if (!(button instanceof HTMLButtonElement) || !part) return;
    event.preventDefault();
    void send(form, button, part);
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement, part: HTMLElement): Promise<void> {
  const said = document.querySelector<HTMLElement>("#act-said");
  if (part.ariaBusy === "true") return; // a second click on its way to the first
  part.ariaBusy = "true";
  try {
    const response = await fetch(button.formAction, {
      method: "POST",
      body: new FormData(form, button),
      headers: { "X-Part": part.dataset.part ?? "" },
      redirect: "manual",
    });
    if (response.type === "opaqueredirect") {
      location.reload(); // somebody who is signed in no longer: the page says so
      return;
    }
    const text = await response.text();
    if (response.status === 403 && said) said.textContent = text.startsWith("<") ? (said.dataset.failed ?? "") : text;
    else if (!response.ok) throw new Error(String(response.status));
    else put(part, text, button.name === "on" ? button.formAction : "");
  } catch {
    if (said) said.textContent = said.dataset.failed ?? "";
  } finally {
    part.ariaBusy = null;
  }
}

/** Put the new part in the place of the old one; the focus stays on the same button. */
function put(part: HTMLElement, html: string, action: string): void {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  if (!body.childElementCount) {
    part.remove();
    return;
  }
  part.replaceChildren(...body.childNodes);
  const buttons = [...part.querySelectorAll<HTMLButtonElement>("button[formaction]")];
  buttons.find((one) => one.formAction === action)?.focus();
}
