/**
 * `<passkey-form data-from="address">` or `<passkey-form data-options="id of a JSON script">` around a form with a field
 * `credential`: pressing its button asks the device for a passkey and posts its answer. With `data-make` it makes a new one.
 *
 * Without this script the button is disabled and `[data-say="unsupported"]` says why; `[data-say="failed"]` is shown when the
 * device did not answer, which it does not explain, so that pages learn nothing of who is there.
 */
import { fromJSON, toJSON, type CreationJSON, type RequestJSON } from "./passkey-json";

interface Options {
  request_options?: { publicKey: RequestJSON };
  publicKey?: CreationJSON;
}

export class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !("PublicKeyCredential" in window)) return;
    for (const button of form.querySelectorAll("button")) button.disabled = false;
    this.say("unsupported", false);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask(form);
    });
  }

  private async ask(form: HTMLFormElement): Promise<void> {
    this.say("failed", false);
    this.setAttribute("aria-busy", "true");
    try {
      const credential = await this.credential(await this.options());
      const field = form.elements.namedItem("credential") as HTMLInputElement;
      field.value = JSON.stringify(toJSON(credential));
      form.submit();
    } catch {
      this.say("failed", true);
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  private async options(): Promise<Options> {
    const { from, options } = this.dataset;
    if (!from) return JSON.parse(document.getElementById(options ?? "")?.textContent ?? "{}") as Options;
    const answer = await fetch(from, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Options;
  }

  private async credential(options: Options): Promise<PublicKeyCredential> {
    const made = "make" in this.dataset && options.publicKey;
    const asked = options.request_options?.publicKey;
    const found = made
      ? await navigator.credentials.create({ publicKey: fromJSON(made) })
      : asked && (await navigator.credentials.get({ publicKey: fromJSON(asked) }));
    if (!found) throw new Error("no passkey");
    return found as PublicKeyCredential;
  }

  private say(what: string, shown: boolean): void {
    const words = this.querySelector<HTMLElement>(`[data-say="${what}"]`);
    if (words) words.hidden = !shown;
  }
}
