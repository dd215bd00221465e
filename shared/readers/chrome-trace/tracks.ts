/**
 * Events of a trace by thread: begins, ends and whole calls (`X`), as columns in the order of the file, then in the
 * order of time.
 */
import { growColumn } from '../../decode/columns.ts';
import type { FrameIndex } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { CallTimeline } from '../call-timeline.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import type { Notes } from '../notes.ts';

/** Duration of a begin and of an end, in the column of durations. */
const BEGIN = -1;
const END = -2;

/** Times are sums of a large and a small number: what differs by less than this share of them is the same. */
const ROUNDING = 4 * Number.EPSILON;

const FIRST_ROOM = 64;

/** Events of one thread. */
export class Track {
  readonly process: string;
  readonly thread: string;
  #time = new Float64Array(FIRST_ROOM);
  #duration = new Float64Array(FIRST_ROOM);
  #frame = new Int32Array(FIRST_ROOM);
  #length = 0;

  constructor(process: string, thread: string) {
    this.process = process;
    this.thread = thread;
  }

  /** Adds a call with its duration. */
  addCall(frame: FrameIndex, time: number, duration: number): void {
    this.#add(frame, time, duration);
  }

  /** Adds the begin of a call. */
  addBegin(frame: FrameIndex, time: number): void {
    this.#add(frame, time, BEGIN);
  }

  /** Adds the end of a call; frame -1: not named. */
  addEnd(frame: FrameIndex, time: number): void {
    this.#add(frame, time, END);
  }

  /** Puts the calls into a profile whose axis begins at `origin`. */
  fill(stacks: StackProfile, origin: number, notes: Notes): void {
    const order = this.#sort();
    const latest = this.#time.subarray(0, this.#length).reduce((last, time) => Math.max(last, Math.abs(time)), 0);
    const timeline = new CallTimeline(stacks, latest * ROUNDING);
    let unmatched = 0;
    let last = 0;
    for (const at of order) {
      const time = this.#time[at]! - origin;
      const duration = this.#duration[at]!;
      const frame = this.#frame[at]!;
      last = time;
      if (duration === END) {
        timeline.advance(time);
        const depth = timeline.findEnding(frame, time);
        if (depth < 0) unmatched++;
        else timeline.close(time, depth);
      } else if (!timeline.open(frame, time, duration === BEGIN ? Number.POSITIVE_INFINITY : time + duration)) {
        notes.add(
          'too-deep',
          (count) => `${count} calls are nested too deeply and are left out.`,
          () => this.#where(),
        );
      }
      refuseTooManyContexts(stacks.contexts.length, 'chrome-trace');
    }
    const open = timeline.finish(last);
    const note = (code: string, describe: (count: number) => string, count: number) => {
      if (count > 0) notes.add(code, describe, () => this.#where(), count);
    };
    note('unmatched-end', (count) => `${count} ends have no begin and are left out.`, unmatched);
    note('left-open', (count) => `${count} calls never end: shown as running to the end of their thread.`, open);
    note(
      'overlapping',
      (count) => `${count} calls end while one that began in them goes on: that one is shown below their caller.`,
      timeline.overlaps,
    );
  }

  #add(frame: FrameIndex, time: number, duration: number): void {
    const row = this.#length++;
    if (row === this.#time.length) {
      this.#time = growColumn(this.#time);
      this.#duration = growColumn(this.#duration);
      this.#frame = growColumn(this.#frame);
    }
    this.#time[row] = time;
    this.#duration[row] = duration;
    this.#frame[row] = frame;
  }

  /** By time; at one time in the order of the file, but of neighbouring whole calls the longer ones first. */
  #sort(): Int32Array {
    const time = this.#time;
    const duration = this.#duration;
    const order = Int32Array.from({ length: this.#length }, (_, at) => at);
    let isSorted = true;
    for (let at = 1; at < order.length && isSorted; at++) isSorted = time[at]! >= time[at - 1]!;
    if (!isSorted) order.sort((a, b) => time[a]! - time[b]! || a - b);
    for (let from = 0; from < order.length; ) {
      const first = order[from]!;
      let to = from + 1;
      if (duration[first]! >= 0) {
        while (to < order.length && time[order[to]!] === time[first] && duration[order[to]!]! >= 0) to++;
        if (to - from > 1) order.subarray(from, to).sort((a, b) => duration[b]! - duration[a]! || a - b);
      }
      from = to;
    }
    return order;
  }

  #where(): string {
    return `process ${this.process}, thread ${this.thread}`;
  }
}
