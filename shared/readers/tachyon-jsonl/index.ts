/**
 * JSON Lines of Python's sampling profiler: one record a line, tables and sums in pieces of a few hundred entries.
 *
 *   meta           sample_interval_usec, mode
 *   string_table   strings [{str_id, value}]                            (version 1: str_def, defs)
 *   frame_table    frames [{frame_id, path_str_id, func_str_id, line}]  (version 1: frame_def, defs)
 *   agg            entries [{frame_id, self, cumulative}]
 *   end            samples_total
 *
 * Files of several runs give a profile for each. Source: CPython, Lib/profiling/sampling/jsonl_collector.py.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { describeValue } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { TACHYON_JSONL } from './format.ts';

const ADVICE = 'Make the profile again, or copy it again: it is not whole';
const MAX_RUNS = 64;

interface Sums {
  self: number;
  total: number;
}

/** One run, as far as it was read. */
class Run {
  interval = Number.NaN;
  mode = '';
  samples = 0;
  records = 0;
  isEnded = false;
  readonly strings = new Map<number, string>();
  readonly frames = new Map<number, number>();
  readonly sums = new Map<number, Sums>();
}

/** Reads JSON Lines of Python's sampling profiler. */
export const tachyonJsonlReader: Reader = {
  ...TACHYON_JSONL,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return new JsonlReading(source).read(onStage);
  },
};

class JsonlReading {
  readonly #lines: readonly string[];
  readonly #notes = new Notes();
  readonly #book = new FrameBook();
  readonly #runs = new Map<string, Run>();
  #line = 0;

  constructor(source: Source) {
    this.#lines = source.lines();
  }

  read(onStage: StageHook): ProfileGroup {
    for (this.#line = 1; this.#line <= this.#lines.length; this.#line++) {
      const text = this.#lines[this.#line - 1]!;
      if (text.trim() !== '') this.#readLine(text);
    }
    onStage('build');
    const runs = [...this.#runs.values()];
    if (runs.every(({ records }) => records === 0)) {
      throw this.#fault('the file has no sums of functions (a record `agg`)', this.#lines.length);
    }
    if (runs.some(({ isEnded }) => !isEnded)) {
      this.#notes.add(
        'cut-short',
        () => 'The file has no end record: it was cut short, and functions may be missing.',
        () => `line ${this.#lines.length}`,
      );
    }
    const profiles = runs.map((run, at) => this.#buildProfile(run, runs.length === 1 ? '' : `run ${at + 1}`));
    const { interval, mode, samples } = runs[0]!;
    return {
      format: 'tachyon-jsonl',
      writer: 'Python (profiling.sampling)',
      profiles,
      warnings: this.#notes.list(),
      about: [
        ['interval', `${interval} µs`],
        ['mode', mode],
        ['samples', String(samples)],
      ],
    };
  }

  #readLine(text: string): void {
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch (cause) {
      if (this.#line === this.#lines.length && this.#runs.size > 0) return;
      throw this.#fault('this is no JSON record', this.#line, cause);
    }
    if (!isRecord(record)) throw this.#fault('a record is an object', this.#line);
    const key = String(record.run_id ?? '');
    let run = this.#runs.get(key);
    if (run === undefined) {
      if (this.#runs.size === MAX_RUNS) throw this.#fault(`more than ${MAX_RUNS} runs`, this.#line);
      run = new Run();
      this.#runs.set(key, run);
    }
    switch (record.type) {
      case 'meta':
        run.interval = this.#getNumber(record, 'sample_interval_usec');
        run.mode = String(record.mode ?? '');
        break;
      case 'string_table':
      case 'str_def':
        for (const entry of this.#getEntries(record, 'strings')) {
          run.strings.set(this.#getNumber(entry, 'str_id'), String(entry.value ?? ''));
        }
        break;
      case 'frame_table':
      case 'frame_def':
        for (const entry of this.#getEntries(record, 'frames')) this.#readFrame(run, entry);
        break;
      case 'agg':
        this.#readSums(run, record);
        break;
      case 'end':
        run.isEnded = true;
        run.samples = this.#getNumber(record, 'samples_total');
        break;
      default:
        this.#notes.add(
          'unknown-record',
          (count) => `${count} ${count === 1 ? 'record' : 'records'} of an unknown kind left out.`,
          () => `line ${this.#line}`,
        );
    }
  }

  #readFrame(run: Run, entry: Readonly<Record<string, unknown>>): void {
    const name = run.strings.get(this.#getNumber(entry, 'func_str_id'));
    const file = run.strings.get(this.#getNumber(entry, 'path_str_id'));
    if (name === undefined || file === undefined) {
      throw this.#fault('a frame names a string that is not in the file', this.#line);
    }
    const line = typeof entry.line === 'number' && Math.abs(entry.line) < 2 ** 31 ? Math.trunc(entry.line) : 0;
    run.frames.set(this.#getNumber(entry, 'frame_id'), this.#book.frame(name, file, line));
  }

  #readSums(run: Run, record: Readonly<Record<string, unknown>>): void {
    if (record.kind !== undefined && record.kind !== 'frame') return;
    run.records++;
    if (run.samples === 0 && typeof record.samples_total === 'number') run.samples = record.samples_total;
    for (const entry of this.#getEntries(record, 'entries')) {
      const frame = run.frames.get(this.#getNumber(entry, 'frame_id'));
      if (frame === undefined) throw this.#fault('sums of a frame that is not in the file', this.#line);
      const self = this.#getNumber(entry, 'self');
      const total = this.#getNumber(entry, 'cumulative');
      const known = run.sums.get(frame);
      if (known === undefined) {
        run.sums.set(frame, { self, total });
        continue;
      }
      // Places on one line that differ in columns: whether a sample had both of them is not in the file.
      known.self += self;
      known.total += total;
      this.#notes.add(
        'same-line',
        (count) =>
          `${count} ${count === 1 ? 'place shares its line' : 'places share their line'} with another of the function: totals are added, and may count a sample twice.`,
        () => `line ${this.#line}`,
      );
    }
  }

  #buildProfile(run: Run, name: string): Profile {
    const hasTime = run.interval > 0;
    const builder = new ProfileBuilder(
      {
        name,
        metrics: [
          { name: 'samples', unit: 'count' },
          ...(hasTime ? [{ name: 'time', unit: 'microseconds' } as const] : []),
        ],
        traits: { sampled: true, hasCounts: false, linesRan: true },
      },
      this.#book,
    );
    for (const [frame, sums] of run.sums) {
      const total = run.samples > 0 ? Math.min(sums.total, run.samples) : sums.total;
      builder.setFunction(frame, {
        self: hasTime ? [sums.self, sums.self * run.interval] : [sums.self],
        total: hasTime ? [total, total * run.interval] : [total],
      });
    }
    return builder.build();
  }

  /** Entries of a record: under their name in version 0, under `defs` in version 1. */
  #getEntries(record: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>>[] {
    const entries = record[name] ?? record.defs;
    if (!Array.isArray(entries) || !entries.every(isRecord)) {
      throw this.#fault(`a record of type ${describeValue(record.type)} has no list \`${name}\``, this.#line);
    }
    return entries;
  }

  #getNumber(record: Readonly<Record<string, unknown>>, name: string): number {
    const value = record[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.#fault(`expected a number \`${name}\`, found ${describeValue(value)}`, this.#line);
    }
    return value;
  }

  #fault(found: string, line: number, cause?: unknown): FormatError {
    return new FormatError(`tachyon-jsonl line ${line}: ${found}`, {
      format: 'tachyon-jsonl',
      line,
      advice: ADVICE,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
