/**
 * From a pprof message to profiles. Locations of a sample stand leaf first, lines of a location innermost first; a
 * function is a frame, the lines that ran are the profile's lines. What `drop_frames` and `keep_frames` would leave out
 * is kept.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { isLine, LineSums, Places } from '../line-sums.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { describeSampleType, orderSampleTypes, type SampleType } from './metrics.ts';
import { PprofTables } from './tables.ts';

/** Frames on all stacks: a location of many inlined functions makes a small file long. */
const MAX_STEPS = 100_000_000;
/** Comments that are told, and characters of each. */
const MAX_COMMENTS = 50;
const MAX_COMMENT = 1_000;
/** Characters of a thread's name, and of what is counted: many may share one long text. */
const MAX_NAME = 300;
/** Where samples without a stack are. */
const NO_STACK = '(no stack)';
/** Lines times threads times metrics that are summed. */
const MAX_LINE_CELLS = 16_000_000;
/** Labels that name a thread, and those that number it. */
const THREAD_NAMES: ReadonlySet<string> = new Set(['thread', 'thread name', 'thread_name', 'threadname']);
const THREAD_IDS: ReadonlySet<string> = new Set(['thread id', 'thread_id', 'threadid', 'tid']);
/** Seconds that a Date can hold, in nanoseconds, with room to spare. */
const MAX_TIME_NANOS = 8e18;

/** Reads a pprof message. @throws FormatError */
export function readPprof(source: Source, onStage: StageHook): ProfileGroup {
  const tables = new PprofTables(source.bytes);
  return new PprofReading(tables).read(onStage);
}

class PprofReading {
  readonly #tables: PprofTables;
  readonly #notes = new Notes();
  readonly #book = new FrameBook();
  readonly #types: readonly SampleType[];
  /** Frame and place of each line of each location; unsymbolised locations have one line. */
  readonly #firstLine: Int32Array;
  readonly #frame: Int32Array;
  readonly #place: Int32Array;
  readonly #places = new Places();
  readonly #rowOfId: Int32Array | null;
  readonly #labels = new Map<number, number>();
  readonly #threadLabels = new Map<number, 'name' | 'id'>();
  readonly #sums = new Map<StackProfile, LineSums>();

  constructor(tables: PprofTables) {
    this.#tables = tables;
    const names = tables.sampleTypes.map(([type]) => tables.text(type, 'a sample type').slice(0, MAX_NAME));
    const types = tables.sampleTypes.map(([, unit], at) =>
      describeSampleType(names[at]!, tables.text(unit, 'the unit of a sample type').slice(0, MAX_NAME), at),
    );
    this.#types = orderSampleTypes(types, tables.text(tables.defaultType, 'the default sample type'), names);
    if (this.#types.length === 0) {
      throw new FormatError('pprof: the file has no sample type, so nothing says what its samples count', {
        format: 'pprof',
        advice: 'Make the profile again, or copy it again: it is not whole',
      });
    }
    const { firstLine, frame, place } = this.#makeFrames();
    this.#firstLine = firstLine;
    this.#frame = frame;
    this.#place = place;
    this.#rowOfId = indexSmallIds(tables.locations.row);
  }

