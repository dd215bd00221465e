/**
 * What Python's sampling profiler prints:
 *
 *   Captured 1064 samples in 1.07 seconds
 *          nsamples   sample%  tottime (ms)    cumul%  cumtime (ms)  filename:lineno(function)
 *            50/203       5.1        50.000      20.6       203.000  decoder.py:358(JSONDecoder.decode)
 *
 * `nsamples` is self/total. Rows are those of the first functions only; several reports give a profile each.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup, Unit } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { TACHYON_TEXT } from './format.ts';

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['μs', 'microseconds'],
  ['µs', 'microseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
]);
const ROW = /^\s*(\d{1,15})(?:\/(\d{1,15}))?\s+([\d.]{1,30})\s+([\d.]{1,30})\s+([\d.]{1,30})\s+([\d.]{1,30})\s+(\S.*)$/;

interface Row {
  readonly place: string;
  readonly self: number;
  readonly total: number;
  readonly selfTime: number;
  readonly totalTime: number;
}

interface Report {
  readonly unit: Unit;
  readonly rows: Row[];
}

/** Reads printed reports of Python's sampling profiler. */
export const tachyonTextReader: Reader = {
  ...TACHYON_TEXT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const { reports, about } = readReports(source.lines());
    onStage('build');
    const book = new FrameBook();
    const builders = reports.map((report, at) => {
      const builder = new ProfileBuilder(
        {
          name: reports.length === 1 ? '' : `report ${at + 1}`,
          metrics: [
            { name: 'samples', unit: 'count' },
            { name: 'time', unit: report.unit },
          ],
          traits: { sampled: true, hasCounts: false, linesRan: true },
        },
        book,
      );
      for (const row of report.rows) {
        const { name, file, line } = parsePlace(row.place);
        builder.setFunction(builder.addFrame(name, file, line), {
          self: [row.self, row.selfTime],
          total: [row.total, row.totalTime],
        });
      }
      return builder;
    });
    notes.add(
      'report-only',
      () => 'A report has the first functions only, without their callers: record a profile to see all.',
      () => null,
    );
    return {
      format: 'tachyon-text',
      writer: 'Python (profiling.sampling)',
      profiles: builders.map((builder) => builder.build()),
      warnings: notes.list(),
      about,
    };
  },
};

function readReports(lines: readonly string[]): { readonly reports: Report[]; readonly about: [string, string][] } {
  const reports: Report[] = [];
  const about: [string, string][] = [];
  let report: Report | null = null;
  for (const line of lines) {
    if (line.includes('nsamples') && line.includes('filename:lineno')) {
      report = { unit: findUnit(line), rows: [] };
      reports.push(report);
      continue;
    }
    const row = report === null ? null : ROW.exec(line);
    if (row !== null) {
      const [, self, total, , selfTime, , totalTime, place] = row;
      report!.rows.push({
        self: Number(self),
        total: Number(total ?? self),
        selfTime: Number(selfTime) || 0,
        totalTime: Number(totalTime) || 0,
        place: place!.trimEnd(),
      });
      continue;
    }
    // Rows are a run; a blank line ends it.
    if (report !== null && report.rows.length > 0) report = null;
    const fact = /^(Captured|Sample rate:|Error rate:|Warning:) (.{1,200})$/.exec(line.trim());
    if (fact !== null) about.push([fact[1]!.replace(':', '').toLowerCase(), fact[2]!]);
  }
  if (reports.length === 0) {
    throw new FormatError('tachyon-text: the report has no head `nsamples ... filename:lineno(function)`', {
      format: 'tachyon-text',
      line: 1,
      advice: 'Copy the whole report, from `Profile Stats:` on',
    });
  }
  return { reports, about };
}

function findUnit(head: string): Unit {
  const unit = /tottime \(([^)]{1,4})\)/.exec(head)?.[1] ?? 's';
  return UNITS.get(unit) ?? 'seconds';
}

/** `file:12(function)`; a function may hold anything. */
function parsePlace(place: string): { readonly name: string; readonly file: string; readonly line: number } {
  const found = /:(-?\d{1,9})\(/.exec(place);
  if (found === null || !place.endsWith(')')) return { name: place, file: '', line: 0 };
  return {
    name: place.slice(found.index + found[0].length, -1),
    file: place.slice(0, found.index),
    line: Number(found[1]),
  };
}
