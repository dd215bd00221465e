/**
 * Austin's text: a line per thread and sample. Its number is what passed since the sample before of the same thread: time
 * (µs), bytes in memory mode, or `time,idle,memory` with all metrics. Version 1 has KiB for bytes, `time taken freed`
 * for all metrics, and no head that tells the mode.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { parseColons, parseParens } from '../frame-text.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { AUSTIN } from './format.ts';
import { type AustinLine, parseAustinLine } from './line.ts';

const TIME: Metric = { name: 'time', unit: 'microseconds' };
const CPU_TIME: Metric = { name: 'CPU time', unit: 'microseconds' };
const MEMORY: Metric = { name: 'memory', unit: 'bytes' };
const FREED: Metric = { name: 'memory freed', unit: 'bytes' };

interface ThreadState {
  /** On the axis: where the next sample of the thread begins. */
  time: number;
}

/** Reads Austin's text. */
export const austinReader: Reader = {
  ...AUSTIN,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const { rows, about } = readLines(source.lines(), notes);
    if (rows.length === 0 && about.length === 0) {
      throw new FormatError('austin: no line is a sample (P1;T1;file:function:line number)', {
        format: 'austin',
        line: 1,
        offset: 0,
        advice: 'Record again: austin -o app.austin python app.py',
      });
    }
    onStage('build');
    const mode = about.find(([name]) => name === 'mode')?.[1] ?? '';
    const isFull = rows.some(({ metrics }) => metrics.length > 1);
    const isOld = rows.some((row) => row.isOld);
    const isMemory = !isFull && (mode === 'memory' || (isOld && about.length === 0 && looksLikeMemory(rows, notes)));
    const threads = new ThreadProfiles(book, notes, {
      metrics: isFull
        ? [TIME, ...(isOld ? [] : [CPU_TIME]), MEMORY, FREED]
        : isMemory
          ? [MEMORY]
          : mode === 'cpu'
            ? [CPU_TIME]
            : [TIME],
      sampled: true,
      linesRan: true,
      axis: isMemory ? { name: 'samples', unit: 'count' } : { name: 'time', unit: 'microseconds' },
    });
    addRows(rows, threads, book, isMemory);
    const version = about.find(([name]) => name === 'austin')?.[1];
    return {
      format: 'austin',
      writer: version === undefined ? 'Austin' : `Austin ${version}`,
      profiles: threads.build(),
      warnings: notes.list(),
      about: [...about, ...threads.about()],
    };
  },
};

function readLines(lines: readonly string[], notes: Notes) {
  const rows: AustinLine[] = [];
  const about: [name: string, value: string][] = [];
  lines.forEach((line, at) => {
    if (line.trim() === '') return;
    if (line.startsWith('#')) {
      const colon = line.indexOf(':');
      if (colon > 0) about.push([line.slice(1, colon).trim(), line.slice(colon + 1).trim()]);
      return;
    }
    const row = parseAustinLine(line);
    if (row !== null) {
      rows.push(row);
      return;
    }
    notes.add(
      'not-a-sample',
      (count) => `${count} ${count === 1 ? 'line is no sample and is' : 'lines are no samples and are'} left out.`,
      () => `line ${at + 1}: ${line.slice(0, 60)}`,
    );
  });
  return { rows, about };
}

/** Memory comes in whole pages of 4 KiB: five times in a row microseconds would hardly do so. */
function looksLikeMemory(rows: readonly AustinLine[], notes: Notes): boolean {
  const values = rows.flatMap(({ metrics }) => (metrics[0] === 0 ? [] : metrics[0]!));
  if (values.length < 5 || values.some((value) => value % 4 !== 0)) return false;
  notes.add(
    'taken-for-memory',
    () => 'The file does not tell its mode: numbers that are whole pages are taken for KiB of memory.',
    () => null,
  );
  return true;
}

function addRows(rows: readonly AustinLine[], threads: ThreadProfiles, book: FrameBook, isMemory: boolean): void {
  const known = new Map<string, FrameIndex>();
  const states = new Map<string, ThreadState>();
  const processes = new Set(rows.map(({ process }) => process));
  let now = 0;
  for (const row of rows) {
    const { process, thread, frames, metrics } = row;
    const key = `${process}\0${thread}`;
    const id = thread.replace(/^0:/, '');
    const stacks = threads.find(key, () => (processes.size > 1 ? `process ${process}, thread ${id}` : `thread ${id}`));
    const first = metrics[0]!;
    const passed = isMemory ? 1 : Math.max(0, first);
    let state = states.get(key);
    if (state === undefined) {
      // A thread that comes up later begins where the others are.
      state = { time: Math.max(0, now - passed) };
      states.set(key, state);
    }
    const path = frames.map((text) => {
      let frame = known.get(text);
      if (frame === undefined) {
        frame = nameFrame(book, text);
        known.set(text, frame);
      }
      return frame;
    });
    stacks.addSample(stacks.findStack(path), state.time, metricValues(row, isMemory));
    state.time += passed;
    now = Math.max(now, state.time);
    stacks.endSamples(state.time);
    refuseTooManyContexts(stacks.contexts.length, 'austin');
  }
}

/** Time, CPU time (not in version 1), bytes taken, bytes given back; or the only metric. */
function metricValues({ metrics, isOld }: AustinLine, isMemory: boolean): readonly number[] {
  if (metrics.length === 1) return isOld && isMemory ? [metrics[0]! * 1024] : metrics;
  if (isOld) return [metrics[0]!, metrics[1]! * 1024, metrics[2]! * 1024];
  const [time = 0, idle = 0, memory = 0] = metrics;
  return [time, idle === 0 ? time : 0, Math.max(0, memory), Math.max(0, -memory)];
}

function nameFrame(book: FrameBook, text: string): FrameIndex {
  const old = /^(.*);L(\d{1,9})$/.exec(text);
  if (old !== null) {
    const open = old[1]!.lastIndexOf(' (');
    if (open > 0 && old[1]!.endsWith(')')) {
      return book.frame(old[1]!.slice(0, open), old[1]!.slice(open + 2, -1), Number(old[2]));
    }
    return book.frame(old[1]!, '', Number(old[2]));
  }
  const place = parseColons(text) ?? parseAnyColons(text) ?? parseParens(text);
  return place === null ? book.frame(text) : book.frame(place.name, place.file, place.line);
}

/** `file:func:12`, whatever the file is called. */
function parseAnyColons(text: string) {
  const [, file, name, line] = /^([^:]{1,1000}):([^:]{1,1000}):(\d{1,9})$/.exec(text) ?? [];
  return file === undefined ? null : { file, name: name!, line: Number(line) };
}
