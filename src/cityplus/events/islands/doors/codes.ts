/** Codes of tickets as the server reads them (`events/doors/codes.py`): scanned ones are signed, typed ones are their random part alone. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNED = 143;
const TYPED = 26;
const PAYLOAD = 25;

export interface Code {
  secret: Uint8Array<ArrayBuffer>;
  event?: number;
  signature?: Uint8Array<ArrayBuffer>;
  payload?: Uint8Array<ArrayBuffer>;
}

/** What was scanned or typed; nothing when it has not the shape of a code. */
export function readCode(text: string): Code | undefined {
  const plain = text.trim().toUpperCase().replace(/[\s.\u00a0-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (plain.startsWith("CP1") && plain.length === 3 + SIGNED) {
    const whole = bytesOf(plain.slice(3), PAYLOAD + 64);
    if (!whole || whole[0] !== 1) return undefined;
    const payload = whole.slice(0, PAYLOAD);
    const event = Number(new DataView(payload.buffer).getBigUint64(1));
    return { secret: payload.slice(9), event, signature: whole.slice(PAYLOAD), payload };
  }
  const secret = plain.length === TYPED ? bytesOf(plain, 16) : undefined;
  return secret ? { secret } : undefined;
}

function bytesOf(letters: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  let number = 0n;
  for (const letter of letters) {
    const place = LETTERS.indexOf(letter);
    if (place < 0) return undefined;
    number = number * 32n + BigInt(place);
  }
  if (number >> BigInt(8 * length)) return undefined;
  const found = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at--, number >>= 8n) found[at] = Number(number & 255n);
  return found;
}

/** What the list has of a code. */
export async function digestOf(secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", secret));
  return hex(sum.slice(0, 16));
}

/** Whether we have signed it; nothing where this browser does not know Ed25519. */
export async function isOurs(key: string, context: string, message: Uint8Array, signature: Uint8Array<ArrayBuffer>): Promise<boolean | undefined> {
  try {
    const known = await crypto.subtle.importKey("raw", unhex(key), { name: "Ed25519" }, false, ["verify"]);
    const before = new TextEncoder().encode(context);
    const whole = new Uint8Array(before.length + message.length);
    whole.set(before);
    whole.set(message, before.length);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, whole);
  } catch {
    return undefined;
  }
}

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function unhex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
