/**
 * Reports of line_profiler, as `kernprof -v`, `python -m line_profiler` and `%lprun` print them:
 *
 *   Timer unit: 1e-06 s                       unit of the Time column, whatever the file's was (-u)
 *
 *   Total time: 0.00398 s                     always seconds
 *   File: app.py                              in old versions before the total; or "Could not find file …"
 *   Function: parse at line 8
 *
 *   Line #      Hits         Time  Per Hit   % Time  Line Contents
 *   ==============================================================
 *        9                                           def parse(n):
 *       10         1          0.7      0.7      0.0      total = 0
 *
 * Columns are set to the right and widen with their numbers. Per Hit and % Time are computed from the others. What
 * stands around the reports (the program's own output, the summary of `-m`) is left out.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex, Profile, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { type Columns, findColumns, readRow } from './columns.ts';
import { toSeconds } from './units.ts';

const DEFAULT_UNIT = 1e-6;

/** What stands above a table. */
interface Heading {
  total?: number;
  file?: string;
  name?: string;
  line?: number;
}

/** One report: from a timer's unit to the next. */
interface Report {
  readonly unit: number;
  readonly unitText: string;
  readonly lines: LineBuilder;
  readonly functions: Map<FrameIndex, { total: [number] }>;
}

/** Reads a report. @throws FormatError */
export function readLprofText(source: Source, onStage: StageHook): ProfileGroup {
  const reader = new ReportReader();
  source.lines().forEach((line, index) => {
    reader.take(line, index + 1);
  });
  reader.endHeading();
  const { reports, notes, book } = reader;
  const found = reports.filter(({ functions }) => functions.size > 0);
  if (found.length === 0 && reports.length === 0) {
    throw new FormatError('lprof-text line 1: expected a report of line_profiler, found no function in it', {
      format: 'lprof-text',
      line: 1,
      offset: 0,
      advice: 'Print it again: python -m line_profiler app.py.lprof',
    });
  }
  if (found.length === 0) {
    notes.add(
      'no-functions',
      () => 'No function was marked to be profiled: the report holds none.',
      () => null,
    );
  }
  onStage('build');
  const kept = found.length > 0 ? found : reports.slice(0, 1);
  const profiles = kept.map(
    ({ lines, functions }, index): Profile =>
      buildPlainProfile(book, {
        name: kept.length > 1 ? `report ${index + 1}` : '',
        metrics: [{ name: 'time', unit: 'seconds' }],
        lines,
        functions,
      }),
  );
  return {
    format: 'lprof-text',
    writer: 'line_profiler',
    profiles,
    warnings: notes.list(),
    about: kept.map(({ unitText }) => ['timer unit', unitText] as const),
  };
}

class ReportReader {
  readonly reports: Report[] = [];
  readonly book = new FrameBook();
  readonly notes = new Notes();
  #heading: Heading = {};
  #columns: Columns | null = null;
  #frame: FrameIndex = -1;

  take(line: string, number: number): void {
    if (this.#columns !== null) {
      if (this.#takeRow(line, number, this.#columns)) return;
      this.#columns = null;
      this.#frame = -1;
    }
    const unit = /^Timer unit: (\S+) s/.exec(line);
    if (unit !== null) {
      this.endHeading();
      this.#begin(Number(unit[1]), `${unit[1]} s`);
      return;
    }
    this.#columns = findColumns(line);
    if (this.#columns === null) this.#takeHeading(line);
  }

  /** Keeps what a heading says of a function that has no table. */
  endHeading(): void {
    const { name, line, file, total } = this.#heading;
    if (name === undefined || line === undefined) {
      this.#heading = {};
      return;
    }
    this.#addFunction(this.book.frame(name, file, line), total);
    this.#heading = {};
  }

  #takeHeading(line: string): void {
    const total = /^Total time: (\S+) s$/.exec(line.trimEnd());
    const missing = /^Could not find file (.+)$/.exec(line);
    const at = line.startsWith('Function: ') ? line.lastIndexOf(' at line ') : -1;
    if (total !== null) {
      if (this.#heading.total !== undefined) this.endHeading();
      this.#heading.total = Number(total[1]);
    } else if (line.startsWith('File: ') || missing !== null) {
      if (this.#heading.file !== undefined) this.endHeading();
      this.#heading.file = missing?.[1] ?? line.slice('File: '.length).trimEnd();
    } else if (at > 0) {
      this.#heading.name = line.slice('Function: '.length, at);
      this.#heading.line = Number.parseInt(line.slice(at + ' at line '.length), 10) | 0;
    }
  }

  /** A row of the table, or the rule under its head; false where the table ends. */
  #takeRow(line: string, number: number, columns: Columns): boolean {
    if (/^=+\s*$/.test(line)) return true;
    const row = readRow(line, columns);
    if (row === null) {
      if (line.trim() === '' || this.#frame < 0) return false;
      this.#noteBadLine(number);
      return true;
    }
    if (this.#frame < 0) {
      // A report whose file was not found does not name the function: its first line is known all the same.
      const { name = `line ${row.line}`, file = '', line: first = row.line, total } = this.#heading;
      this.#frame = this.book.frame(name, file, first);
      this.#addFunction(this.#frame, total);
      this.#heading = {};
    }
    const { unit, lines } = this.#report();
    const isOdd = row.hits < 0 || !Number.isFinite(row.hits + row.time);
    if (row.isRun && isOdd) this.#noteBadLine(number);
    lines.add(this.#frame, this.book.fileOf(this.#frame), row.line, {
      ...(row.isRun && !isOdd ? { calls: row.hits, values: [toSeconds(row.time, unit)] } : { values: [Number.NaN] }),
      text: this.book.text(row.text),
    });
    return true;
  }

  #noteBadLine(number: number): void {
    this.notes.add(
      'bad-line',
      (count) => `${count} ${count === 1 ? 'line of a table is' : 'lines of tables are'} damaged: left out.`,
      () => `line ${number}`,
    );
  }

  #addFunction(frame: FrameIndex, total = Number.NaN): void {
    const { functions } = this.#report();
    const known = functions.get(frame)?.total[0];
    const stated = Number.isFinite(total) ? total : Number.NaN;
    functions.set(frame, { total: [known === undefined ? stated : known + stated] });
  }

  #report(): Report {
    if (this.reports.length === 0) this.#begin(Number.NaN, '1e-06 s (assumed)');
    return this.reports.at(-1)!;
  }

  #begin(unit: number, unitText: string): void {
    const isUnit = unit > 0 && unit < Number.POSITIVE_INFINITY;
    if (!isUnit) {
      this.notes.add(
        'unit-assumed',
        () => 'The report does not say its timer’s unit: taken for microseconds.',
        () => null,
      );
    }
    this.reports.push({
      unit: isUnit ? unit : DEFAULT_UNIT,
      unitText,
      lines: new LineBuilder(1),
      functions: new Map(),
    });
  }
}