  read(onStage: StageHook): ProfileGroup {
    const tables = this.#tables;
    const threads = new ThreadProfiles(this.#book, this.#notes, {
      metrics: this.#types.map(({ metric }) => metric),
      sampled: true,
    });
    this.#readSamples(threads);
    const about = describeRun(tables, [...this.#labels]);
    onStage('build');
    for (const [stacks, sums] of this.#sums) sums.finish(stacks, (frame) => this.#book.fileOf(frame));
    const profiles = threads.build();
    return {
      format: 'pprof',
      writer: null,
      profiles,
      warnings: this.#notes.list(),
      about: [...threads.about(), ...about],
    };
  }

  /** A frame for each function that a location names, and for each address without one. */
  #makeFrames() {
    const tables = this.#tables;
    const { locations, lineFunction, lineNumber } = tables;
    const count = locations.address.length;
    const frames: number[] = [];
    const places: number[] = [];
    const firstLine = new Int32Array(count + 1);
    const frameOfFunction = new Int32Array(tables.functionName.length).fill(-1);
    for (let location = 0; location < count; location++) {
      firstLine[location] = frames.length;
      const end = locations.firstLine[location + 1]!;
      for (let at = locations.firstLine[location]!; at < end; at++) {
        const id = lineFunction[at]!;
        const row = tables.functionRow.get(id);
        if (row === undefined) {
          if (id === 0) continue;
          throw tables.cursor.fault(`location ${location + 1} names the function ${id}, which is not in the file`, 0);
        }
        if (frameOfFunction[row]! < 0) frameOfFunction[row] = this.#makeFrame(row);
        const frame = frameOfFunction[row]!;
        frames.push(frame);
        places.push(this.#places.find(frame, lineNumber[at]!));
      }
      if (frames.length > firstLine[location]!) continue;
      const mapping = tables.mappingFile.get(locations.mapping[location]!) ?? 0;
      frames.push(this.#book.frame(locations.address[location]!, tables.text(mapping, 'the file of a mapping')));
      places.push(-1);
    }
    firstLine[count] = frames.length;
    return { firstLine, frame: Int32Array.from(frames), place: Int32Array.from(places) };
  }

  #makeFrame(row: number): number {
    const tables = this.#tables;
    const name = tables.text(tables.functionName[row]!, 'the name of a function');
    const systemName = tables.text(tables.functionSystemName[row]!, 'the system name of a function');
    const file = tables.text(tables.functionFile[row]!, 'the file of a function');
    const line = tables.functionLine[row]!;
    return this.#book.frame(name || systemName || '(no name)', file, isLine(line) ? line : 0);
  }

  #readSamples(threads: ThreadProfiles): void {
    const tables = this.#tables;
    const { samples, cursor } = tables;
    const typeCount = tables.sampleTypes.length;
    const raw: number[] = [];
    const stack: number[] = [];
    const values = new Float64Array(this.#types.length);
    let steps = 0;
    let single: StackProfile | null = null;
    for (let at = 0; at < samples.length; at += 2) {
      const start = samples[at]!;
      raw.length = 0;
      stack.length = 0;
      const thread = this.#readSample(start, samples[at + 1]!, stack, raw);
      if (raw.length !== typeCount) {
        throw cursor.fault(
          `a sample with ${raw.length} ${raw.length === 1 ? 'value' : 'values'}, expected ${typeCount}`,
          start,
        );
      }
      this.#types.forEach(({ at: value, factor }, metric) => {
        values[metric] = raw[value]! * factor;
      });
      let stacks: StackProfile;
      if (thread === null) stacks = single ??= threads.find('', () => '');
      else stacks = threads.find(thread, () => thread);
      steps += this.#addStack(stacks, stack, values);
      refuseTooManyContexts(stacks.contexts.length, 'pprof');
      if (steps > MAX_STEPS) throw cursor.fault('the stacks up to here have more frames than can be read', start);
    }
  }

