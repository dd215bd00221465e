/**
 * A line of a stack: `address symbol+0x1f (library)`. Symbols may hold blanks and parentheses, libraries too.
 */
import { type FramePlace, parsePerfPython } from '../frame-text.ts';

/** True for `   ffff8000 symbol`: blanks, an address, something behind. */
export function isStackLine(line: string): boolean {
  return /^\s+[\da-f]{1,16} \S/.test(line);
}

/** The frame of a line without its address; null when it is none (a source line below a frame). */
export function parsePerfFrame(text: string): FramePlace | null {
  const open = findLibrary(text);
  const library = open < 0 ? '' : text.slice(open + 1, -1);
  const symbol = (open < 0 ? text : text.slice(0, open)).trim().replace(/\+0x[\da-f]+$/, '');
  if (symbol === '') return null;
  if ((open < 0 || library === 'inlined') && isSourceLine(symbol)) return null;
  const python = parsePerfPython(symbol);
  if (python !== null) return python;
  return { name: symbol, file: library === '[unknown]' || library === 'inlined' ? '' : library, line: 0 };
}

/** `file.c:12`, `??:0`, `:0`, or `[kernel.kallsyms][ffff8000]` where nobody knows. */
function isSourceLine(text: string): boolean {
  return /^\S*:\d+$/.test(text) || /^\S+\[[\da-f]+\]$/.test(text);
}

/** The text of a line behind its address. */
export function skipAddress(line: string): string {
  let at = 0;
  while (line[at] === ' ' || line[at] === '\t') at++;
  const from = at;
  while (isHex(line.charCodeAt(at))) at++;
  return line[at] === ' ' && at > from ? line.slice(at + 1) : line.slice(from);
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
}

/** Place of the bracket that opens the library at the end of a line; -1 without one. */
function findLibrary(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth === 0) return at > 0 && text[at - 1] === ' ' ? at : -1;
  }
  return -1;
}
