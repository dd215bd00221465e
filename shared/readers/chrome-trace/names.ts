/** Frames of trace events, and what processes and threads are called. */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { parseParens } from '../frame-text.ts';
import { asText, getField, isObject, type JsonObject } from '../json-values.ts';

/** Frames by the name of an event, and by the place in its arguments (py-spy). */
export class EventFrames {
  /** True when py-spy's arguments were seen: lines that ran. */
  linesRan = false;
  readonly #book: FrameBook;
  readonly #byName = new Map<string, FrameIndex>();
  readonly #byPlace = new Map<string, FrameIndex>();

  constructor(book: FrameBook) {
    this.#book = book;
  }

  /** The frame of an event; `isNew` false: only one that is known, else -1. */
  find(event: JsonObject, isNew = true): FrameIndex {
    const name = asText(event.name) || '(no name)';
    const { args, cat } = event;
    if (cat === 'py-spy' && isObject(args) && typeof args.filename === 'string') {
      const [file, line] = [asText(args.filename), args.line];
      const key = `${name}\0${file}\0${asText(line)}`;
      const known = this.#byPlace.get(key);
      if (known !== undefined || !isNew) return known ?? -1;
      this.linesRan = true;
      const frame = this.#book.frame(name, file, typeof line === 'number' && line > 0 ? Math.floor(line) : 0);
      this.#byPlace.set(key, frame);
      return frame;
    }
    const known = this.#byName.get(name);
    if (known !== undefined || !isNew) return known ?? -1;
    const place = parseParens(name);
    const frame = place === null ? this.#book.frame(name) : this.#book.frame(place.name, place.file, place.line);
    this.#byName.set(name, frame);
    return frame;
  }
}

/** Names of processes and threads by their ids, from metadata events. */
export class TrackNames {
  readonly #processes = new Map<string, string>();
  readonly #threads = new Map<string, string>();
  readonly #order = new Map<string, number>();

  /** Takes a metadata event. */
  add(event: JsonObject, process: string, thread: string): void {
    const args = getField(event, 'args');
    if (!isObject(args)) return;
    const name = asText(getField(args, 'name'));
    const index = getField(args, 'sort_index');
    switch (getField(event, 'name')) {
      case 'process_name':
        if (name !== '') this.#processes.set(process, name);
        break;
      case 'thread_name':
        if (name !== '') this.#threads.set(`${process}\0${thread}`, name);
        break;
      case 'process_sort_index':
        if (typeof index === 'number') this.#order.set(process, index);
        break;
      case 'thread_sort_index':
        if (typeof index === 'number') this.#order.set(`${process}\0${thread}`, index);
        break;
    }
  }

  /** What people call a process. */
  process(process: string): string {
    const name = this.#processes.get(process);
    return name === undefined ? `process ${process}` : `${name} (${process})`;
  }

  /** What people call a thread; with its process when the file has several. */
  thread(process: string, thread: string, hasProcesses: boolean): string {
    const name = this.#threads.get(`${process}\0${thread}`);
    const own = name === undefined ? `thread ${thread}` : `${name} (${thread})`;
    return hasProcesses ? `${this.process(process)}, ${own}` : own;
  }

  /** Sorts threads as the file asks for; without a wish the main thread of Chrome's page comes first. */
  compare(one: { process: string; thread: string }, other: { process: string; thread: string }): number {
    const order = (key: string) => this.#order.get(key) ?? 0;
    const isPage = (key: string) => Number(this.#threads.get(key) === 'CrRendererMain');
    return (
      order(one.process) - order(other.process) ||
      order(`${one.process}\0${one.thread}`) - order(`${other.process}\0${other.thread}`) ||
      isPage(`${other.process}\0${other.thread}`) - isPage(`${one.process}\0${one.thread}`)
    );
  }
}
