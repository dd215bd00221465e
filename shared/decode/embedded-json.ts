/**
 * JSON that a page holds in one of its scripts. It is cut out by its brackets and never run.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * The object or array that directly follows the first `marker` that has one behind it; null when there is none, or when
 * it does not end.
 */
export function cutEmbeddedJson(text: string, marker: string): string | null {
  for (let found = text.indexOf(marker); found >= 0; found = text.indexOf(marker, found + 1)) {
    let start = found + marker.length;
    while (start < text.length && text.charCodeAt(start) <= 0x20) start++;
    const first = text.charCodeAt(start);
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET) continue;
    const end = findEnd(text, start);
    return end < 0 ? null : text.slice(start, end);
  }
  return null;
}

/** Place after the bracket that closes the one at `start`; -1: none. */
function findEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if ((char === CLOSE_BRACE || char === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
  return -1;
}
