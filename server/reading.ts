/**
 * Reading profiles in a worker thread: one at a time, with limits on memory and time.
 *
 * A worker that oversteps is ended and the next job gets a new one, so one bad file costs one job. Jobs wait in line:
 * two at once would only share the same cores and double the memory.
 */
import { Worker } from 'node:worker_threads';
import { FormatError, TsvizError } from '../shared/errors.ts';
import type { ProfileGroup } from '../shared/model/profile.ts';
import type { SummaryBody } from '../shared/protocol/api.ts';
import type { StageTimes } from '../shared/readers/stage-times.ts';
import { isSameState, readWholeFile } from './files/disk.ts';
import type { StoredProfile } from './files/store.ts';
import { Pieces } from './pieces.ts';
import type { NamedFiles, WorkerAnswer, WorkerFault, WorkerJob, WorkerPiece } from './worker.ts';

/** What one job may take. ArrayBuffers are outside of these; the readers budget them. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };
const MAX_JOB_MS = 60_000;

/** Where the worker is, and how much it may take. */
export interface ReadingOptions {
  /** Program of the worker. */
  readonly workerFile: string;
  readonly maxBytes: number;
  /** Wall clock per job. */
  readonly maxMs?: number;
  /** Bytes of a profile that somebody has read already; null: none. */
  readonly takeAhead?: (profile: StoredProfile) => Uint8Array | null;
  /** Told what the stages of each opening took. */
  readonly onOpened?: (took: StageTimes) => void;
  readonly resourceLimits?: typeof RESOURCE_LIMITS;
}

type OnPiece = (piece: WorkerPiece['piece']) => void;

/** The compact form of what is read, as far as it is wished for before the reading ends. */
interface Wished {
  readonly wish: Int32Array;
  readonly onPiece: OnPiece;
}

/** What a reading gives. */
interface Told {
  readonly summary: SummaryBody;
  /** Null when nobody asked for them, or when there is nothing to give. */
  readonly parts: readonly Uint8Array[] | null;
}

/** A profile that is being opened. */
export interface Opening {
  /**
   * The profile, read and prepared, packed for the page; null when no profile can be read from the file, which its
   * summary then says.
   */
  readonly opened: Promise<readonly Uint8Array[] | null>;
  /** The same in the compact form for slow lines, no pieces for null. Made when somebody asks for it. */
  getCompact(): Pieces;
}

