/**
 * Printed pstats reports to profiles.
 *
 *   head ("N function calls in S seconds")  begins a report
 *   table of functions                      its functions
 *   lists of callers, of callees            its calls; they say the same from both ends
 *
 * A list without a head belongs to the report before it, unless it contradicts it. Anything else in the text is what
 * the program printed, and passed over.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { CALLS_HEAD, TABLE_HEAD, TOTALS } from './format.ts';
import { CallList, Report } from './report.ts';
import { parseCallRow, parseCountRow, parseFunctionRow } from './rows.ts';

/** Date and name of the file that was printed, as `pstats.Stats(file)` heads its reports. */
const FILE_LINE = /^\s*([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})\s+(\S.*)$/;
/** Name of a request, as web servers' profiling layers head theirs. */
const PATH_LINE = /^PATH: '(.*)'$/;
const ORDER = /^\s*(?:Ordered by: (.*\S)|Random listing order was used)\s*$/;
const RESTRICTION = /^\s*List reduced from (\d+) to (\d+) due to restriction <(.*)>\s*$/;
const CALL_COLUMNS = /^\s*ncalls\s+tottime\s+cumtime\s*$/;

type Part = 'none' | 'functions' | 'calls';

/** Reads all reports of a text. @throws FormatError when there is none. */
export function readReports(source: Source, onStage: StageHook): ProfileGroup {
  const scan = new ReportScan(source.lines());
  scan.run();
  const { reports, notes } = scan;
  if (reports.length === 0) {
    throw new FormatError('pstats-text: no line says how many function calls there were, and no table follows', {
      format: 'pstats-text',
      advice: 'Save the profile itself: python -m cProfile -o app.prof app.py',
    });
  }
  onStage('build');
  const hasSeveral = reports.length > 1;
  return {
    format: 'pstats-text',
    writer: null,
    profiles: reports.map((report, at) => report.build(hasSeveral ? nameReport(report, at) : '')),
    warnings: notes.list(),
    about: reports.flatMap((report, at) =>
      report.about.map(([name, value]) => [hasSeveral ? `${nameReport(report, at)}: ${name}` : name, value] as const),
    ),
  };
}

function nameReport(report: Report, at: number): string {
  return report.title === '' ? `report ${at + 1}` : `report ${at + 1} (${report.title})`;
}

/** Walks the lines once. */
class ReportScan {
  readonly reports: Report[] = [];
  readonly notes = new Notes();
  readonly #lines: readonly string[];
  /** What stood before the head of the next report. */
  #title: { readonly name: string; readonly date: string } | null = null;
  /** What was said of the list that follows. */
  #order: string | null = null;
  #restrictions: { readonly text: string; readonly all: number; readonly listed: number }[] = [];
  #part: Part = 'none';
  /** The list of calls that is being read. */
  #list: CallList | null = null;
  #afterBlank = false;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  run(): void {
    for (let at = 0; at < this.#lines.length; at++) {
      const line = this.#lines[at]!.trimEnd();
      if (line === '') {
        this.#afterBlank = true;
        continue;
      }
      if (!this.#readHead(line) && !this.#readRow(line)) this.#passOver(line, at);
      this.#afterBlank = false;
    }
    this.#endList();
    for (const [at, report] of this.reports.entries()) {
      this.#noteWhatIsMissing(report, this.reports.length > 1 ? nameReport(report, at) : null);
    }
  }

