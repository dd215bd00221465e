/**
 * Flame graph pictures: the tree is in the places of the boxes. A box lies in the row next to that of its caller, within
 * its caller's width; what is not covered by callees is its own.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, Metric, ProfileGroup, Unit } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { parseFrame } from '../frame-text.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { type Box, findBoxes, type Picture } from './boxes.ts';
import { FLAMEGRAPH_SVG } from './format.ts';

const UNITS = new Map<string, Unit>([
  ['bytes', 'bytes'],
  ['ns', 'nanoseconds'],
  ['nanoseconds', 'nanoseconds'],
  ['us', 'microseconds'],
  ['microseconds', 'microseconds'],
  ['ms', 'milliseconds'],
  ['milliseconds', 'milliseconds'],
  ['seconds', 'seconds'],
]);

/** Reads flame graph pictures. */
export const flamegraphSvgReader: Reader = {
  ...FLAMEGRAPH_SVG,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const text = source.text();
    const picture = findBoxes(text);
    if (picture.boxes.length === 0) {
      throw new FormatError('flamegraph-svg: no box in the picture says what it stands for', {
        format: 'flamegraph-svg',
        offset: 0,
        advice: 'Open the stacks that the picture was made of',
      });
    }
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const isInferno = text.includes('xmlns:fg=');
    const hasLines = picture.boxes.some(({ name }) => parseFrame(name).line > 0);
    const stacks = new StackProfile(book, { metrics: [nameMetric(picture)], sampled: true, linesRan: hasLines });
    placeBoxes(splitRows(picture.boxes, text), stacks, book, notes);
    if (picture.unread > 0) {
      notes.add(
        'no-count',
        (count) => `${count} boxes do not say how much they stand for: left out.`,
        () => null,
        picture.unread,
      );
    }
    return {
      format: 'flamegraph-svg',
      writer: isInferno ? 'inferno' : null,
      profiles: [stacks.build()],
      warnings: notes.list(),
    };
  },
};

function nameMetric({ counted }: Picture): Metric {
  const unit = UNITS.get(counted.toLowerCase());
  if (unit === undefined) return { name: counted === 'sample' ? 'samples' : counted, unit: 'count' };
  return { name: unit === 'bytes' ? 'memory' : 'time', unit };
}

/** The boxes by rows, that of the roots first, each from left to right. */
function splitRows(boxes: readonly Box[], text: string): Box[][] {
  const byY = new Map<number, Box[]>();
  for (const box of boxes) {
    const row = byY.get(box.y) ?? [];
    byY.set(box.y, row);
    row.push(box);
  }
  const rows = [...byY].sort((a, b) => a[0] - b[0]).map(([, row]) => row.sort((a, b) => a.x - b.x));
  const [top, bottom] = [rows[0]!, rows.at(-1)!];
  const isRoot = (row: readonly Box[]) => row.length === 1 && /^(all|root)$/i.test(row[0]!.name);
  const sum = (row: readonly Box[]) => row.reduce((total, { value }) => total + value, 0);
  let isTopFirst = sum(top) > sum(bottom);
  if (isRoot(top) !== isRoot(bottom)) isTopFirst = isRoot(top);
  else if (sum(top) === sum(bottom)) isTopFirst = /inverted = true/.test(text);
  return isTopFirst ? rows : rows.reverse();
}

function placeBoxes(rows: readonly Box[][], stacks: StackProfile, book: FrameBook, notes: Notes): void {
  const { contexts } = stacks;
  let above: readonly Box[] = [];
  let aboveContexts: ContextIndex[] = [];
  let left: number[] = [];
  const addSelfs = () => {
    aboveContexts.forEach((context, at) => {
      if (left[at]! < 0) {
        notes.add(
          'too-wide',
          (count) => `${count} boxes are narrower than what they called.`,
          () => above[at]!.name,
        );
      }
      contexts.addSelf(context, 0, Math.max(0, left[at]!));
    });
  };
  for (const row of rows) {
    const placed = row.map((box): ContextIndex => {
      const parent = above.length === 0 ? -1 : findAbove(above, box.x + box.width / 2);
      if (parent >= 0) left[parent]! -= box.value;
      const { name, file, line } = parseFrame(box.name);
      return contexts.child(parent < 0 ? -1 : aboveContexts[parent]!, book.frame(name, file, line));
    });
    addSelfs();
    above = row;
    aboveContexts = placed;
    left = row.map(({ value }) => value);
    refuseTooManyContexts(contexts.length, 'flamegraph-svg');
  }
  addSelfs();
}

/** The box of a row that holds a place: the last one that begins before it. */
function findAbove(row: readonly Box[], middle: number): number {
  let low = 0;
  let high = row.length - 1;
  while (low < high) {
    const between = (low + high + 1) >> 1;
    if (row[between]!.x <= middle) low = between;
    else high = between - 1;
  }
  return low;
}
