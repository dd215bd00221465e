/**
 * V8's samples inside a trace: `Profile` begins one, `ProfileChunk`s bring nodes and samples, all with the same process
 * and id; `CpuProfile` is a whole one.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { addTimedSamples, countNegative, sumDeltas } from '../cpuprofile/samples.ts';
import { asNumber, asText, describeValue, getField, isObject, type JsonObject } from '../json-values.ts';
import type { Notes } from '../notes.ts';
import { V8Tree } from '../v8-tree.ts';
import { faults } from './parse.ts';

/** Samples of one thread, as they come. */
export class V8Samples {
  readonly process: string;
  readonly thread: string;
  readonly #tree = new V8Tree(faults);
  readonly #ids: unknown[] = [];
  readonly #deltas: number[] = [];
  #start = Number.NaN;
  #end = Number.NaN;

  constructor(process: string, thread: string) {
    this.process = process;
    this.thread = thread;
  }

  /** Takes the `args.data` of an event. */
  add(data: JsonObject, time: number): void {
    const start = asNumber(getField(data, 'startTime'));
    if (!Number.isNaN(start)) this.#start = start;
    else if (Number.isNaN(this.#start)) this.#start = time;
    const end = asNumber(getField(data, 'endTime'));
    if (!Number.isNaN(end)) this.#end = end;
    const profile = getField(data, 'cpuProfile');
    if (!isObject(profile)) return;
    if (!Number.isNaN(asNumber(getField(profile, 'startTime')))) this.#start = asNumber(getField(profile, 'startTime'));
    if (!Number.isNaN(asNumber(getField(profile, 'endTime')))) this.#end = asNumber(getField(profile, 'endTime'));
    const nodes = getField(profile, 'nodes');
    if (Array.isArray(nodes)) this.#tree.addNodes(nodes, 'cpuProfile.nodes');
    const samples = getField(profile, 'samples');
    if (!Array.isArray(samples)) return;
    const deltas = getField(data, 'timeDeltas') ?? getField(profile, 'timeDeltas');
    samples.forEach((id, at) => {
      this.#ids.push(id);
      this.#deltas.push(Array.isArray(deltas) ? asNumber(deltas[at]) || 0 : 0);
    });
  }

  /** When the first sample was taken; Infinity without samples. */
  get start(): number {
    return this.#ids.length > 0 ? this.#start : Number.POSITIVE_INFINITY;
  }

  /** Names the frames; the function that is returned puts the samples into a profile whose axis begins at `origin`. */
  nameFrames(book: FrameBook): (stacks: StackProfile, origin: number, notes: Notes) => void {
    const place = this.#tree.nameFrames(book);
    return (stacks, origin, notes) => {
      if (this.#ids.length === 0) return;
      const placed = place(stacks);
      const contexts = Int32Array.from(this.#ids, (id) => {
        const node = this.#tree.indexOf(id);
        if (node < 0)
          throw faults.at('ProfileChunk', `a sample is of node ${describeValue(id)}, which is not in the file`);
        return placed[node]!;
      });
      const times = sumDeltas(this.#deltas, this.#start - origin);
      const end = Number.isNaN(this.#end) ? times[times.length - 1]! : this.#end - origin;
      addTimedSamples(stacks, { contexts, times, end });
      const negative = countNegative(this.#deltas);
      if (negative === 0) return;
      notes.add(
        'time-backwards',
        (count) => `${count} times are before the one of the sample before: taken as no time.`,
        () => `process ${this.process}, thread ${this.thread}`,
        negative,
      );
    };
  }
}

/** Samples of a trace's `samples` list (Hermes), whose stacks are in its `stackFrames`. */
export function addListedSamples(
  root: JsonObject,
  book: FrameBook,
  find: (process: string, thread: string) => StackProfile,
  origin: number,
): void {
  const samples = getField(root, 'samples');
  const table = getField(root, 'stackFrames');
  if (!Array.isArray(samples) || !isObject(table)) return;
  const rows = new Map<StackProfile, { readonly time: number; readonly stack: string }[]>();
  samples.forEach((each, at) => {
    const sample = faults.object(each, `samples[${at}]`);
    const time = asNumber(getField(sample, 'ts'));
    if (Number.isNaN(time)) return;
    const stacks = find(asText(getField(sample, 'pid')), asText(getField(sample, 'tid')));
    const list = rows.get(stacks) ?? [];
    rows.set(stacks, list);
    list.push({ time: time - origin, stack: asText(getField(sample, 'sf')) });
  });
  for (const [stacks, list] of rows) {
    list.sort((a, b) => a.time - b.time);
    list.forEach(({ time, stack }, at) => {
      const next = list[at + 1]?.time ?? time;
      stacks.addSample(stacks.findStack(unfold(table, stack, book)), time, [next - time]);
    });
  }
}

/** The frames from the root to a stack frame. */
function unfold(table: JsonObject, id: string, book: FrameBook): number[] {
  const frames: number[] = [];
  const seen = new Set<string>();
  for (let at = id; at !== ''; ) {
    const frame = getField(table, at);
    if (!isObject(frame)) throw faults.at('stackFrames', `frame ${describeValue(at)} is not in the file`);
    if (seen.has(at)) throw faults.at('stackFrames', `frame ${describeValue(at)} is its own caller`);
    seen.add(at);
    frames.push(book.frame(asText(getField(frame, 'name'))));
    at = asText(getField(frame, 'parent'));
  }
  return frames.reverse();
}
