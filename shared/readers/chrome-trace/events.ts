/** Sorts the events of a trace: calls by thread, samples, counters, spans, names; the rest is counted. */
import type { FrameBook } from '../../model/frame-book.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';
import type { Notes } from '../notes.ts';
import { ProcessExtras } from './extras.ts';
import { EventFrames, TrackNames } from './names.ts';
import { Track } from './tracks.ts';
import { V8Samples } from './v8-samples.ts';

/** Takes the events of a file one by one. */
export class EventList {
  readonly names = new TrackNames();
  readonly frames: EventFrames;
  readonly extras = new Map<string, ProcessExtras>();
  readonly #notes: Notes;
  readonly #tracks = new Map<string, Track>();
  readonly #samples = new Map<string, V8Samples>();
  readonly #phases = new Map<string, number>();
  readonly #processes = new Set<string>();
  readonly #texts = new Map<number, string>();
  #lastTrack: Track | null = null;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #count = 0;
  #notShown = 0;

  constructor(book: FrameBook, notes: Notes) {
    this.frames = new EventFrames(book);
    this.#notes = notes;
  }

  /** Threads with calls. */
  get tracks(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  /** Threads with samples of V8. */
  get samples(): readonly V8Samples[] {
    return [...this.#samples.values()];
  }

  /** Time of the first event; 0 when no event has one. */
  get first(): number {
    const sampled = this.samples.reduce((first, { start }) => Math.min(first, start), this.#first);
    return Number.isFinite(sampled) ? sampled : 0;
  }

  /** True when events are of several processes. */
  get hasProcesses(): boolean {
    return this.#processes.size > 1;
  }

  /** Takes an event. */
  add(value: unknown, row: number): void {
    // Some writers end their list with an empty object, so that every event may end in a comma.
    if (!isObject(value)) {
      if (value !== null)
        this.#note('not-an-event', (count) => `${count} entries are no events and are left out.`, row);
      return;
    }
    // No key of an event is one that every object has.
    const { ph, pid, tid, ts } = value;
    const phase = asText(ph);
    if (phase === '') return;
    this.#count++;
    this.#phases.set(phase, (this.#phases.get(phase) ?? 0) + 1);
    const process = typeof pid === 'number' ? this.#textOf(pid) : asText(pid);
    const thread = typeof tid === 'number' ? this.#textOf(tid) : asText(tid);
    if (phase === 'M') {
      this.names.add(value, process, thread);
      return;
    }
    const time = asNumber(ts);
    if (Number.isNaN(time)) {
      this.#note('no-time', (count) => `${count} events have no time and are left out.`, row);
      return;
    }
    if (time < this.#first) this.#first = time;
    if (time > this.#last) this.#last = time;
    switch (phase) {
      case 'X':
        this.#track(process, thread).addCall(this.frames.find(value), time, this.#readDuration(value, row));
        break;
      case 'B':
        this.#track(process, thread).addBegin(this.frames.find(value), time);
        break;
      case 'E':
        this.#track(process, thread).addEnd(this.frames.find(value, false), time);
        break;
      case 'C':
        this.#extras(process).addCounter(value, time);
        break;
      case 'b':
      case 'S':
        this.#extras(process).begin(value, time);
        break;
      case 'e':
      case 'F':
        if (!this.#extras(process).end(value, time)) {
          this.#note(
            'unmatched-async-end',
            (count) => `${count} asynchronous ends have no begin and are left out.`,
            row,
          );
        }
        break;
      default:
        if (!this.#addSamples(value, process, thread, time)) this.#notShown++;
    }
  }

  /** Says how many events were of kinds that are not shown. */
  noteRest(): void {
    if (this.#notShown === 0) return;
    this.#notes.add(
      'not-shown',
      (count) =>
        `${count} ${count === 1 ? 'event is an instant, a flow or an object' : 'events are instants, flows or objects'} and not shown.`,
      () => null,
      this.#notShown,
    );
  }

  /** Counts and times for whoever asks about the file. */
  about(): [name: string, value: string][] {
    const phases = [...this.#phases].map(([phase, count]) => `${phase} ${count}`).join(', ');
    return [
      ['events', String(this.#count)],
      ...(phases === '' ? [] : [['events by phase', phases] as [string, string]]),
      ...(Number.isFinite(this.#first)
        ? ([
            ['first time', `${this.#first} µs`],
            ['last time', `${this.#last} µs`],
          ] as [string, string][])
        : []),
    ];
  }

  #addSamples(event: JsonObject, process: string, thread: string, time: number): boolean {
    const name = getField(event, 'name');
    if (name !== 'Profile' && name !== 'ProfileChunk' && name !== 'CpuProfile') return false;
    const args = getField(event, 'args');
    const data = isObject(args) ? (getField(args, 'data') ?? args) : null;
    if (!isObject(data)) return false;
    const id = asText(getField(event, 'id')) || (name === 'CpuProfile' ? thread : '');
    const key = `${process}\0${id}`;
    const known = this.#samples.get(key);
    const samples = known ?? new V8Samples(process, thread);
    if (known === undefined) this.#samples.set(key, samples);
    this.#processes.add(process);
    samples.add(data, time);
    return true;
  }

  #readDuration(event: JsonObject, row: number): number {
    const value = getField(event, 'dur');
    const duration = asNumber(value);
    if (duration >= 0) return duration;
    this.#note(
      'no-duration',
      (count) => `${count} ${count === 1 ? 'call has' : 'calls have'} no duration, or one below 0: taken as 0.`,
      row,
    );
    return 0;
  }

  /** A number as text, the same text each time. */
  #textOf(id: number): string {
    let text = this.#texts.get(id);
    if (text === undefined) {
      text = String(id);
      this.#texts.set(id, text);
    }
    return text;
  }

  #track(process: string, thread: string): Track {
    // Neighbours are most often of one thread.
    const last = this.#lastTrack;
    if (last !== null && last.thread === thread && last.process === process) return last;
    const key = `${process}\0${thread}`;
    let track = this.#tracks.get(key);
    if (track === undefined) {
      track = new Track(process, thread);
      this.#tracks.set(key, track);
      this.#processes.add(process);
    }
    this.#lastTrack = track;
    return track;
  }

  #extras(process: string): ProcessExtras {
    let extras = this.extras.get(process);
    if (extras === undefined) {
      extras = new ProcessExtras();
      this.extras.set(process, extras);
      this.#processes.add(process);
    }
    return extras;
  }

  #note(code: string, describe: (count: number) => string, row: number): void {
    this.#notes.add(code, describe, () => `event ${row}`);
  }
}
