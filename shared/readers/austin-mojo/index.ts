/**
 * MOJO: Austin's binary output (`austin -b`), versions 1 to 4.
 *
 * A sample's time is the difference to the one before it in its thread, so that samples follow each other without gaps.
 * A file of a process that was killed breaks off in an event: what is whole is kept, with a note.
 *
 * Lost: columns, last lines. Source: P403n1x87/austin, wiki "The MOJO file format".
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { type MojoFile, type MojoThread, readMojo } from './events.ts';
import { AUSTIN_MOJO } from './format.ts';

/** Reads MOJO files. */
export const austinMojoReader: Reader = {
  ...AUSTIN_MOJO,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const book = new FrameBook();
    const file = readMojo(source.bytes, book);
    onStage('build');
    const notes = new Notes();
    noteCut(file, notes);
    const measures = findMeasures(file);
    const threads = new ThreadProfiles(book, notes, {
      metrics: measures.map(({ metric }) => metric),
      sampled: true,
      linesRan: true,
      axis: measures[0]!.metric.unit === 'microseconds' ? TIME : { name: 'samples', unit: 'count' },
    });
    addSamples(file, measures, threads);
    const profiles = threads.build();
    const { metadata } = file;
    return {
      format: 'austin-mojo',
      writer: metadata.has('austin') ? `Austin ${metadata.get('austin')}` : 'Austin',
      profiles,
      warnings: notes.list(),
      about: [
        ['version of the format', String(file.version)],
        ...threads.about(),
        ...[...metadata].filter(([name]) => name !== 'austin'),
      ],
    };
  },
};

interface Measure {
  readonly metric: Metric;
  /** Value of a sample. */
  readonly of: (sample: number) => number;
}

// The same metrics as those of Austin's text.
const TIME: Metric = { name: 'time', unit: 'microseconds' };
const CPU_TIME: Metric = { name: 'CPU time', unit: 'microseconds' };
const MEMORY: Metric = { name: 'memory', unit: 'bytes' };
const FREED: Metric = { name: 'memory freed', unit: 'bytes' };

/** What the samples measure, by the mode that the file tells, else by what is there. */
function findMeasures({ metadata, samples }: MojoFile): Measure[] {
  const { time, memory, isIdle } = samples;
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 0 : value);
  const ofTime = (at: number) => known(time[at]);
  const ofMemory = (at: number) => known(memory[at]);
  const hasTime = time.some((value) => !Number.isNaN(value));
  const hasMemory = memory.some((value) => !Number.isNaN(value));
  const mode = metadata.get('mode');
  if (mode === 'full' || (hasTime && hasMemory)) {
    return [
      { metric: TIME, of: ofTime },
      { metric: CPU_TIME, of: (at) => (isIdle[at] ? 0 : ofTime(at)) },
      { metric: MEMORY, of: (at) => Math.max(0, ofMemory(at)) },
      { metric: FREED, of: (at) => Math.max(0, -ofMemory(at)) },
    ];
  }
  if (hasMemory || mode === 'memory') return [{ metric: MEMORY, of: ofMemory }];
  return [{ metric: mode === 'cpu' ? CPU_TIME : TIME, of: ofTime }];
}

/** Adds the samples of each thread in their order; time goes on by what each sample took. */
function addSamples(file: MojoFile, measures: readonly Measure[], threads: ThreadProfiles): void {
  const { thread, first, frames } = file.samples;
  const processes = new Set(file.threads.map(({ process }) => process)).size;
  const isTimed = measures[0]!.metric.unit === 'microseconds';
  const clock = new Float64Array(file.threads.length).fill(Number.NaN);
  let now = 0;
  for (let sample = 0; sample < thread.length; sample++) {
    const row = thread[sample]!;
    const stacks = threads.find(row, () => nameThread(file.threads[row]!, processes > 1));
    let context = -1;
    for (let at = first[sample]!; at < first[sample + 1]!; at++) {
      context = stacks.contexts.child(context, frames[at]!);
    }
    refuseTooManyContexts(stacks.contexts.length, 'austin-mojo');
    const values = measures.map(({ of }) => of(sample));
    const passed = isTimed ? Math.max(0, values[0]!) : 1;
    // A thread that comes up later begins where the others are.
    if (Number.isNaN(clock[row]!)) clock[row] = Math.max(0, now - passed);
    stacks.addSample(context, clock[row]!, values);
    clock[row]! += passed;
    now = Math.max(now, clock[row]!);
    stacks.endSamples(clock[row]!);
  }
}

function nameThread({ process, interpreter, thread }: MojoThread, hasProcesses: boolean): string {
  // Hexadecimal here, decimal in Austin's text and everywhere else.
  const number = /^[\da-f]{1,13}$/.test(thread) ? String(Number.parseInt(thread, 16)) : thread;
  const name = interpreter === null || interpreter === 0 ? `thread ${number}` : `thread ${interpreter}:${number}`;
  return hasProcesses ? `process ${process}, ${name}` : name;
}

function noteCut({ cutAt, metadata, version }: MojoFile, notes: Notes): void {
  if (cutAt >= 0) {
    notes.add(
      'cut-short',
      () =>
        'The file breaks off inside its last sample, as it does when the program is killed: what is whole is shown.',
      () => `byte ${cutAt}`,
    );
  } else if (version >= 3 && !metadata.has('duration')) {
    notes.add(
      'no-end',
      () => 'The file does not tell how long it ran, as whole files do at their end: it may have been cut short.',
      () => null,
    );
  }
}