  /** Lines that begin something. */
  #readHead(line: string): boolean {
    const totals = TOTALS.exec(line);
    if (totals !== null) {
      this.#endList();
      this.#begin(totals);
      return true;
    }
    const title = FILE_LINE.exec(line);
    if (title !== null) {
      this.#title = { name: title[2]!, date: title[1]! };
      this.#part = 'none';
      return true;
    }
    const path = PATH_LINE.exec(line);
    if (path !== null) {
      this.#title = { name: path[1]!, date: '' };
      this.#part = 'none';
      return true;
    }
    const order = ORDER.exec(line);
    if (order !== null) {
      this.#order = order[1] ?? 'none';
      this.#part = 'none';
      return true;
    }
    const restriction = RESTRICTION.exec(line);
    if (restriction !== null) {
      const [, all, listed, rule] = restriction;
      this.#restrictions.push({
        text: `from ${all} to ${listed} due to ${rule}`,
        all: Number(all),
        listed: Number(listed),
      });
      return true;
    }
    if (TABLE_HEAD.test(line)) {
      this.#endList();
      const last = this.reports.at(-1);
      const report = last === undefined || last.hasTable || last.hasCalls ? this.#begin(null) : last;
      report.hasTable = true;
      report.listed = this.#describe(report.about, '');
      this.#part = 'functions';
      return true;
    }
    const calls = CALLS_HEAD.exec(line);
    if (calls !== null) {
      this.#endList();
      const title = calls[1] ?? calls[2]!;
      this.#list = new CallList(calls[1] === undefined ? 'callees' : 'callers', line.indexOf(title));
      this.#list.listed = this.#describe(this.#list.about, `${this.#list.kind} `);
      this.#part = 'calls';
      return true;
    }
    return this.#part === 'calls' && CALL_COLUMNS.test(line);
  }

  #begin(totals: RegExpExecArray | null): Report {
    const report = new Report(this.#title?.name ?? '');
    if (this.#title !== null) {
      report.about.push(['file', this.#title.name]);
      if (this.#title.date !== '') report.about.push(['date', this.#title.date]);
    }
    if (totals !== null) {
      const [, all, primitive, seconds] = totals;
      report.statedCalls = Number(all);
      report.about.push(['function calls', all!], ['primitive calls', primitive ?? all!], ['seconds', seconds!]);
    }
    this.#title = null;
    this.#part = 'none';
    this.reports.push(report);
    return report;
  }

  /** Hands on what was said of the rows that follow; how many of all there are, NaN: all. */
  #describe(about: (readonly [string, string])[], of: '' | 'callers ' | 'callees '): number {
    if (this.#order !== null) about.push([`${of}ordered by`, this.#order]);
    for (const { text } of this.#restrictions) about.push([`${of}reduced`, text]);
    const [first] = this.#restrictions;
    const last = this.#restrictions.at(-1);
    this.#order = null;
    this.#restrictions = [];
    if (first === undefined || last === undefined) return Number.NaN;
    this.notes.add(
      'reduced-list',
      (count) =>
        count === 1
          ? `The report lists ${of === '' ? '' : `the ${of}of `}${last.listed} of ${first.all} functions: the others are unknown.`
          : `${count} lists of the report leave functions out: those are unknown.`,
      () => first.text,
    );
    return last.listed;
  }

  /** Rows of what was begun. */
  #readRow(line: string): boolean {
    switch (this.#part) {
      case 'none':
        return false;
      case 'functions':
        return this.#readFunction(line);
      case 'calls':
        return this.#readCall(line);
      default:
        return this.#part satisfies never;
    }
  }

  #readFunction(line: string): boolean {
    const row = parseFunctionRow(line);
    if (row === null) return false;
    if (this.reports.at(-1)!.addFunction(row)) return true;
    this.notes.add(
      'same-name',
      (count) =>
        `${count} ${count === 1 ? 'row has' : 'rows have'} the name of another one: their numbers are added up.`,
      () => row.rest,
    );
    return true;
  }

  #readCall(line: string): boolean {
    const list = this.#list!;
    const at = list.findArrow(line);
    if (at < 0 && (list.isEmpty || !/^\s/.test(line))) return false;
    const text = at < 0 ? line : line.slice(at + 2);
    const row = parseCallRow(text) ?? parseCountRow(text);
    if (row === null && (at < 0 || text.trim() !== '')) return false;
    if (at >= 0) list.begin(line.slice(0, at).trimEnd());
    if (row !== null) list.add(row);
    return true;
  }

  /** A list ends: it belongs to the report before it, unless that says something else. */
  #endList(): void {
    const list = this.#list;
    if (list === null) return;
    this.#list = null;
    if (list.entries.length < list.listed) {
      this.#noteCut(`${list.listed - list.entries.length} of ${list.listed} functions are missing`, null);
    }
    const last = this.reports.at(-1);
    (last?.agreesWith(list) ? last : this.#begin(null)).addCalls(list);
  }

  /** A line that belongs to nothing: after a blank line the program's own, else a row that broke. */
  #passOver(line: string, at: number): void {
    if (this.#part === 'none') return;
    if (this.#afterBlank) {
      this.#part = 'none';
      return;
    }
    this.notes.add(
      'odd-line',
      (count) => `${count} ${count === 1 ? 'line' : 'lines'} between the rows of a report can’t be read: left out.`,
      () => `line ${at + 1}: ${line.trim()}`,
    );
  }

  #noteWhatIsMissing(report: Report, name: string | null): void {
    const { statedCalls, listed } = report;
    if (!report.hasTable) {
      if (!(statedCalls > 0) || report.hasCalls) return;
      this.notes.add(
        'no-rows',
        (count) =>
          `${count === 1 ? 'A report lists' : `${count} reports list`} none of the functions that were called.`,
        () => name,
      );
    } else if (Number.isNaN(listed)) {
      const missing = statedCalls - report.sumCalls();
      if (missing > 0) this.#noteCut(`${missing} of ${statedCalls} function calls are in no row`, name);
    } else if (report.rows < listed) this.#noteCut(`${listed - report.rows} of ${listed} functions are missing`, name);
  }

  #noteCut(what: string, name: string | null): void {
    this.notes.add(
      'rows-missing',
      (count) =>
        count === 1 ? `The report was cut short: ${what}.` : `${count} reports were cut short: rows are missing.`,
      () => name,
    );
  }
}
