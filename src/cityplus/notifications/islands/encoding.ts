/** Small things that the islands of notices share. */

/** base64url as bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The token of a form on this page, which every change needs. */
export const token = (): string =>
  document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
