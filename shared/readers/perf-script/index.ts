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
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { PERF_SCRIPT } from './format.ts';
import { readPerfLines } from './lines.ts';
import type { PerfRecords } from './records.ts';

/** Reads what `perf script` prints. */
export const perfScriptReader: Reader = {
  ...PERF_SCRIPT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const { records, about, writer } = readPerfLines(source.lines(), book, notes);
    if (records.length === 0) {
      throw new FormatError('perf-script: no line begins a record (comm pid time: event:)', {
        format: 'perf-script',
        line: 1,
        offset: 0,
        advice: 'Print it again: perf script -i perf.data > app.perf',
      });
    }
    if (!records.hasStacks) {
      const { length } = records;
      throw new FormatError(
        `perf-script: none of the ${length} ${length === 1 ? 'event' : 'events'} has a stack or an address`,
        {
          format: 'perf-script',
          line: 1,
          offset: 0,
          advice:
            'Record stacks: perf record -g -o perf.data app, then print them: perf script -i perf.data > app.perf',
        },
      );
    }
    onStage('build');
    const threads = fillThreads(records, book, notes);
    return {
      format: 'perf-script',
      writer,
      profiles: threads.build(),
      warnings: notes.list(),
      about: [
        ...about,
        ['events', countEach(records, records.event, records.events)],
        [
          'programs',
          countEach(
            records,
            records.thread,
            records.threads.map(({ comm }) => comm),
          ),
        ],
        ...threads.about(),
      ],
    };
  },
};

/** `cpu-clock 561, cycles 12`. */
function countEach({ length }: PerfRecords, column: Int32Array, names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    const name = names[column[row]!]!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name === '' ? '(no name)' : name} ${count}`).join(', ');
}

/** Samples and periods of every event, in the order in which the events come up. */
interface EventMetrics {
  readonly metrics: readonly Metric[];
  /** Columns of an event: of its samples, and of its periods (-1: none). */
  readonly columns: readonly (readonly [samples: number, periods: number])[];
}

function listMetrics({ length, event, events, period }: PerfRecords): EventMetrics {
  const hasPeriod = events.map(() => false);
  for (let row = 0; row < length; row++) if (!Number.isNaN(period[row]!)) hasPeriod[event[row]!] = true;
  const metrics: Metric[] = [];
  const columns = events.map((name, at): readonly [number, number] => {
    const samples = metrics.length;
    metrics.push({ name: events.length === 1 || name === '' ? 'samples' : `${name} samples`, unit: 'count' });
    if (!hasPeriod[at]) return [samples, -1];
    const isTime = /^(cpu|task)-clock/.test(name);
    metrics.push({ name: name === '' ? 'period' : name, unit: isTime ? 'nanoseconds' : 'count' });
    return [samples, samples + 1];
  });
  return { metrics, columns };
}

function fillThreads(records: PerfRecords, book: FrameBook, notes: Notes): ThreadProfiles {
  const { length, time, period, thread, event, end } = records;
  const { metrics, columns } = listMetrics(records);
  const order = Int32Array.from({ length }, (_, row) => row);
  let isTimed = true;
  let isSorted = true;
  for (let row = 0; row < length; row++) {
    isTimed &&= time[row]! >= 0;
    isSorted &&= row === 0 || time[row]! >= time[row - 1]!;
  }
  if (isTimed && !isSorted) order.sort((a, b) => time[a]! - time[b]! || a - b);
  const origin = isTimed ? time[order[0]!]! : 0;
  const threads = new ThreadProfiles(book, notes, { metrics, sampled: true, axis: { name: 'time', unit: 'seconds' } });
  const byThread: StackProfile[] = [];
  const values = metrics.map(() => 0);
  for (const row of order) {
    const number = thread[row]!;
    byThread[number] ??= threads.find(number, () => records.threads[number]!.name);
    const stacks = byThread[number]!;
    const { contexts } = stacks;
    const [samples, periods] = columns[event[row]!]!;
    values.fill(0);
    values[samples] = 1;
    if (periods >= 0 && period[row]! >= 0) values[periods] = period[row]!;
    let context = -1;
    const start = records.startOf(row);
    for (let at = end[row]! - 1; at >= start; at--) context = contexts.child(context, records.frames[at]!);
    if (isTimed) stacks.addSample(context, time[row]! - origin, values);
    else {
      contexts.addRecord(context);
      for (let metric = 0; context >= 0 && metric < values.length; metric++) {
        contexts.addSelf(context, metric, values[metric]!);
      }
    }
    if (context < 0) {
      notes.add(
        'no-stack',
        (count) => `${count} ${count === 1 ? 'sample has' : 'samples have'} no stack.`,
        () => records.threads[number]!.name,
      );
    }
    refuseTooManyContexts(contexts.length, 'perf-script');
  }
  return threads;
}