/** The one line of jobs of a process. */
export class Reading {
  readonly #options: ReadingOptions;
  #worker: Worker | null = null;
  #isClosed = false;
  #line: Promise<unknown> = Promise.resolve();
  readonly #summaries = new Map<StoredProfile, Promise<SummaryBody>>();

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Starts the worker before the first job is there: it then costs no waiting. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  /**
   * The profiles in a file's bytes. The bytes are handed over and gone afterwards.
   * @throws FormatError.
   */
  async read(bytes: Uint8Array, name: string): Promise<ProfileGroup> {
    const answer = await this.#enqueue(() =>
      this.#run({ task: 'read', bytes, name, maxBytes: this.#options.maxBytes }),
    );
    if (answer.kind === 'group') return answer.group;
    throw answer.kind === 'fault' ? toError(answer.fault) : new Error('the worker answered something else');
  }

  /** What a first reading of a profile says; kept until the file changes. Never throws: trouble is in the summary. */
  async getSummary(profile: StoredProfile): Promise<SummaryBody> {
    if (profile.summary !== null) return profile.summary;
    // The same file asked for twice is read once, and so the line is never longer than the list of files.
    const pending =
      this.#summaries.get(profile) ??
      this.#enqueue(() => this.#readFor(profile, 'summary')).then(({ summary }) => summary);
    this.#summaries.set(profile, pending);
    try {
      return await pending;
    } finally {
      this.#summaries.delete(profile);
    }
  }

  /** Begins to open a profile. */
  open(profile: StoredProfile): Opening {
    const wish = new Int32Array(new SharedArrayBuffer(4));
    const compact = new Pieces();
    const work = this.#enqueue(() =>
      this.#readFor(profile, 'open', { wish, onPiece: (piece) => take(compact, piece) }),
    );
    const summary = work.then((done) => done.summary);
    summary.catch(() => {});
    // Whoever wants the summary meanwhile waits for this reading.
    this.#summaries.set(profile, summary);
    const opened = work
      .then(({ parts }) => parts)
      .finally(() => {
        if (this.#summaries.get(profile) === summary) this.#summaries.delete(profile);
      });
    const getCompact = () => {
      if (Atomics.exchange(wish, 0, 1) === 0) {
        opened.then((parts) => this.#completeCompact(compact, parts)).catch((error) => compact.fail(error));
      }
      return compact;
    };
    return { opened, getCompact };
  }

  /** Makes the compact form where it was wished for too late, or can be made only now. */
  async #completeCompact(compact: Pieces, opened: readonly Uint8Array[] | null): Promise<void> {
    if (opened !== null && compact.isEmpty) {
      const job = { task: 'compact', bytes: joinBytes(opened), name: '', maxBytes: this.#options.maxBytes } as const;
      const answer = await this.#enqueue(() => this.#run(job, (piece) => take(compact, piece)));
      if (answer.kind === 'fault') throw toError(answer.fault);
    }
    if (opened === null && compact.isEmpty) compact.end();
    if (!compact.isOver) throw new Error('the worker ended half way');
  }

  /** The files that a profile names, of exactly the content it is known by; null when that is gone or no profile. */
  async readFiles(profile: StoredProfile): Promise<NamedFiles | null> {
    const { maxBytes } = this.#options;
    const answer = await this.#enqueue(async () => {
      const bytes = await readKnown(profile, maxBytes).catch((error: unknown) => {
        if (error instanceof TsvizError) return null;
        throw error;
      });
      return bytes && this.#run({ task: 'files', bytes, name: profile.name, maxBytes });
    });
    return answer?.kind === 'files' ? answer.named : null;
  }

  /** Ends the worker, whatever it is doing. Jobs under way are never answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** One reading; what it tells is kept as the profile's summary. */
  async #readFor(profile: StoredProfile, task: 'summary' | 'open', wished?: Wished): Promise<Told> {
    const asked = profile.id;
    const told = await this.#tell(profile, task, wished);
    // The file may have changed meanwhile; then this is the summary of something that is gone.
    if (profile.id === asked) {
      profile.summary = told.summary;
      profile.error = told.summary.error;
    }
    return told;
  }

  async #tell(profile: StoredProfile, task: 'summary' | 'open', wished?: Wished): Promise<Told> {
    const { maxBytes } = this.#options;
    try {
      const bytes =
        profile.home.kind === 'memory'
          ? profile.home.bytes.slice()
          : (this.#options.takeAhead?.(profile) ?? (await readWholeFile(profile.home, maxBytes)).bytes);
      const { wish, onPiece } = wished ?? {};
      const job = { task, bytes, name: profile.name, maxBytes, ...(wish && { wish }) };
      const answer = await this.#run(job, onPiece);
      if (answer.kind === 'summary') return { summary: answer.summary, parts: null };
      if (answer.kind === 'opened') {
        this.#options.onOpened?.(answer.took);
        return answer;
      }
      if (answer.kind === 'fault') return { summary: toBadSummary(toError(answer.fault)), parts: null };
      throw new Error('the worker answered something else');
    } catch (error) {
      if (error instanceof TsvizError) return { summary: toBadSummary(error), parts: null };
      throw error;
    }
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#line.then(job);
    this.#line = done.catch(() => {});
    return done;
  }

  #run(job: WorkerJob, onPiece?: OnPiece): Promise<WorkerAnswer> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const hear = (message: WorkerAnswer | WorkerPiece) => {
        if (message.kind === 'piece') onPiece?.(message.piece);
        else settle(message);
      };
      const settle = (answer: WorkerAnswer) => {
        clearTimeout(limit);
        // One by one: removing all at once takes Node's own away too, and the worker never answers a second job.
        worker.off('message', hear).off('error', overrun).off('exit', broken);
        resolve(answer);
      };
      const end = (message: string) => {
        // Whoever closed this is not interested in how far it got.
        if (this.#isClosed) return clearTimeout(limit);
        if (this.#worker === worker) this.#worker = null;
        void worker.terminate();
        settle({ kind: 'fault', fault: { code: 'format', message, advice: null, offset: null, stack: null } });
      };
      const overrun = () => end('reading it takes more memory than a file may');
      const broken = () => end('reading it was broken off');
      const maxMs = this.#options.maxMs ?? MAX_JOB_MS;
      const limit = setTimeout(() => end(`reading it takes more than ${Math.ceil(maxMs / 1000)} s, the limit`), maxMs);
      worker.on('message', hear);
      worker.once('error', overrun);
      worker.once('exit', broken);
      worker.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerFile, {
      resourceLimits: this.#options.resourceLimits ?? RESOURCE_LIMITS,
      // Nothing of ours that it could hand on.
      env: {},
      argv: [],
    });
    // A worker that has nothing to do keeps no process alive; the timer of a job does.
    worker.unref();
    return worker;
  }
}

function take(pieces: Pieces, piece: WorkerPiece['piece']): void {
  if (piece === null) pieces.end();
  else pieces.push(piece);
}

/** Bytes of a profile as it was last looked at; null when its file is another one by now. */
async function readKnown({ home, stamp }: StoredProfile, maxBytes: number): Promise<Uint8Array | null> {
  if (home.kind === 'memory') return home.bytes.slice();
  const read = await readWholeFile(home, maxBytes);
  return stamp !== null && isSameState(stamp, read.stamp) ? read.bytes : null;
}

function toError(fault: WorkerFault): FormatError {
  const details = {
    ...(fault.advice === null ? {} : { advice: fault.advice }),
    ...(fault.offset === null ? {} : { offset: fault.offset }),
    ...(fault.stack === null ? {} : { cause: fault.stack }),
  };
  if (fault.code === 'unknown-format' || fault.code === 'unsupported-version')
    return new FormatError(fault.message, details, fault.code);
  return new FormatError(fault.message, details);
}

function toBadSummary(error: TsvizError): SummaryBody {
  const nothing = { format: null, writer: null, functions: null, total: null, unit: null };
  const advice = error instanceof FormatError ? error.details.advice : undefined;
  const message = advice === undefined ? error.message : `${error.message}. ${advice}`;
  return { ...nothing, error: { code: error.code, message } };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
