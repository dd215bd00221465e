/**
 * Records of py-spy with subprocesses: their root is `process PID:"command"`, and a command may hold line breaks and
 * semicolons (`python -c` with a script), so that a record spans lines.
 *
 *   process 7:"python -c
 *   import a; b = 1";f (a.py:2) 3
 */

const SEMICOLON = 0x3b;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COLON = 0x3a;
const START = [...'process '].map((letter) => letter.charCodeAt(0));
/** Scripts on a command line are short; what looks like one and never ends is given up. */
const MAX_RECORD = 256 * 1024;
const MAX_TRIES = 64;
const MAX_FAILURES = 16;

/** A record, and where it ends. */
export interface ProcessRecord {
  readonly frames: readonly string[];
  readonly count: number;
  readonly lines: number;
  /** Start of the next line. */
  readonly end: number;
}

/** Looks for such records. */
export class ProcessRecords {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder();
  #failures = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The record that starts here; null when it is none, or one like any other line: no line break or `;` in its root. */
  find(start: number): ProcessRecord | null {
    if (this.#failures > MAX_FAILURES || !this.#isOpen(start)) return null;
    const bytes = this.#bytes;
    const limit = Math.min(bytes.length, start + MAX_RECORD);
    let tries = 0;
    let lines = 0;
    for (let end = start; end < limit && tries < MAX_TRIES; end++) {
      while (end < limit && bytes[end] !== LINE_FEED) end++;
      lines++;
      const tail = this.#decoder.decode(bytes.subarray(Math.max(start, end - 64), end));
      const count = / (\d{1,15}(?:\.\d{1,15})?)\s*$/.exec(tail)?.[1];
      if (count === undefined) continue;
      tries++;
      const text = this.#decoder.decode(bytes.subarray(start, end)).trimEnd();
      const frames = splitRecord(text.slice(0, text.length - count.length - 1));
      if (frames !== null) return { frames, count: Number(count), lines, end: end + 1 };
    }
    this.#failures++;
    return null;
  }

  /** True for a root whose quotes do not end where the first part of the line does. */
  #isOpen(start: number): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < START.length; i++) if (bytes[start + i] !== START[i]) return false;
    let at = start + START.length;
    while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
    if (bytes[at] !== COLON || bytes[at + 1] !== QUOTE) return false;
    const open = at + 1;
    at = open + 1;
    while (at < bytes.length && bytes[at] !== SEMICOLON && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++;
    // A process below the first one is looked at in the same way.
    const isPlain = bytes[at] === SEMICOLON && bytes[at - 1] === QUOTE && at - 1 > open && bytes[at + 1] !== START[0];
    return !isPlain;
  }
}

/** The frames of a record without its count; null when its command is not at its end. */
function splitRecord(text: string): string[] | null {
  const frames: string[] = [];
  let from = 0;
  while (/^process \d+:"/.test(text.slice(from, from + 30))) {
    const open = text.indexOf('"', from) + 1;
    const close = findClose(text, open);
    if (close < 0) return null;
    frames.push(text.slice(from, close + 1).replace(/\s+/g, ' '));
    from = close + 2;
  }
  if (from >= text.length) return frames.length > 0 ? frames : null;
  return [...frames, ...text.slice(from).split(';')];
}

/** The quote that ends a command: nothing comes behind it, or what py-spy writes there. */
function findClose(text: string, open: number): number {
  for (let close = text.indexOf('";', open); close >= 0; close = text.indexOf('";', close + 1)) {
    const rest = text.slice(close + 2, close + 1000);
    if (/^process \d+:"/.test(rest) || /^thread \(/.test(rest)) return close;
    // All frames behind it, as far as one looks, are `name (file…)`.
    const next = rest.split(';', 8);
    if (rest.length === 998) next.pop();
    if (next.length > 0 && next.every((frame) => /^[^\n]+ \([^\n]+\)$/.test(frame))) return close;
  }
  return text.endsWith('"') && text.length > open ? text.length - 1 : -1;
}
