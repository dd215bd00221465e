/** Blocks of a call report. */
import type { Notes } from '../notes.ts';

/** A function in a block: what is known of it there. Times are NaN where the report leaves them blank. */
export interface Member {
  readonly index: number;
  readonly name: string;
  readonly self: number;
  readonly children: number;
  /** Percent of the whole; NaN for callers and callees. */
  readonly share: number;
}

/** A block's own function, and those around it. */
export interface Entry extends Member {
  readonly callers: readonly Member[];
  readonly callees: readonly Member[];
}

/** Circles as a whole and the outside have blocks too, but are no functions. */
const CYCLE_AS_WHOLE = /^<cycle \d+ as a whole>$/;
const IN_CYCLE = /\s<cycle \d+>$/;
const OUTSIDE = '<spontaneous>';

/** All blocks from line `start` on, and how many circles the report tells of. */
export function readEntries(
  lines: readonly string[],
  start: number,
  notes: Notes,
): { readonly entries: readonly Entry[]; readonly cycles: number } {
  const entries: Entry[] = [];
  let cycles = 0;
  let block: Member[] = [];
  let own = -1;
  let isEnded = false;
  const endBlock = () => {
    const entry = block[own];
    if (entry !== undefined && CYCLE_AS_WHOLE.test(entry.name)) cycles++;
    else if (entry !== undefined && entry.name !== OUTSIDE) {
      entries.push({ ...entry, callers: block.slice(0, own), callees: block.slice(own + 1) });
    }
    block = [];
    own = -1;
  };
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!.trimEnd();
    if (line === '') {
      endBlock();
      continue;
    }
    // The list of names that ends the report.
    if (/^Index\s+Function$/.test(line) || line === 'Index by function name') {
      isEnded = true;
      break;
    }
    if (/^[-\s]+$/.test(line)) continue;
    const isOwn = line.startsWith('[');
    const member = parseMember(line, isOwn);
    if (member === null || (isOwn && own >= 0)) {
      if (line.trim() === OUTSIDE) continue;
      notes.add(
        'odd-line',
        (count) => `${count} ${count === 1 ? 'line' : 'lines'} of the report can’t be read: left out.`,
        () => `line ${at + 1}: ${line.trim()}`,
      );
      continue;
    }
    if (isOwn) own = block.length;
    block.push(member);
  }
  endBlock();
  if (!isEnded) {
    notes.add(
      'no-index',
      () => 'The list of names that ends such a report is missing: it may have been cut short.',
      () => null,
    );
  }
  return { entries, cycles };
}

/** `[6]  99.93  0.0  31.268  name  [6]`, or the same without the first two; times may be blank. */
function parseMember(line: string, isOwn: boolean): Member | null {
  const bracket = line.lastIndexOf('[');
  const index = line.endsWith(']') && bracket > 0 ? line.slice(bracket + 1, -1) : '';
  if (!/^\d{1,9}$/.test(index)) return null;
  let rest = line.slice(0, bracket).trim();
  const numbers: number[] = [];
  if (isOwn) rest = rest.slice(rest.indexOf(']') + 1).trimStart();
  while (numbers.length < (isOwn ? 3 : 2)) {
    const word = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?=\s)/.exec(rest)?.[0];
    if (word === undefined) break;
    numbers.push(Number(word));
    rest = rest.slice(word.length).trimStart();
  }
  const times = isOwn ? numbers.slice(1) : numbers;
  if (rest === '' || times.length === 1 || (isOwn && times.length !== 2)) return null;
  const [self = Number.NaN, children = Number.NaN] = times;
  const share = isOwn ? numbers[0]! : Number.NaN;
  return { index: Number(index), name: rest.replace(IN_CYCLE, '').trim(), self, children, share };
}
