/**
 * What yappi prints (`print_all`):
 *
 *   Clock type: CPU
 *   Ordered by: totaltime, desc
 *
 *   name                                  ncall  tsub      ttot      tavg
 *   ..e/alex/shop/threads_app.py:15 loop  3      0.001115  0.308516  0.102839
 *
 *   name           id     tid              ttot      scnt
 *   Thread         1      140293932201664  0.220760  41
 *
 * Columns are set to the left below their titles; widths and columns may be chosen. Names are cut on the left, numbers
 * on the right, both with two dots. `ncall` of a recursive function is `all/primitive`. Rows of threads say how long
 * they ran, not what: they are told with the file.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex, Profile, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { parseLogNumber } from '../time-rows.ts';

interface Column {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

interface Sums {
  calls: number;
  primitiveCalls: number;
  self: [number];
  total: [number];
}

/** A table of functions. */
interface Table {
  readonly name: string;
  readonly functions: Map<FrameIndex, Sums>;
}

/** Reads a report. */
export function readYappiText(source: Source, onStage: StageHook): ProfileGroup {
  const reader = new ReportReader();
  for (const line of source.lines()) reader.take(line);
  const tables = reader.tables.length > 0 ? reader.tables : [{ name: '', functions: new Map<FrameIndex, Sums>() }];
  onStage('build');
  const profiles = tables.map(
    ({ name, functions }, index): Profile =>
      buildPlainProfile(reader.book, {
        name: name === '' && tables.length > 1 ? `report ${index + 1}` : name,
        metrics: [{ name: 'time', unit: 'seconds' }],
        functions,
      }),
  );
  return {
    format: 'yappi-text',
    writer: 'yappi',
    profiles,
    warnings: reader.notes.list(),
    about: reader.about,
  };
}

class ReportReader {
  readonly book = new FrameBook();
  readonly notes = new Notes();
  readonly tables: Table[] = [];
  readonly about: (readonly [string, string])[] = [];
  #columns: readonly Column[] | null = null;
  #name = '';

  take(line: string): void {
    const clock = /^Clock type: +(\S+)/.exec(line)?.[1];
    if (clock !== undefined) {
      if (!this.about.some(([name, value]) => name === 'clock' && value === clock)) this.about.push(['clock', clock]);
      return;
    }
    // Heading of each thread's functions in yappi's own example.
    const thread = /^Function stats for (\(.{1,200}\) \(\d+\))/.exec(line)?.[1];
    if (thread !== undefined) this.#name = thread;
    const columns = findColumns(line);
    if (columns !== null) {
      this.#columns = columns;
      if (isOfThreads(columns)) return;
      this.tables.push({ name: this.#name, functions: new Map() });
      this.#name = '';
    } else if (this.#columns !== null && (line.trim() === '' || !this.#takeRow(line, this.#columns))) {
      this.#columns = null;
    }
  }

  /** False where the table ends. */
  #takeRow(line: string, columns: readonly Column[]): boolean {
    const cells = new Map(columns.map(({ title, start, end }) => [title, line.slice(start, end).trim()]));
    const name = cells.get('name') ?? '';
    if (name === '' || Number.isNaN(this.#readNumber(cells.get('ttot') ?? cells.get('tsub') ?? '0', false)))
      return false;
    if (isOfThreads(columns)) {
      const told = [
        name,
        ...(cells.has('tid') ? [`tid ${cells.get('tid')}`] : []),
        `${cells.get('ttot')} s`,
        `scheduled ${cells.get('scnt')} times`,
      ];
      this.about.push([`thread ${cells.get('id') ?? ''}`.trim(), told.join(', ')]);
      return true;
    }
    const counts = (cells.get('ncall') ?? '').split('/', 2).map((count) => this.#readNumber(count));
    const sums: Sums = {
      calls: Math.max(...counts),
      primitiveCalls: Math.min(...counts),
      self: [this.#readNumber(cells.get('tsub'))],
      total: [this.#readNumber(cells.get('ttot'))],
    };
    const { functions } = this.tables.at(-1)!;
    const frame = this.#frame(name);
    const known = functions.get(frame);
    functions.set(frame, known === undefined ? sums : this.#addUp(known, sums, name));
    return true;
  }

  /** `file:line name`, `module.name` of a builtin, or what the cut has left of either. */
  #frame(fullName: string): FrameIndex {
    const [, file, line, name] = /^(.*):(\d{1,9}) (.+)$/.exec(fullName) ?? [];
    if (name === undefined) return this.book.frame(fullName);
    return this.book.frame(name, file, Number(line));
  }

  /** A number; NaN where it was cut or is none. */
  #readNumber(cell: string | undefined, isNoted = true): number {
    if (cell?.endsWith('..') !== true) return parseLogNumber(cell);
    if (!isNoted) return 0;
    this.notes.add(
      'cut-number',
      (count) => `${count} ${count === 1 ? 'number was' : 'numbers were'} too wide for the report: unknown.`,
      () => null,
    );
    return Number.NaN;
  }

  #addUp(one: Sums, other: Sums, name: string): Sums {
    this.notes.add(
      'same-name',
      (count) =>
        `${count} ${count === 1 ? 'function is' : 'functions are'} called as another since the report cut the names: added up.`,
      () => name,
    );
    return {
      calls: one.calls + other.calls,
      primitiveCalls: one.primitiveCalls + other.primitiveCalls,
      self: [one.self[0] + other.self[0]],
      total: [one.total[0] + other.total[0]],
    };
  }
}

/** The columns that a head names; null when the line is none. */
function findColumns(line: string): readonly Column[] | null {
  if (!/(^|\s)name\s/.test(line) || !/^[a-z]+( +[a-z]+){1,8} *$/.test(line)) return null;
  const found = [...line.matchAll(/[a-z]+/g)].map((match) => ({ title: match[0], start: match.index }));
  const isKnown = found.some(({ title }) => title === 'ttot' || title === 'tsub' || title === 'ncall');
  if (!isKnown) return null;
  return found.map(({ title, start }, index) => ({
    title,
    start,
    end: found[index + 1]?.start ?? Number.POSITIVE_INFINITY,
  }));
}

function isOfThreads(columns: readonly Column[]): boolean {
  return columns.some(({ title }) => title === 'scnt');
}
