/**
 * Samples straight from the bytes: lists of a million small arrays are most of a large file, and as JavaScript arrays
 * they cost several times what reading their digits costs.
 *
 * Everything else is left to JSON.parse, with `null` in the place of what was read here. What is written in an unusual
 * way (a number with a sign, say) is not read here: then JSON.parse takes all of it.
 */
import { cutColumn, expectRows, growColumn } from '../../decode/columns.ts';
import type { SampleColumns } from './columns.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const ZERO = 0x30;
const POINT = 0x2e;
const BLANK = 0x20;
/** `profiles[i].samples` stands in an object in an array in an object. */
const PROFILE_DEPTH = 3;
const MAX_DEPTH = 64;
const MAX_DIGITS = 9;
/** Room to begin with: a file may have thousands of profiles of one sample. */
const FIRST_FRAMES = 4096;
const FIRST_ROWS = 256;
/** Numbers of up to so many digits, divided by a power of ten, are exact in every step. */
const EXACT_DIGITS = 15;

/** A file whose samples were taken out. */
export interface ScannedFile {
  /** JSON with `null` for the lists that were taken out. */
  readonly rest: string;
  /** Columns by the number of the profile. */
  readonly columns: ReadonlyMap<number, SampleColumns>;
}

interface Cut {
  readonly from: number;
  readonly to: number;
}

interface Stacks {
  readonly length: number;
  readonly frames: Int32Array;
  readonly ends: Int32Array;
}

/** Takes samples and weights out of a file; null when it has none, or is written in a way that only JSON.parse reads. */
export function scanSamples(bytes: Uint8Array): ScannedFile | null {
  const cuts: Cut[] = [];
  const stacks = new Map<number, Stacks>();
  const weights = new Map<number, Float64Array>();
  const open: number[] = [];
  let profile = 0;
  let isProfiles = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === OPEN_BRACE || byte === OPEN) {
      open.push(byte);
      if (open.length > MAX_DEPTH) return null;
    } else if (byte === CLOSE_BRACE || byte === CLOSE) {
      open.pop();
      if (open.length === PROFILE_DEPTH - 1) profile++;
    } else if (byte === QUOTE) {
      const start = at + 1;
      at = findQuote(bytes, start);
      if (at < 0) return null;
      const colon = skipBlanks(bytes, at + 1);
      if (bytes[colon] !== COLON || open[open.length - 1] !== OPEN_BRACE) continue;
      if (open.length === 1) {
        isProfiles = isText(bytes, start, at, 'profiles');
        profile = 0;
        continue;
      }
      if (!isProfiles || open.length !== PROFILE_DEPTH || open[1] !== OPEN) continue;
      const isStacks = isText(bytes, start, at, 'samples');
      if (!isStacks && !isText(bytes, start, at, 'weights')) continue;
      const from = skipBlanks(bytes, colon + 1);
      if (bytes[from] !== OPEN) return null;
      let to: number;
      if (isStacks) {
        const found = scanStacks(bytes, from);
        if (found === null) return null;
        stacks.set(profile, found.stacks);
        to = found.end;
      } else {
        const found = scanWeights(bytes, from);
        if (found === null) return null;
        weights.set(profile, found.weights);
        to = found.end;
      }
      cuts.push({ from, to });
      at = to - 1;
    }
  }
  const columns = new Map<number, SampleColumns>();
  for (const [number, found] of stacks) {
    const weight = weights.get(number);
    if (weight === undefined) return null;
    columns.set(number, { ...found, weights: weight });
  }
  return columns.size === 0 || weights.size !== columns.size ? null : { rest: joinRest(bytes, cuts), columns };
}

/** A list of lists of indexes, from its bracket on. */
function scanStacks(bytes: Uint8Array, start: number): { readonly stacks: Stacks; readonly end: number } | null {
  let frames = new Int32Array(FIRST_FRAMES);
  let ends = new Int32Array(FIRST_ROWS);
  let count = 0;
  let length = 0;
  let at = skipBlanks(bytes, start + 1);
  if (bytes[at] === CLOSE)
    return { stacks: { length, frames: frames.subarray(0, 0), ends: ends.subarray(0, 0) }, end: at + 1 };
  for (;;) {
    if (bytes[at] !== OPEN) return null;
    at = bytes[at + 1]! <= BLANK ? skipBlanks(bytes, at + 1) : at + 1;
    if (bytes[at] === CLOSE) at++;
    else {
      for (;;) {
        const first = at;
        let value = 0;
        let digit = bytes[at]! - ZERO;
        while (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          digit = bytes[++at]! - ZERO;
        }
        if (at === first || at - first > MAX_DIGITS || (bytes[first] === ZERO && at - first > 1)) return null;
        if (count === frames.length)
          frames = growColumn(frames, expectRows(count, (at - start) / (bytes.length - start)));
        frames[count++] = value;
        if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
        const byte = bytes[at++];
        if (byte === CLOSE) break;
        if (byte !== COMMA) return null;
        if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
      }
    }
    if (length === ends.length) ends = growColumn(ends, expectRows(length, (at - start) / (bytes.length - start)));
    ends[length++] = count;
    if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
    const byte = bytes[at++];
    if (byte === CLOSE) break;
    if (byte !== COMMA) return null;
    if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
  }
  return { stacks: { length, frames: cutColumn(frames, count), ends: cutColumn(ends, length) }, end: at };
}

/** A list of numbers, from its bracket on. */
function scanWeights(
  bytes: Uint8Array,
  start: number,
): { readonly weights: Float64Array; readonly end: number } | null {
  let weights = new Float64Array(FIRST_ROWS);
  let length = 0;
  let at = skipBlanks(bytes, start + 1);
  if (bytes[at] === CLOSE) return { weights: weights.subarray(0, 0), end: at + 1 };
  for (;;) {
    const first = at;
    let value = 0;
    let digits = 0;
    let scale = 1;
    let point = -1;
    for (; ; at++) {
      const byte = bytes[at]!;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        if (point >= 0) scale *= 10;
      } else if (byte === POINT && point < 0 && digits > 0) point = at;
      else break;
    }
    // A leading zero, nothing in front of or behind the point, a sign, an exponent, very many digits.
    const isZeroFirst = bytes[first] === ZERO && at - first > 1 && point !== first + 1;
    if (digits === 0 || digits > EXACT_DIGITS || isZeroFirst || point === at - 1) {
      const end = findNumberEnd(bytes, first);
      const text = String.fromCharCode(...bytes.subarray(first, end));
      if (!/^(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text)) return null;
      value = Number(text);
      at = end;
      scale = 1;
    }
    if (length === weights.length) {
      weights = growColumn(weights, expectRows(length, (at - start) / (bytes.length - start)));
    }
    weights[length++] = value / scale;
    if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
    const byte = bytes[at++];
    if (byte === CLOSE) return { weights: cutColumn(weights, length), end: at };
    if (byte !== COMMA) return null;
    if (bytes[at]! <= BLANK) at = skipBlanks(bytes, at);
  }
}

function findNumberEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && at - start < 40 && bytes[at] !== COMMA && bytes[at] !== CLOSE && bytes[at]! > BLANK) at++;
  return at;
}

function findQuote(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] === BACKSLASH) at++;
  }
  return -1;
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte !== BLANK && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

function joinRest(bytes: Uint8Array, cuts: readonly Cut[]): string {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    parts.push(decoder.decode(bytes.subarray(from, cut.from)), 'null');
    from = cut.to;
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}
