/** Packed files by their first bytes, apart from what unpacks them. */

/** True when the bytes start as a gzip member does. */
export function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

/** True when the bytes start as a zstd frame does, or as one that is to be skipped. */
export function isZstd(bytes: Uint8Array, at = 0): boolean {
  if (bytes[at] === 0x28) return bytes[at + 1] === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
  const isSkippable = (bytes[at] ?? 0) >> 4 === 5;
  return isSkippable && bytes[at + 1] === 0x2a && bytes[at + 2] === 0x4d && bytes[at + 3] === 0x18;
}

/** True when the bytes are packed in a way that is taken off. */
export function isPacked(bytes: Uint8Array): boolean {
  return isGzip(bytes) || isZstd(bytes);
}
