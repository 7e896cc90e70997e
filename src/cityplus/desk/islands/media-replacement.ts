/** Another file for a medium, in pieces; without it the form sends it in one. */
import { Sending, token, type Told } from "../../media/islands/sending";

class MediaReplacement extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    const state = this.querySelector<HTMLElement>("[data-state]");
    if (!form || !input || !state) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const file = input.files?.[0];
      if (!file) return;
      if (file.size > Number(this.dataset["largest"])) {
        state.textContent = this.dataset["labelLarge"] ?? "";
        return;
      }
      form.querySelector("button")!.disabled = true;
      const show = (told: Told): void => this.show(told, state, form);
      const number = this.dataset["replaces"]!;
      void new Sending(file, this.dataset["endpoint"]!, token(), show, { replaces: number }).start();
    });
  }

  private show(told: Told, state: HTMLElement, form: HTMLFormElement): void {
    if (told.phase === "done") location.reload();
    const percent = Math.floor((100 * told.sent) / Math.max(told.total, 1));
    const words: Record<string, string | undefined> = {
      sending: `${this.dataset["labelSending"]}: ${percent} %`,
      again: this.dataset["labelAgain"],
      looking: this.dataset["labelLooking"],
      failed: told.problem || this.dataset["labelFailed"],
    };
    state.textContent = words[told.phase] ?? "";
    form.querySelector("button")!.disabled = told.phase !== "failed";
  }
}

customElements.define("media-replacement", MediaReplacement);
