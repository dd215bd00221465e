/**
 * The text of `perf script`: records of a header and a stack, innermost frame first, with a blank line behind.
 *
 *   python 26049  2011.053067:    3333333 cpu-clock:ppp:
 *           199d3f PyDict_SetItem+0xf (/usr/lib/libpython3.11.so.1.0)
 *
 * A thread is a profile; an event is a metric (its samples), and so are its periods where the file has them.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { PERF_SCRIPT } from './format.ts';
import { parsePerfFrame, skipAddress } from './frame.ts';
import { type PerfHeader, parseHeader } from './header.ts';

/** A record; its stack is a number, equal stacks of lines share it. */
interface PerfRecord {
  readonly header: PerfHeader;
  /** Innermost first. */
  readonly frames: Int32Array;
}

/** Reads what `perf script` prints. */
export const perfScriptReader: Reader = {
  ...PERF_SCRIPT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const { records, about, comments } = readRecords(source.lines(), book, notes);
    if (records.length === 0) {
      throw new FormatError('perf-script: no line begins a record (comm pid time: event:)', {
        format: 'perf-script',
        line: 1,
        offset: 0,
        advice: 'Print it again: perf script -i perf.data > app.perf',
      });
    }
    onStage('build');
    const metrics = listMetrics(records);
    const threads = fillThreads(records, metrics, book, notes);
    const isTool = comments.some((line) => line.includes('perf version'));
    return {
      format: 'perf-script',
      writer: isTool
        ? comments.find((line) => line.includes('perf version'))!.replace(/^# perf version :\s*/, 'perf ')
        : null,
      profiles: threads.build(),
      warnings: notes.list(),
      about: [
        ...about,
        ['events', countEach(records, ({ event }) => event)],
        ['programs', countEach(records, ({ comm }) => comm)],
        ...threads.about(),
      ],
    };
  },
};

function readRecords(lines: readonly string[], book: FrameBook, notes: Notes) {
  const records: PerfRecord[] = [];
  const about: [name: string, value: string][] = [];
  const comments: string[] = [];
  const known = new Map<string, FrameIndex>();
  let header: PerfHeader | null = null;
  let frames: FrameIndex[] = [];
  const finish = () => {
    if (header !== null) records.push({ header, frames: Int32Array.from(frames) });
    header = null;
    frames = [];
  };
  for (let row = 0; row < lines.length; row++) {
    const line = lines[row]!;
    if (line === '' || line.trim() === '') {
      finish();
    } else if (line[0] === '#') {
      comments.push(line);
      const field = /^# (cmdline|hostname|os release|captured on)\s*:\s*(.*)$/.exec(line);
      if (field !== null) about.push([field[1]!, field[2]!]);
    } else if (line[0] === ' ' || line[0] === '\t') {
      if (header === null) {
        notes.add(
          'stray-frame',
          (count) => `${count} lines of stacks have no header: left out.`,
          () => `line ${row + 1}`,
        );
        continue;
      }
      const text = skipAddress(line);
      let frame = known.get(text);
      if (frame === undefined) {
        const place = parsePerfFrame(text);
        frame = place === null ? -1 : book.frame(place.name, place.file, place.line);
        known.set(text, frame);
      }
      if (frame >= 0) frames.push(frame);
    } else {
      finish();
      header = parseHeader(line);
      if (header === null) {
        notes.add(
          'not-a-record',
          (count) => `${count} ${count === 1 ? 'line is' : 'lines are'} no record of perf and left out.`,
          () => `line ${row + 1}: ${line.slice(0, 60)}`,
        );
      }
    }
  }
  finish();
  return { records, about, comments };
}

/** `cpu-clock 561, cycles 12`. */
function countEach(records: readonly PerfRecord[], nameOf: (header: PerfHeader) => string): string {
  const counts = new Map<string, number>();
  for (const { header } of records) counts.set(nameOf(header), (counts.get(nameOf(header)) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name === '' ? '(no name)' : name} ${count}`).join(', ');
}

/** Samples and periods of every event, in the order in which the events come up. */
interface EventMetrics {
  readonly metrics: readonly Metric[];
  /** Columns of an event: of its samples, and of its periods (-1: none). */
  readonly columns: ReadonlyMap<string, readonly [samples: number, periods: number]>;
}

function listMetrics(records: readonly PerfRecord[]): EventMetrics {
  const periods = new Map<string, boolean>();
  for (const { header } of records) {
    periods.set(header.event, (periods.get(header.event) ?? false) || !Number.isNaN(header.period));
  }
  const metrics: Metric[] = [];
  const columns = new Map<string, readonly [number, number]>();
  for (const [event, hasPeriod] of periods) {
    const samples = metrics.length;
    metrics.push({ name: periods.size === 1 || event === '' ? 'samples' : `${event} samples`, unit: 'count' });
    if (hasPeriod) {
      const isTime = /^(cpu|task)-clock/.test(event);
      metrics.push({ name: event === '' ? 'period' : event, unit: isTime ? 'nanoseconds' : 'count' });
    }
    columns.set(event, [samples, hasPeriod ? samples + 1 : -1]);
  }
  return { metrics, columns };
}

function fillThreads(
  records: readonly PerfRecord[],
  { metrics, columns }: EventMetrics,
  book: FrameBook,
  notes: Notes,
) {
  const isTimed = records.every(({ header }) => header.time >= 0);
  const origin = isTimed
    ? records.reduce((first, { header }) => Math.min(first, header.time), Number.POSITIVE_INFINITY)
    : 0;
  const threads = new ThreadProfiles(book, notes, {
    metrics,
    sampled: true,
    axis: { name: 'time', unit: 'seconds' },
  });
  const order = Int32Array.from(records, (_, at) => at);
  if (isTimed) order.sort((a, b) => records[a]!.header.time - records[b]!.header.time || a - b);
  for (const at of order) {
    const { header, frames } = records[at]!;
    const { comm, process, thread, cpu, time } = header;
    // Thread 0 is what each CPU runs when it has nothing to do.
    const idle = thread === '0' && cpu !== '' ? ` [${cpu}]` : '';
    const ids = process === thread ? process : `${process}/${thread}`;
    const stacks = threads.find(`${comm}\0${ids}${idle}`, () => `${comm} ${ids}${idle}`);
    const [samples, periods] = columns.get(header.event)!;
    const values = metrics.map(() => 0);
    values[samples] = 1;
    if (periods >= 0 && header.period >= 0) values[periods] = header.period;
    const context = stacks.findStack(frames.toReversed());
    if (isTimed) stacks.addSample(context, time - origin, values);
    else {
      stacks.contexts.addRecord(context);
      for (let metric = 0; context >= 0 && metric < values.length; metric++) {
        stacks.contexts.addSelf(context, metric, values[metric]!);
      }
    }
    if (context < 0) {
      notes.add(
        'no-stack',
        (count) => `${count} samples have no stack.`,
        () => `${comm} ${ids} at ${time}`,
      );
    }
    refuseTooManyContexts(stacks.contexts.length, 'perf-script');
  }
  return threads;
}
