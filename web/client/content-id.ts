/** Ids of files that the server has not seen, by the rule the server has, so that one content has one address. */

/** Hexadecimal digits of an id. */
const DIGITS = 16;

/** Id of a file's content: the first digits of its SHA-256. */
export async function computeContentId(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  // Browsers keep `subtle` from pages that came over plain HTTP from another machine: there the id is this browser's own.
  const digest = globalThis.crypto?.subtle
    ? await crypto.subtle.digest('SHA-256', bytes)
    : hashWeakly(new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest).subarray(0, DIGITS / 2), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
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
