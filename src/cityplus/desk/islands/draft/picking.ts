import type { Picked } from "../media-picker";

/** What is chosen in the library goes into the list of choices beside the button, and is saved as if it had been chosen there. */
export function pickIntoField(event: Event): void {
  const { id, title } = (event as CustomEvent<Picked>).detail;
  const row = (event.target as Element).closest(".field-medium-row, .field-media-row");
  const select = row?.querySelector<HTMLSelectElement>("select");
  if (!select) return;
  const value = String(id);
  if (![...select.options].some((option) => option.value === value)) select.add(new Option(title, value));
  select.value = value;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  select.dispatchEvent(new Event("change", { bubbles: true }));
}
