/** Ids of files that the server has not seen, by the rule the server has, so that one content has one address. */

/** Hexadecimal digits of an id. */
const DIGITS = 16;

/** Id of a file's content: the first digits of its SHA-256. The bytes may move as soon as this returns. */
export async function computeContentId(bytes: Uint8Array): Promise<string> {
  // Browsers keep `subtle` from pages that came over plain HTTP from another machine: there the id is this browser's own.
  const digest = globalThis.crypto?.subtle
    ? await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
    : hashWeakly(bytes);
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return digits.join('').slice(0, DIGITS);
}

/** 64 bits by two FNV-1a of different starts. */
function hashWeakly(bytes: Uint8Array): ArrayBuffer {
  const halves = new Uint32Array([0x811c9dc5, 0x01000193]);
  for (const byte of bytes) {
    halves[0] = Math.imul(halves[0]! ^ byte, 0x01000193);
    halves[1] = Math.imul(halves[1]! ^ byte, 0x01000193) + 0x9e3779b9;
  }
  return halves.buffer;
}
