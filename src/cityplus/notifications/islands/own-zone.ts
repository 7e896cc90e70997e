/** `<own-zone>` around the field of a time zone: offers that of this device in one press, where it is another one. */
export class OwnZone extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!field || !button || !zone || field.value === zone) return;
    const name = button.querySelector("bdi");
    if (name) name.textContent = zone;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = zone;
      button.hidden = true;
      field.focus();
    });
  }
}
