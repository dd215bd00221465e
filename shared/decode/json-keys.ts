/**
 * Keys of a JSON file near the top, and where it is damaged, without building anything of it.
 *
 * The text is walked once, byte by byte. So a file of any depth or size, cut anywhere, gets an answer, and nothing in it
 * can touch a prototype.
 */

/** Bytes that are walked at most: keys that tell the format mostly stand in the first few kB. */
export const MAX_SCAN_BYTES = 32 * 1024 * 1024;
/** Nesting that is followed; real profiles of nested frames stay below. */
const MAX_DEPTH = 10_000;
const MAX_KEY_BYTES = 64;
const MAX_KEYS = 256;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

/** Keys of the outermost objects, and of the objects in those; arrays do not count as a level. */
export interface JsonKeys {
  readonly outer: Set<string>;
  readonly inner: Set<string>;
  /** What is wrong with the nesting, and where; empty when nothing is. */
  readonly fault: string;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * The keys of the JSON in `bytes` from `start` on, which is where the first bracket stands, up to `maxBytes`. Never
 * throws.
 */
export function scanJsonKeys(bytes: Uint8Array, start: number, maxBytes = MAX_SCAN_BYTES): JsonKeys {
  const outer = new Set<string>();
  const inner = new Set<string>();
  const decoder = new TextDecoder();
  const end = Math.min(bytes.length, maxBytes);
  const open: number[] = [];
  let objects = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      const from = at + 1;
      for (at = from; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
      if (at >= end) {
        return { outer, inner, fault: end === bytes.length ? ` that breaks off at byte ${end}, inside a string` : '' };
      }
      if (objects === 0 || objects > 2 || open[open.length - 1] !== OPEN_BRACE || at - from > MAX_KEY_BYTES) continue;
      let next = at + 1;
      while (next < end && isBlank(bytes[next]!)) next++;
      const keys = objects === 1 ? outer : inner;
      if (bytes[next] === COLON && keys.size < MAX_KEYS) keys.add(decoder.decode(bytes.subarray(from, at)));
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open.push(byte);
      if (byte === OPEN_BRACE) objects++;
      if (open.length > MAX_DEPTH) {
        return { outer, inner, fault: ` that is nested deeper than ${MAX_DEPTH} at byte ${at}` };
      }
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      const opened = open.pop();
      if (opened === OPEN_BRACE) objects--;
      if (opened !== (byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET)) {
        return { outer, inner, fault: ` that is damaged at byte ${at} (a bracket closes what was not opened)` };
      }
    }
  }
  const isCut = open.length > 0 && end === bytes.length;
  return {
    outer,
    inner,
    fault: isCut
      ? ` that breaks off at byte ${end}, ${open.length} ${open.length === 1 ? 'bracket' : 'brackets'} open`
      : '',
  };
}
