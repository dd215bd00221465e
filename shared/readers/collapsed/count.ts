/** The count at the end of a line of collapsed stacks. */

const MAX_DIGITS = 15;
const MAX_LENGTH = 40;

/** The number at `start` .. `end`, whole or not; NaN for anything else. Below 0 in differences of two profiles. */
export function parseCount(bytes: Uint8Array, start: number, end: number): number {
  if (end - start <= MAX_DIGITS && end > start) {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === end) return value;
  }
  if (end - start > MAX_LENGTH) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  return /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/.test(text) ? finite(Number(text)) : Number.NaN;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
