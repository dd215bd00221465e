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

/** True when the bytes start as a zip archive does; an empty one is told apart (`PK 5 6`). */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

const TAR_BLOCK = 512;
const TAR_SUM = 148;
const TAR_SUM_END = 156;

/**
 * True when the header of a file in a tar archive is at `at`: it has the sum of its bytes, in octal, its own field
 * counted as blanks.
 */
export function isTar(bytes: Uint8Array, at = 0): boolean {
  if (at + TAR_BLOCK > bytes.length || bytes[at] === 0) return false;
  let told = 0;
  let digits = 0;
  for (let i = TAR_SUM; i < TAR_SUM_END; i++) {
    const digit = bytes[at + i]! - 0x30;
    if (digit >= 0 && digit < 8) {
      told = told * 8 + digit;
      digits++;
    } else if (bytes[at + i] !== 0x20 && bytes[at + i] !== 0) return false;
  }
  if (digits === 0) return false;
  let sum = 0;
  for (let i = 0; i < TAR_BLOCK; i++) sum += i >= TAR_SUM && i < TAR_SUM_END ? 0x20 : bytes[at + i]!;
  return sum === told;
}

/** True for files that hold other files. */
export function isArchive(bytes: Uint8Array): boolean {
  return isZip(bytes) || isTar(bytes);
}