  /** Adds a stack of locations, leaf first; gives the number of its frames. */
  #addStack(stacks: StackProfile, stack: readonly number[], values: Float64Array): number {
    const { contexts } = stacks;
    const sums = this.#findSums(stacks);
    sums?.begin();
    let steps = 0;
    let context = -1;
    for (let at = stack.length - 1; at >= 0; at--) {
      const location = stack[at]!;
      const first = this.#firstLine[location]!;
      for (let line = this.#firstLine[location + 1]! - 1; line >= first; line--) {
        context = contexts.child(context, this.#frame[line]!);
        sums?.add(this.#place[line]!, values, at === 0 && line === first);
        steps++;
      }
    }
    // What has no stack counts all the same, as in pprof's own totals.
    if (context < 0) context = contexts.child(-1, this.#book.frame(NO_STACK));
    contexts.addRecord(context);
    for (let metric = 0; metric < values.length; metric++) contexts.addSelf(context, metric, values[metric]!);
    return steps;
  }

  /** Line sums of a profile; null when the file has no lines, or too many for its threads. */
  #findSums(stacks: StackProfile): LineSums | null {
    const known = this.#sums.get(stacks);
    if (known !== undefined) return known;
    const places = this.#places;
    const metrics = this.#types.length;
    if (places.length === 0) return null;
    if ((this.#sums.size + 1) * places.length * metrics > MAX_LINE_CELLS) {
      this.#notes.add(
        'no-lines',
        () => 'The file has too many lines for its threads: those of further threads are left out.',
        () => null,
        0,
      );
      return null;
    }
    const sums = new LineSums(places, metrics);
    this.#sums.set(stacks, sums);
    return sums;
  }

  /** Reads a sample's locations (as rows) and values; gives its thread, null without a label that tells it. */
  #readSample(start: number, end: number, stack: number[], values: number[]): string | null {
    const { cursor } = this.#tables;
    let threadName = '';
    let threadId = '';
    cursor.at = start;
    while (cursor.at < end) {
      const fieldAt = cursor.at;
      const tag = cursor.varint('a field of a sample');
      // Field 1 location_id, field 2 value: packed, or one number each.
      if (tag === 0x0a || tag === 0x12) {
        const length = cursor.varint('the length of a list');
        const listEnd = cursor.at + length;
        if (listEnd > end) throw cursor.fault(`a list of ${length} bytes does not fit into its sample`, fieldAt);
        while (cursor.at < listEnd) {
          if (tag === 0x0a) stack.push(this.#readLocationId());
          else values.push(this.#readValue());
        }
        if (cursor.at > listEnd) throw cursor.fault('a number goes on behind its list', fieldAt);
      } else if (tag === 0x08) stack.push(this.#readLocationId());
      else if (tag === 0x10) values.push(this.#readValue());
      else {
        cursor.at = fieldAt;
        const field = this.#tables.readTag(end);
        if (field === null) break;
        if (field.number === 3 && field.isMessage) {
          const label = this.#readLabel(field.end);
          if (label?.kind === 'name') threadName = label.text;
          else if (label?.kind === 'id') threadId = label.text;
        }
        cursor.at = field.end;
      }
    }
    if (cursor.at > end) throw cursor.fault('a field ends behind the sample it is in', start);
    if (threadId === '') return threadName === '' ? null : nameNumber(threadName);
    if (threadName === '') return nameNumber(threadId);
    return threadName === threadId ? threadName : `${threadName} (${threadId})`;
  }

  #readLocationId(): number {
    const { cursor, locations } = this.#tables;
    const start = cursor.at;
    const id = cursor.varint('a location of a sample');
    const row = this.#rowOfId !== null ? (this.#rowOfId[id] ?? -1) : (locations.row.get(cursor.key) ?? -1);
    if (row < 0) throw cursor.fault(`a sample names the location ${cursor.key}, which is not in the file`, start);
    return row;
  }

  #readValue(): number {
    const { cursor } = this.#tables;
    const start = cursor.at;
    cursor.varint('a value of a sample');
    const value = cursor.signed;
    if (!Number.isSafeInteger(value)) {
      this.#notes.add(
        'large-numbers',
        (count) =>
          `${count} ${count === 1 ? 'number is' : 'numbers are'} beyond 2^53 and rounded to 16 significant digits.`,
        () => `byte ${start}`,
      );
    }
    return value;
  }

  /** Reads a label; gives its text when it tells the thread. */
  #readLabel(end: number): { readonly kind: 'name' | 'id'; readonly text: string } | null {
    const tables = this.#tables;
    let key = 0;
    let text = 0;
    let number = 0;
    for (let field = tables.readTag(end); field !== null; field = tables.readTag(end)) {
      if (field.number === 1) key = tables.cursor.signed;
      else if (field.number === 2) text = tables.cursor.signed;
      else if (field.number === 3) number = tables.cursor.signed;
      tables.cursor.at = field.end;
    }
    const count = this.#labels.get(key);
    this.#labels.set(key, (count ?? 0) + 1);
    if (count === undefined) {
      const name = tables.text(key, 'the key of a label').toLowerCase();
      if (THREAD_NAMES.has(name)) this.#threadLabels.set(key, 'name');
      else if (THREAD_IDS.has(name)) this.#threadLabels.set(key, 'id');
    }
    const kind = this.#threadLabels.get(key);
    if (kind === undefined) return null;
    return { kind, text: text === 0 ? String(number) : tables.text(text, 'the text of a label').slice(0, MAX_NAME) };
  }
}

/** Rows by id where ids are small numbers, as they nearly always are; null where they are not. */
function indexSmallIds(rows: ReadonlyMap<number | string, number>): Int32Array | null {
  let largest = 0;
  for (const id of rows.keys()) largest = Math.max(largest, typeof id === 'number' ? id : Number.POSITIVE_INFINITY);
  if (largest > rows.size * 4 + 1024) return null;
  const index = new Int32Array(largest + 1).fill(-1);
  for (const [id, row] of rows) index[id as number] = row;
  return index;
}

/** A name, or what a bare number is. */
function nameNumber(name: string): string {
  return /^\d+$/.test(name) ? `thread ${name}` : name;
}

/** What the header says of the run. */
function describeRun(tables: PprofTables, labels: readonly (readonly [key: number, count: number])[]) {
  const about: [name: string, value: string][] = [];
  const program = tables.mappings.map((file) => tables.text(file, 'the file of a mapping')).find((file) => file !== '');
  if (program !== undefined) about.push(['program', program]);
  if (tables.timeNanos > 0 && tables.timeNanos < MAX_TIME_NANOS) {
    about.push(['started', new Date(Math.floor(tables.timeNanos / 1e6)).toISOString()]);
  }
  if (tables.durationNanos > 0) about.push(['duration', `${tables.durationNanos} ns`]);
  if (tables.period > 0) {
    const [type, unit] = (tables.periodType ?? [0, 0]).map((text) => tables.text(text, 'the type of the period'));
    about.push(['period', `${tables.period} ${[type, unit].filter((text) => text !== '').join(' ')}`.trim()]);
  }
  about.push(['samples', String(tables.samples.length / 2)], ['locations', String(tables.locations.address.length)]);
  if (labels.length > 0) {
    about.push([
      'labels',
      labels.map(([key, count]) => `${tables.text(key, 'the key of a label')} (${count})`).join(', '),
    ]);
  }
  for (const comment of tables.comments.slice(0, MAX_COMMENTS)) {
    about.push(['comment', tables.text(comment, 'a comment').slice(0, MAX_COMMENT)]);
  }
  return about;
}
