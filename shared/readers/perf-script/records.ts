/** Records of perf as columns: a long recording has millions of them. */
import { growColumn } from '../../decode/columns.ts';
import type { PerfHeader } from './header.ts';

/** A thread as the headers name it. */
export interface PerfThread {
  /** What people know it by: program, process, thread. */
  readonly name: string;
  readonly comm: string;
}

const FIRST_ROOM = 1024;

/** Takes records one by one. */
export class PerfRecords {
  length = 0;
  readonly threads: PerfThread[] = [];
  readonly events: string[] = [];
  time = new Float64Array(FIRST_ROOM);
  /** NaN: not given. */
  period = new Float64Array(FIRST_ROOM);
  /** Number of the thread, and of the event. */
  thread = new Int32Array(FIRST_ROOM);
  event = new Int32Array(FIRST_ROOM);
  /** Where the stack of each record ends in `frames`; innermost frames first. */
  end = new Int32Array(FIRST_ROOM);
  frames = new Int32Array(FIRST_ROOM * 16);
  #frames = 0;
  readonly #threadRow = new Map<string, number>();
  readonly #eventRow = new Map<string, number>();

  /** Begins a record; its frames follow. */
  begin(header: PerfHeader): void {
    const row = this.length++;
    if (row === this.time.length) {
      this.time = growColumn(this.time);
      this.period = growColumn(this.period);
      this.thread = growColumn(this.thread);
      this.event = growColumn(this.event);
      this.end = growColumn(this.end);
    }
    this.time[row] = header.time;
    this.period[row] = header.period;
    this.thread[row] = this.#findThread(header);
    this.event[row] = this.#findEvent(header.event);
    this.end[row] = this.#frames;
  }

  /** Adds a frame to the record that was begun last. */
  addFrame(frame: number): void {
    if (this.#frames === this.frames.length) this.frames = growColumn(this.frames);
    this.frames[this.#frames++] = frame;
    this.end[this.length - 1] = this.#frames;
  }

  /** True when a record has a stack. */
  get hasStacks(): boolean {
    return this.#frames > 0;
  }

  /** Where the stack of a record begins in `frames`. */
  startOf(row: number): number {
    return row === 0 ? 0 : this.end[row - 1]!;
  }

  #findThread({ comm, process, thread, cpu }: PerfHeader): number {
    // Thread 0 is what each CPU runs when it has nothing to do.
    const idle = thread === '0' && cpu !== '' ? ` [${cpu}]` : '';
    const name = `${comm} ${process === thread ? process : `${process}/${thread}`}${idle}`.trim();
    let row = this.#threadRow.get(name);
    if (row === undefined) {
      row = this.threads.length;
      this.threads.push({ name, comm });
      this.#threadRow.set(name, row);
    }
    return row;
  }

  #findEvent(event: string): number {
    let row = this.#eventRow.get(event);
    if (row === undefined) {
      row = this.events.length;
      this.events.push(event);
      this.#eventRow.set(event, row);
    }
    return row;
  }
}
