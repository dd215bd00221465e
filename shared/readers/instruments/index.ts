/**
 * Deep copies out of Instruments: a call tree as text, columns apart by tabs, depth by blanks before the name.
 *
 *     Weight           Self Weight      Symbol Name
 *     30.00 ms 100.0%  0 s              main (12345)
 *     28.00 ms  93.3%  2.00 ms           -[Foo bar]
 *
 * Weights are rounded, each in a unit of its own. What is a function's own is taken from its column, which is finer than
 * the difference between large weights; without the column, and where it does not fit, it is the difference.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { type Amount, type Kind, parseAmount } from './amount.ts';
import { COLUMNS, INSTRUMENTS } from './format.ts';

const METRICS: Readonly<Record<Kind, Metric>> = {
  time: { name: 'time', unit: 'milliseconds' },
  cycles: { name: 'cycles', unit: 'count' },
  bytes: { name: 'bytes used', unit: 'bytes' },
};
const ALLOCATIONS: Metric = { name: 'allocations', unit: 'count' };

/** A row whose children are still to come. */
interface OpenRow {
  readonly depth: number;
  readonly context: ContextIndex;
  /** One per metric. */
  readonly totals: readonly Amount[];
  /** Of the first metric; null where it is not told. */
  readonly self: Amount | null;
  /** Of the children so far, per metric. */
  readonly below: number[];
  /** By how much the totals of the children may be off. */
  readonly slack: number[];
  hasChildren: boolean;
}

/** Reads deep copies of call trees. */
export const instrumentsReader: Reader = {
  ...INSTRUMENTS,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    const columns = lines[0]!.split('\t').map((column) => column.trim());
    const at = (pattern: RegExp) => columns.findIndex((column) => pattern.test(column));
    const unitOf = (pattern: RegExp) => pattern.exec(columns[at(pattern)] ?? '')?.[1] ?? '';
    const [weightAt, selfAt, countAt, nameAt, fileAt] = [
      at(COLUMNS.weight),
      at(COLUMNS.self),
      at(COLUMNS.count),
      at(COLUMNS.name),
      at(COLUMNS.file),
    ];
    const weightUnit = unitOf(COLUMNS.weight);
    const selfUnit = unitOf(COLUMNS.self);
    const notes = new Notes();
    const kind = findKind(lines, (cells) => parseAmount(cells[weightAt] ?? '', weightUnit));
    const hasCounts = countAt >= 0 && kind === 'bytes';
    const book = new FrameBook();
    const stacks = new StackProfile(book, {
      metrics: hasCounts ? [METRICS[kind], ALLOCATIONS] : [METRICS[kind]],
      sampled: kind !== 'bytes',
    });
    const open: OpenRow[] = [];
    const readCell = (cell: string, unit: string, line: number, what: string): Amount => {
      const amount = parseAmount(cell, unit);
      if (amount !== null && (amount.kind === kind || amount.kind === null)) return amount;
      throw refuse(line, `${what} should be ${WORDS[kind]}, found ${JSON.stringify(cell.slice(0, 40))}`);
    };
    for (let index = 1; index < lines.length; index++) {
      if (lines[index]!.trim() === '') continue;
      const cells = lines[index]!.split('\t');
      const name = (cells[nameAt] ?? '').trim();
      if (name === '') {
        notes.add(
          'odd-line',
          (rows) => `${rows} ${rows === 1 ? 'row names' : 'rows name'} no function: left out.`,
          () => `line ${index + 1}`,
        );
        continue;
      }
      const totals = [readCell(cells[weightAt]!, weightUnit, index + 1, 'the weight')];
      if (hasCounts) {
        const count = parseAmount(cells[countAt]!);
        if (count === null || count.kind !== null) throw refuse(index + 1, 'the count should be a number');
        totals.push(count);
      }
      // A dash stands for nothing of its own, or for what is not known.
      const selfCell = (cells[selfAt] ?? '').trim();
      const self = /^[-–—]?$/.test(selfCell) ? null : readCell(selfCell, selfUnit, index + 1, 'the self weight');
      const depth = /^\s*/.exec(cells[nameAt]!)![0].length;
      while (open.length > 0 && open.at(-1)!.depth >= depth) closeRow(stacks, open.pop()!, notes);
      const above = open.at(-1);
      if (above !== undefined) {
        above.hasChildren = true;
        totals.forEach(({ value, slack }, metric) => {
          above.below[metric]! += value;
          above.slack[metric]! += slack;
        });
      }
      const context = stacks.contexts.child(above?.context ?? -1, book.frame(name, (cells[fileAt] ?? '').trim()));
      refuseTooManyContexts(stacks.contexts.length, INSTRUMENTS.id);
      const none = () => totals.map(() => 0);
      open.push({ depth, context, totals, self, below: none(), slack: none(), hasChildren: false });
    }
    while (open.length > 0) closeRow(stacks, open.pop()!, notes);
    if (stacks.contexts.length === 0) throw refuse(1, 'the head has no row below it');
    onStage('build');
    return { format: INSTRUMENTS.id, writer: 'Instruments', profiles: [stacks.build()], warnings: notes.list() };
  },
};

const WORDS: Readonly<Record<Kind, string>> = {
  time: 'a time with its unit',
  cycles: 'a number of cycles',
  bytes: 'a number of bytes',
};

/** What the weights are: the first one with a unit tells. */
function findKind(lines: readonly string[], weigh: (cells: readonly string[]) => Amount | null): Kind {
  for (let index = 1; index < lines.length; index++) {
    const kind = weigh(lines[index]!.split('\t'))?.kind;
    if (kind) return kind;
  }
  throw refuse(2, 'no weight has a unit that is known (time, bytes or cycles)');
}

/** Adds what is a row's own, now that all its children are known. */
function closeRow(stacks: StackProfile, row: OpenRow, notes: Notes): void {
  row.totals.forEach(({ value, slack }, metric) => {
    const rest = value - row.below[metric]!;
    const self = metric === 0 ? row.self : null;
    // Doubles that are added up are off by more than nothing.
    const margin = slack + row.slack[metric]! + (self?.slack ?? 0) + 1e-9 * value;
    let own = rest;
    if (self !== null && Math.abs(rest - self.value) <= margin) own = self.value;
    else if (row.hasChildren && Math.abs(rest) <= margin) own = 0;
    else if (rest < 0) {
      own = self?.value ?? 0;
      notes.add(
        'children-exceed',
        (rows) =>
          `${rows} ${rows === 1 ? 'function has' : 'functions have'} less than what is below: totals are added up from below.`,
        () => null,
      );
    }
    if (Math.abs(own - rest) > 1e-9 * value && rest >= -margin) {
      notes.add(
        'rounded',
        () => 'Instruments rounds what it copies: totals, added up here, may differ from its own in the last digits.',
        () => null,
      );
    }
    if (own !== 0) stacks.contexts.addSelf(row.context, metric, own);
  });
}

function refuse(line: number, what: string): FormatError {
  return new FormatError(`instruments line ${line}: ${what}`, {
    format: INSTRUMENTS.id,
    line,
    advice: 'Copy the tree again: Edit > Deep Copy',
  });
}
