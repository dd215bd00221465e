/**
 * The tree that pyinstrument prints, in Unicode or ASCII:
 *
 *   1.518 <module>  busy.py:1
 *   └─ 1.518 main  busy.py:15          `- 1.518 main  busy.py:15
 *      ├─ 0.978 phase_one  busy.py:12     |- 0.978 phase_one  busy.py:12
 *      │  └─ [2 frames hidden]  random    |  `- [2 frames hidden]  random
 *
 * A level is three characters wide. Frames below a hidden group are children of what is above the group. Times are
 * rounded, so that those of children may add up to a little more than their parent's.
 */
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { addTotalTrees } from '../total-tree.ts';
import { PYINSTRUMENT_TEXT } from './format.ts';
import { toLine } from './identifier.ts';

interface Row {
  readonly depth: number;
  readonly frame: FrameIndex;
  readonly value: number;
  readonly children: Row[];
}

/** A report, and what its head says. */
export interface TextReports {
  readonly profiles: readonly Profile[];
  readonly about: readonly (readonly [string, string])[];
  readonly version: string | null;
}

const BRANCHES = new Set(' │├└─|`-.\t');
/** Words of the head and what they are called. */
const HEAD: readonly (readonly [RegExp, string])[] = [
  [/Recorded:\s{1,4}(\S+)/, 'start'],
  [/Samples:\s{1,4}(\d+)/, 'samples'],
  [/Duration:\s{1,4}(\S+)/, 'duration'],
  [/CPU time:\s{1,4}(\S+)/, 'CPU time'],
  [/^(?:Program|Profile at):? (.*)$/, 'target'],
];

/** Reads all reports of a text. */
export function readText(lines: readonly string[]): TextReports {
  const book = new FrameBook();
  const reports: { readonly roots: Row[]; isPercent: boolean }[] = [];
  const about: [string, string][] = [];
  let version: string | null = null;
  let open: Row[] = [];
  for (const line of lines) {
    if (line.includes('Recorded:') || reports.length === 0) {
      reports.push({ roots: [], isPercent: false });
      open = [];
    }
    const report = reports.at(-1)!;
    const row = readRow(line, book);
    if (row === null) {
      if (report.roots.length > 0) continue;
      for (const [pattern, name] of HEAD) {
        const found = pattern.exec(line.slice(0, 400));
        if (found !== null) about.push([name, found[1]!.trim()]);
      }
      version ??= /\sv(\d[\w.]{0,20})\s*$/.exec(line.slice(0, 200))?.[1] ?? null;
      continue;
    }
    report.isPercent ||= row.isPercent;
    while (open.length > 0 && open.at(-1)!.depth >= row.depth) open.pop();
    (open.at(-1)?.children ?? report.roots).push(row);
    open.push(row);
  }
  const told = reports.filter(({ roots }) => roots.length > 0);
  const profiles = (told.length > 0 ? told : reports.slice(0, 1)).map(({ roots, isPercent }, at, all) => {
    const stacks = new StackProfile(book, {
      name: all.length > 1 ? `report ${at + 1}` : '',
      metrics: [{ name: 'time', unit: isPercent ? 'percent' : 'seconds' }],
      sampled: true,
    });
    addTotalTrees<Row>(stacks, roots, (row) => ({ ...row, totals: [row.value] }), PYINSTRUMENT_TEXT.id);
    return stacks;
  });
  return { profiles: profiles.map((stacks) => stacks.build()), about, version };
}

/** A row of the tree; null for other lines, and for groups of hidden frames. */
function readRow(line: string, book: FrameBook): (Row & { readonly isPercent: boolean }) | null {
  let at = 0;
  while (at < line.length && BRANCHES.has(line[at]!)) at++;
  const found = /^(\d{1,12}(?:\.\d{1,12})?)(%?) +(\S.*)$/.exec(line.slice(at));
  if (found === null) return null;
  const [, value, percent, text] = found;
  const gap = text!.lastIndexOf('  ');
  if (gap < 0) return null;
  const place = text!.slice(gap + 2).trim();
  const colon = place.lastIndexOf(':');
  const fileLine = colon > 0 && /^\d+$/.test(place.slice(colon + 1)) ? toLine(place.slice(colon + 1)) : 0;
  const file = fileLine > 0 ? place.slice(0, colon) : place;
  return {
    depth: Math.round(at / 3),
    frame: book.frame(text!.slice(0, gap).trim(), file, fileLine),
    value: Number(value),
    isPercent: percent === '%',
    children: [],
  };
}
