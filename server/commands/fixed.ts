/** Numbers as C's and Python's `%8.3f` print them, to the last digit. */

/** A number with three decimals, rounded half to even where it lies exactly between two; `–` for one that is not known. */
export function toThreeDecimals(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const size = Math.abs(value);
  // From 1e21 on, toFixed would answer with an exponent.
  const text = size >= 1e21 ? `${BigInt(size)}.000` : roundHalfToEven(size);
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/**
 * toFixed rounds the exact binary value as C does, but ties up. Between two thousandths lie exactly only odd multiples
 * of 1/2000, and of those a double can hold just the odd multiples of 1/16.
 */
function roundHalfToEven(size: number): string {
  const sixteenths = size * 16;
  if (!Number.isInteger(sixteenths) || sixteenths % 2 === 0) return size.toFixed(3);
  const below = Math.floor(size * 1000);
  return ((below % 2 === 0 ? below : below + 1) / 1000).toFixed(3);
}

/** A time in eight columns, or more where it needs them. */
export function toColumn(value: number): string {
  return toThreeDecimals(value).padStart(8);
}

/** A count as pstats prints it: whole, without separators; `–` for one that is not known. */
export function toCountText(value: number): string {
  if (Number.isNaN(value)) return '–';
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : String(BigInt(value));
}

/** Text filled with blanks to a width in characters, not in UTF-16 units. */
export function fillTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - countCharacters(text)));
}

/** Characters of a text as Python counts them. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
