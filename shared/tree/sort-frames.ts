/**
 * Stable sorting of many rows by columns of numbers, without comparing.
 *
 * A radix sort over the bits of the doubles: 16 bits a pass, least significant first, which is stable by nature. Several
 * keys are therefore sorted from the least to the most important one, each time keeping the order that was there.
 *
 *   double  s eeeeeeeeeee mmmm...    positive: flip the sign bit     negative: flip all bits
 *           then unsigned order of the bits is order of the numbers; NaN gets all ones and so comes last
 */
import { finish, inPieces, type Steps } from './steps.ts';

/** One column to sort by. */
export interface ColumnKey {
  readonly values: Float64Array | Int32Array;
  readonly descending: boolean;
}

const DIGITS = 4;
const WHOLE_DIGITS = 2;
const RADIX = 1 << 16;

/**
 * Puts `rows` (indexes into the columns) in order, most important key first. Rows with NaN come last in both
 * directions; equal rows keep their order. Cost: linear, four passes per key.
 */
export function sortByColumns(rows: Int32Array, keys: readonly ColumnKey[]): void {
  finish(sortInSteps(rows, keys));
}

/** The same in pieces. `rows` are in order when all of it is done, and in no order before. */
export function* sortInSteps(rows: Int32Array, keys: readonly ColumnKey[]): Steps<void> {
  for (let k = keys.length - 1; k >= 0; k--) yield* sortByColumn(rows, keys[k]!);
}

function* sortByColumn(rows: Int32Array, key: ColumnKey): Steps<void> {
  const n = rows.length;
  const { values, descending } = key;
  const isWhole = values instanceof Int32Array;
  const count = isWhole ? WHOLE_DIGITS : DIGITS;
  const digits = new Uint16Array(count * n);
  yield* inPieces(n, (from, end) => {
    if (isWhole) writeWholeDigits(digits, rows, values, descending, from, end);
    else writeDigits(digits, rows, values, descending, from, end);
  });
  // Positions travel instead of rows, so that each pass finds its digit.
  let order = countUp(n);
  let next = new Int32Array(n);
  const counts = new Int32Array(RADIX);
  for (let d = 0; d < count; d++) {
    const digit = digits.subarray(d * n, (d + 1) * n);
    counts.fill(0);
    yield* inPieces(n, (from, end) => countDigits(counts, digit, from, end));
    if (n > 0 && counts[digit[0]!] === n) continue;
    addUpCounts(counts);
    const [old, moved] = [order, next];
    yield* inPieces(n, (from, end) => moveByDigit(moved, old, digit, counts, from, end));
    [order, next] = [next, order];
  }
  const [sorted, unsorted] = [order, rows.slice()];
  yield* inPieces(n, (from, end) => {
    for (let i = from; i < end; i++) rows[i] = unsorted[sorted[i]!]!;
  });
}

/** 0, 1, 2 and so on. */
export function countUp(length: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}

function countDigits(counts: Int32Array, digit: Uint16Array, from: number, end: number): void {
  for (let i = from; i < end; i++) counts[digit[i]!]!++;
}

/** From how many rows have each digit to where the first of them goes. */
function addUpCounts(counts: Int32Array): void {
  let sum = 0;
  for (let value = 0; value < RADIX; value++) {
    const count = counts[value]!;
    counts[value] = sum;
    sum += count;
  }
}

/** `counts` say where the next row with each digit goes. */
function moveByDigit(
  moved: Int32Array,
  order: Int32Array,
  digit: Uint16Array,
  counts: Int32Array,
  from: number,
  end: number,
): void {
  for (let i = from; i < end; i++) {
    const position = order[i]!;
    moved[counts[digit[position]!]!++] = position;
  }
}

/** The two digits of whole numbers, which have no more bits. */
function writeWholeDigits(
  digits: Uint16Array,
  rows: Int32Array,
  values: Int32Array,
  descending: boolean,
  from: number,
  end: number,
): void {
  const n = rows.length;
  const flip = descending ? 0x7fffffff : 0x80000000;
  for (let i = from; i < end; i++) {
    const bits = values[rows[i]!]! ^ flip;
    digits[i] = bits;
    digits[n + i] = bits >>> 16;
  }
}

/** The four digits of each row's key, as four columns one after the other, least significant first. */
function writeDigits(
  digits: Uint16Array,
  rows: Int32Array,
  values: Float64Array,
  descending: boolean,
  from: number,
  end: number,
): void {
  const n = rows.length;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  double[0] = 1;
  const high = words[1] === 0x3ff00000 ? 1 : 0;
  const flip = descending ? 0xffffffff : 0;
  for (let i = from; i < end; i++) {
    const value = values[rows[i]!]!;
    let top = 0xffffffff;
    let bottom = 0xffffffff;
    if (!Number.isNaN(value)) {
      double[0] = value + 0; // -0 and 0 are one number
      const negative = words[high]! >>> 31 === 1;
      top = (negative ? ~words[high]! : words[high]! ^ 0x80000000) ^ flip;
      bottom = (negative ? ~words[1 - high]! : words[1 - high]!) ^ flip;
    }
    digits[i] = bottom;
    digits[n + i] = bottom >>> 16;
    digits[2 * n + i] = top;
    digits[3 * n + i] = top >>> 16;
  }
}
