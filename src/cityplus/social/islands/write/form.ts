/**
 * `<write-form>` around the form of a post: languages as tabs, files that are sent at once, letters counted, and what is written kept
 * by itself as a draft. The form posts once, however often it is clicked.
 */
import { countLetters } from "./counting";
import { Files } from "./files";
import { Keeper } from "./keeping";
import { makeTabs } from "./tabs";

export class WriteForm extends HTMLElement {
  private sent = false;
  private keeper: Keeper | null = null;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.keeper) return;
    makeTabs(this, this.dataset["labelLanguages"] ?? "");
    countLetters(this);
    this.keeper = new Keeper(form, this.dataset);
    new Files(this, form, () => this.keeper?.soon());
    form.addEventListener("input", () => this.keeper?.soon());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.sent = false;
    });
    this.closest("section")?.querySelector<HTMLElement>(".write-troubles")?.focus();
  }

  private submit(event: SubmitEvent): void {
    if (event.defaultPrevented) return;
    if (this.sent) {
      event.preventDefault();
      return;
    }
    this.sent = true;
    this.keeper?.stop();
  }
}
