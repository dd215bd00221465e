/**
 * Trying expressions on names in a worker: one query at a time, the newest wins, and one that runs too long is ended with
 * its worker.
 */
import type { Profile } from '../../shared/model/profile.ts';
import type { SearchReply, SearchRequest } from '../../shared/protocol/worker.ts';
import type { FrameMatches, FrameQuery } from '../../shared/tree/search.ts';

/** Result of a query: what it found, or why it can't be used. */
export type SearchResult =
  | { readonly found: FrameMatches; readonly error: null }
  | { readonly found: null; readonly error: string };

/** Time for a query: 200 ms for each 10,000 names, and enough to start a worker on a busy machine. */
const LIMIT_MS_PER_NAME = 0.02;
const LIMIT_MS_LEAST = 1000;

/** Searches the names of one profile. A query that is overtaken by the next one is never answered. */
export class NameSearch {
  readonly #createWorker: () => Worker;
  readonly #profile: Profile;
  #worker: Worker | null = null;
  #running: { id: number; timer: number; answer: (result: SearchResult) => void } | null = null;
  #lastId = 0;

  constructor(profile: Profile, createWorker: () => Worker) {
    this.#profile = profile;
    this.#createWorker = createWorker;
  }

  /** Answers once, later, or never when another query follows first. */
  run(query: FrameQuery, answer: (result: SearchResult) => void): void {
    // A query that still runs may be the one that never ends: it does not get to hold up the next.
    if (this.#running) this.end();
    const worker = this.#start();
    const id = ++this.#lastId;
    const limit = Math.max(LIMIT_MS_LEAST, this.#profile.frames.length * LIMIT_MS_PER_NAME);
    const timer = window.setTimeout(() => {
      this.end();
      answer({ found: null, error: 'This expression takes too long on the names of this profile.' });
    }, limit);
    this.#running = { id, timer, answer };
    worker.postMessage({ kind: 'query', id, query } satisfies SearchRequest);
  }

  /** Ends the worker and forgets the query. */
  end(): void {
    if (this.#running) clearTimeout(this.#running.timer);
    this.#running = null;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#createWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<SearchReply>) => {
      if (this.#running?.id !== data.id) return;
      const { answer, timer } = this.#running;
      clearTimeout(timer);
      this.#running = null;
      if (data.found) answer({ found: data.found, error: null });
      else answer({ found: null, error: data.error ?? 'The search failed.' });
    });
    const names = copyNames(this.#profile);
    const columns = [...Object.values(names.strings), ...Object.values(names.frames)];
    worker.postMessage(
      names satisfies SearchRequest,
      columns.flatMap((column) => (typeof column === 'number' ? [] : [column.buffer as ArrayBuffer])),
    );
    this.#worker = worker;
    return worker;
  }
}

/**
 * Names and places in memory of their own, which moves to the worker. Posted as they are they would take with them all
 * that lies in the same memory: the whole profile.
 */
function copyNames({ strings, frames }: Profile): Extract<SearchRequest, { kind: 'names' }> {
  return {
    kind: 'names',
    strings: {
      length: strings.length,
      bytes: strings.bytes.slice(),
      start: strings.start.slice(),
      end: strings.end.slice(),
    },
    frames: {
      length: frames.length,
      name: frames.name.slice(),
      file: frames.file.slice(),
      line: frames.line.slice(),
    },
  };
}
