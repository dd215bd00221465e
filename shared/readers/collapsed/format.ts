/**
 * How collapsed stacks are known: nearly any lines that end in numbers look like them, so this format is asked last
 * and is never sure.
 */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

const LOOKED_AT = 256 * 1024;
const MAX_LINES = 200;
/** Of a long line, so much of both ends is looked at. */
const LINE_PART = 500;
/** Share of lines that end in a count; comments and broken lines occur. */
const LEAST_COUNTED = 0.5;

/** Stacks as lines: `frame;frame;frame count`. */
export const COLLAPSED: Format = {
  id: 'collapsed',
  title: 'collapsed stacks',
  extensions: ['.collapsed', '.folded', '.collapse', '.txt'],
  spec: 'https://github.com/brendangregg/FlameGraph#2-fold-stacks',
  keeps: 'stacks with their counts',
  loses: 'nothing that the file has: it has no order of time',
  sniff(head: Head): Sniffed {
    return isCollapsed(takeLines(head.bytes)) ? 'maybe' : 'no';
  },
};

/** True when the lines are stacks of frames between semicolons, each with a count behind the last blank. */
function isCollapsed(lines: readonly string[]): boolean {
  let counted = 0;
  let single = 0;
  let stacked = 0;
  let broken = 0;
  for (const line of lines) {
    const blank = line.lastIndexOf(' ');
    const stack = blank >= 0 && /^-?\d+(\.\d+)?$/.test(line.slice(blank + 1)) ? line.slice(0, blank) : null;
    if (stack === null) {
      if (/^process \d+:"/.test(line)) broken++;
      continue;
    }
    counted++;
    // Prose has a blank after a semicolon, and several words without one; stacks do not.
    if (/;\S|^;+$/.test(stack)) stacked += /; /.test(stack) && !/^process \d+:"/.test(stack) ? 0 : 1;
    else if (/^\S+$/.test(stack) && !/[,={}]|:$/.test(stack) && !/^[\d.+-]*$/.test(stack)) single++;
  }
  if (stacked > 0) return broken > 0 || counted >= lines.length * LEAST_COUNTED;
  return single > 0 && single === lines.length;
}

/** The first lines that are not blank, long ones cut in their middle; none of a binary file. */
function takeLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  // A file of old Mac line ends has no others.
  const end = bytes.includes(0x0a) ? 0x0a : 0x0d;
  for (let from = 0; from < Math.min(bytes.length, LOOKED_AT) && lines.length < MAX_LINES; ) {
    const found = bytes.indexOf(end, from);
    const to = found < 0 ? bytes.length : found;
    const isCut = found < 0 && lines.length > 0 && bytes.length % 1024 === 0;
    const line =
      to - from <= 2 * LINE_PART
        ? decoder.decode(bytes.subarray(from, to))
        : decoder.decode(bytes.subarray(from, from + LINE_PART)) + decoder.decode(bytes.subarray(to - LINE_PART, to));
    if (hasControl(line)) return [];
    // The head of a listing may end within a line.
    if (line.trim() !== '' && !isCut) lines.push(line.trimEnd());
    from = to + 1;
  }
  return lines;
}

function hasControl(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code < 0x20 && code !== 0x09 && code !== 0x0d && code !== 0x1b) return true;
  }
  return false;
}
