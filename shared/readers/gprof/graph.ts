/** Blocks of gprof's call graph. */
import type { Notes } from '../notes.ts';

/** A function in a block. Times are NaN where the report leaves them blank (within a circle). */
export interface Member {
  readonly index: number;
  readonly name: string;
  readonly calls: number;
  /** Calls of itself, beside the others. */
  readonly selfCalls: number;
  readonly self: number;
  readonly children: number;
}

/** A block's own function, and those around it. */
export interface Entry extends Member {
  readonly callers: readonly Member[];
  readonly callees: readonly Member[];
}

const CYCLE_AS_WHOLE = /^<cycle \d+ as a whole>$/;
const IN_CYCLE = /\s<cycle \d+>$/;
/** Own time, time of callees, a count; the count may be `calls/all calls` or `calls+own calls`. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const COUNT = /^(\d+)(?:([/+])(\d+))?$/;

/** All blocks from line `start` on. */
export function readGraph(lines: readonly string[], start: number, notes: Notes): Entry[] {
  const entries: Entry[] = [];
  let block: Member[] = [];
  let own = -1;
  const endBlock = () => {
    const entry = block[own];
    if (entry !== undefined && !CYCLE_AS_WHOLE.test(entry.name)) {
      entries.push({ ...entry, callers: block.slice(0, own), callees: block.slice(own + 1) });
    }
    block = [];
    own = -1;
  };
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!.trimEnd();
    if (line.startsWith('\f') || /^(?: ?This table describes|Index by function name)/.test(line)) break;
    if (/^-{5,}$/.test(line.trim())) {
      endBlock();
      continue;
    }
    if (!line.endsWith(']')) continue;
    const isOwn = line.startsWith('[');
    const member = parseMember(line, isOwn);
    if (member === null || (isOwn && own >= 0)) {
      notes.add(
        'odd-line',
        (count) => `${count} ${count === 1 ? 'line' : 'lines'} of the call graph can’t be read: left out.`,
        () => `line ${at + 1}: ${line.trim()}`,
      );
      continue;
    }
    if (isOwn) own = block.length;
    block.push(member);
  }
  endBlock();
  return entries;
}

function parseMember(line: string, isOwn: boolean): Member | null {
  const bracket = line.lastIndexOf('[');
  const index = line.slice(bracket + 1, -1);
  if (!/^\d{1,9}$/.test(index)) return null;
  let rest = line.slice(0, bracket).trim();
  if (isOwn) rest = rest.slice(rest.indexOf(']') + 1).trimStart();
  const words: string[] = [];
  // Share (own line only), own time, callees' time, calls.
  while (words.length < (isOwn ? 4 : 3)) {
    const end = rest.search(/\s/);
    const word = end < 0 ? rest : rest.slice(0, end);
    if (end < 0 || !(NUMBER.test(word) || COUNT.test(word))) break;
    words.push(word);
    rest = rest.slice(end).trimStart();
  }
  if (rest === '' || (isOwn && words.length < 3)) return null;
  const times = isOwn ? words.slice(1, 3) : words.slice(0, Math.max(0, words.length - 1));
  const count = isOwn ? words[3] : words.at(-1);
  const match = count === undefined ? null : COUNT.exec(count);
  const [self, children] = times.length === 2 ? times.map(Number) : [];
  return {
    index: Number(index),
    name: rest.replace(IN_CYCLE, '').trim(),
    // What runs first, and what was not compiled for it, is not counted.
    calls: match === null ? Number.NaN : Number(match[1]),
    selfCalls: match?.[2] === '+' ? Number(match[3]) : 0,
    self: self ?? Number.NaN,
    children: children ?? Number.NaN,
  };
}
