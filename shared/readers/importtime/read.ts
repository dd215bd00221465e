/**
 * Rows of a log of imports to profiles, one per process that wrote its head into the log.
 *
 * A row adopts the rows before it that stand further in and have no parent yet. So the tree is known from the bottom
 * up, and a second walk, parents first, makes the contexts.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { buildProfile } from '../../model/build.ts';
import { sumFunctions } from '../../model/context-sums.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { HEAD, IMPORTTIME, ROW } from './format.ts';

/** Rows of one process as columns, in the log's order. */
interface Imports {
  readonly name: string[];
  readonly level: number[];
  readonly self: number[];
  readonly total: number[];
  /** Row of the import that asked for this one, which comes later; -1: the program did. */
  readonly parent: number[];
  cached: number;
}

/** Reads a log. @throws FormatError when no row is in it. */
export function readImports(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const processes = scanRows(source.lines(), notes);
  const [first] = processes;
  if (first === undefined) {
    throw new FormatError('importtime: the log has a head, but no import', {
      format: IMPORTTIME.id,
      advice: 'Make the log again: python -X importtime app.py 2> imports.log',
    });
  }
  onStage('build');
  const book = new FrameBook();
  const nameOf = (at: number) => (processes.length === 1 ? '' : `process ${at + 1}`);
  const builders = processes.map((imports, at) => buildStacks(imports, book, nameOf(at), notes));
  return {
    format: IMPORTTIME.id,
    writer: 'Python -X importtime',
    profiles: builders.map(({ stacks, totals }) => stateTotals(stacks.build(), totals)),
    warnings: notes.list(),
    about: processes.flatMap(({ name, cached }, at) => {
      const prefix = nameOf(at) === '' ? '' : `${nameOf(at)}: `;
      return [
        [`${prefix}imports`, String(name.length - cached)] as const,
        ...(cached === 0 ? [] : [[`${prefix}cached imports`, String(cached)] as const]),
      ];
    }),
  };
}

function scanRows(lines: readonly string[], notes: Notes): Imports[] {
  const processes: Imports[] = [];
  let imports: Imports | null = null;
  /** Rows without a parent yet, by falling level but for those of the same. */
  let waiting: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (!line.includes('import time:')) continue;
    const row = ROW.exec(line);
    if (row === null) {
      if (line.includes(HEAD)) {
        imports = null;
      } else {
        notes.add(
          'odd-line',
          (count) => `${count} ${count === 1 ? 'row' : 'rows'} of the log can’t be read: left out.`,
          () => `line ${at + 1}: ${line.trim()}`,
        );
      }
      continue;
    }
    if (imports === null) {
      imports = { name: [], level: [], self: [], total: [], parent: [], cached: 0 };
      processes.push(imports);
      waiting = [];
    }
    const [, self, total, indent, name] = row;
    const index = imports.name.length;
    refuseTooManyContexts(index, IMPORTTIME.id);
    const level = Math.floor((indent!.length - 1) / 2);
    imports.name.push(name!.trimEnd());
    imports.level.push(level);
    imports.self.push(Number(self ?? 0));
    imports.total.push(Number(total ?? 0));
    imports.parent.push(-1);
    if (self === undefined) imports.cached++;
    while (waiting.length > 0 && imports.level[waiting.at(-1)!]! > level) imports.parent[waiting.pop()!] = index;
    waiting.push(index);
  }
  return processes;
}

/** Contexts and calls in time of one process. `totals`: what the log says, by context. */
function buildStacks(
  { name, level, self, total, parent, cached }: Imports,
  book: FrameBook,
  title: string,
  notes: Notes,
): { readonly stacks: StackProfile; readonly totals: number[] } {
  const stacks = new StackProfile(book, {
    name: title,
    metrics: [{ name: 'time', unit: 'microseconds' }],
    sampled: false,
  });
  const { contexts } = stacks;
  const context = new Int32Array(name.length);
  const depth = new Int32Array(name.length);
  const totals: number[] = [];
  // A module is known by its package: colours and groups go by files, of which the log has none.
  const frames = name.map((each) => book.frame(each, each.split('.', 1)[0]));
  // Parents come later in the log: from its end on they are known first.
  for (let row = name.length - 1; row >= 0; row--) {
    const above = parent[row]!;
    if (above < 0 && level[row]! > 0) {
      notes.add(
        'missing-parent',
        (count) =>
          `The log breaks off before ${count} ${count === 1 ? 'import is' : 'imports are'} told who asked for ${count === 1 ? 'it' : 'them'}: shown as the program’s own.`,
        () => name[row]!,
      );
    }
    depth[row] = above < 0 ? 1 : depth[above]! + 1;
    const at = contexts.child(above < 0 ? -1 : context[above]!, frames[row]!);
    context[row] = at;
    contexts.addCalls(at, 1);
    totals[at] = (totals[at] ?? 0) + total[row]!;
  }
  if (cached > 0) {
    notes.add(
      'cached-imports',
      (count) =>
        `${count} ${count === 1 ? 'import was' : 'imports were'} answered from the cache: counted as calls that take no time.`,
      () => null,
      cached,
    );
  }
  let time = 0;
  for (let row = 0; row < name.length; row++) {
    stacks.addSample(context[row]!, time, [self[row]!], row === 0 ? 0 : countShared(row - 1, row));
    time += Math.max(0, self[row]!);
  }
  stacks.endSamples(time);
  return { stacks, totals };

  /** Imports that are under way in both rows, one and the same. */
  function countShared(before: number, row: number): number {
    let [one, other] = [before, row];
    while (one !== other) {
      if (one < 0 || other < 0) return 0;
      if (depth[one]! >= depth[other]!) one = parent[one]!;
      else other = parent[other]!;
    }
    return one < 0 ? 0 : depth[one]!;
  }
}

/**
 * The profile with the log's own totals of functions. The log rounds each time up, so that the sums of the tree are a few
 * microseconds above them.
 */
function stateTotals(profile: Profile, totals: readonly number[]): Profile {
  const { contexts } = profile;
  if (contexts === undefined) return profile;
  const stated = Float64Array.from({ length: contexts.length }, (_, context) => totals[context] ?? 0);
  return buildProfile({ ...profile, functions: sumFunctions({ ...contexts, total: [stated] }, profile.frames.length) });
}
