/** Packed files by their first bytes, apart from what unpacks them. */

/** True when the bytes start as a gzip member does. */
export function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}
