/**
 * Bytes → profile in a thread of its own, so that a hostile file can stop nothing but this thread.
 *
 * Does one job at a time, in the order they come. Its memory and its time are limited by whoever starts it; the readers
 * budget their typed arrays themselves, because those limits do not cover them.
 */
import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { FormatError, TsvizError } from '../shared/errors.ts';
import { openFirstNodes } from '../shared/layout/first-nodes.ts';
import type { ProfileGroup } from '../shared/model/profile.ts';
import { getString } from '../shared/model/strings.ts';
import { getTables } from '../shared/model/tables.ts';
import type { SummaryBody } from '../shared/protocol/api.ts';
import { readBytes } from '../shared/readers/index.ts';
import { StageTimer, type StageTimes } from '../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../shared/tree/open-group.ts';
import { encodeCompact, isCompactable } from '../shared/wire/compact.ts';
import { pack, unpack } from '../shared/wire/pack.ts';

/** What the worker is asked. The bytes are handed over. */
export interface WorkerJob {
  /** `compact` takes what `open` gave, as one piece, and packs it for slow lines. */
  readonly task: 'summary' | 'read' | 'open' | 'compact' | 'files';
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly maxBytes: number;
  /** Shared, for `open`: not 0 as soon as somebody waits for the compact form. It is then made first. */
  readonly wish?: Int32Array;
}

/** An error as plain data: class instances do not survive the way between threads. */
export interface WorkerFault {
  readonly code: string;
  readonly message: string;
  readonly advice: string | null;
  readonly offset: number | null;
  /** For --verbose, where it was not the file's fault. */
  readonly stack: string | null;
}

/** The files that the functions of a profile's file are in. */
export interface NamedFiles {
  /** Each once, as the profile has it. */
  readonly files: readonly string[];
  /** By profile of the group and frame: row of `files`. Profiles that share their frames share the column. */
  readonly tables: readonly Int32Array[];
}

/** A piece of the compact form, on the way to an answer: of `compact`, and of `open` where it was wished for in time. */
export interface WorkerPiece {
  readonly kind: 'piece';
  /** Null: that was all. */
  readonly piece: Uint8Array<ArrayBuffer> | null;
}

/** What it answers, one answer per job. */
export type WorkerAnswer =
  | { readonly kind: 'group'; readonly group: ProfileGroup }
  | { readonly kind: 'summary'; readonly summary: SummaryBody }
  /** `parts`: the profile as shared/wire/pack.ts packs an OpenedFile. Their memory moves. */
  | {
      readonly kind: 'opened';
      readonly summary: SummaryBody;
      readonly parts: readonly Uint8Array[];
      readonly took: StageTimes;
    }
  | { readonly kind: 'compact' }
  | { readonly kind: 'files'; readonly named: NamedFiles }
  | { readonly kind: 'fault'; readonly fault: WorkerFault };

/**
 * Smaller files are read before the engine's optimizing compiler has paid for itself, and on two cores it takes them from
 * the browser that starts meanwhile. Without it, and with every function in machine code that is not optimized, the first
 * chart of a file of 0.4 MB comes a sixth sooner, of 1.5 MB as well; from 5 MB on it would come later.
 */
const SMALL_BYTES = 3_000_000;

function chooseCompilers(isSmall: boolean): void {
  setFlagsFromString(isSmall ? '--no-opt' : '--opt');
  setFlagsFromString(isSmall ? '--always-sparkplug' : '--no-always-sparkplug');
}

async function work(job: WorkerJob): Promise<WorkerAnswer> {
  chooseCompilers(job.bytes.length < SMALL_BYTES);
  try {
    if (job.task === 'compact') {
      const { group } = unpack(job.bytes.buffer as ArrayBuffer) as OpenedFile;
      // The page tells the two apart by their first bytes.
      if (!sendCompact(group)) sendPieces([job.bytes as Uint8Array<ArrayBuffer>]);
      return { kind: 'compact' };
    }
    const times = new StageTimer(() => performance.now());
    const group = await readBytes(job.bytes, job.name, { maxBytes: job.maxBytes, onStage: times.begin });
    switch (job.task) {
      case 'read':
        return { kind: 'group', group };
      case 'summary':
        return { kind: 'summary', summary: summarize(group) };
      case 'files':
        return { kind: 'files', named: listFiles(group) };
      case 'open': {
        const isWished = () => job.wish !== undefined && Atomics.load(job.wish, 0) !== 0;
        const isSent = isWished() && sendCompact(group);
        times.begin('prepare');
        const opened = openGroup(group);
        times.begin('open');
        const nodes = openFirstNodes(opened);
        const took = times.end();
        if (!isSent && isWished()) sendCompact(group);
        const parts = pack({ ...opened, nodes, took } satisfies OpenedFile);
        return { kind: 'opened', summary: summarize(group), parts, took };
      }
      default:
        return job.task satisfies never;
    }
  } catch (error) {
    return { kind: 'fault', fault: describe(error) };
  }
}

/** Sends the compact form part by part; false where there is none. */
function sendCompact(group: ProfileGroup): boolean {
  if (!isCompactable(group)) return false;
  sendPieces(encodeCompact(group));
  return true;
}

function sendPieces(pieces: Iterable<Uint8Array<ArrayBuffer>>): void {
  for (const piece of pieces) {
    parentPort?.postMessage({ kind: 'piece', piece } satisfies WorkerPiece, [piece.buffer]);
  }
  parentPort?.postMessage({ kind: 'piece', piece: null } satisfies WorkerPiece);
}

function summarize(group: ProfileGroup): SummaryBody {
  let functions = 0;
  let total = 0;
  const unit = group.profiles[0]?.metrics[0]?.unit ?? null;
  /** By table of frames, 1 for those that were counted: threads share the functions of their program. */
  const counted = new Map<Int32Array, Uint8Array>();
  for (const { frames, functions: numbers, metrics } of group.profiles) {
    if (metrics[0]?.unit !== unit) continue;
    const seen = counted.get(frames.name) ?? new Uint8Array(frames.length);
    counted.set(frames.name, seen);
    for (const [frame, self] of numbers.self[0]?.entries() ?? []) {
      // Without a self there is no entry, only a caller that the file does not list.
      if (Number.isNaN(self)) continue;
      if (seen[frame] === 0) functions += 1;
      seen[frame] = 1;
      total += self;
    }
  }
  const { format, writer } = group;
  // Timings and values over time have no functions to count.
  const hasFunctions = functions > 0 || group.profiles.every((profile) => getTables(profile).includes('calls'));
  return hasFunctions
    ? { format, writer, functions, total, unit, error: null }
    : { format, writer, functions: null, total: null, unit: null, error: null };
}

function listFiles({ profiles }: ProfileGroup): NamedFiles {
  const rows = new Map<string, number>();
  const known = new Map<Int32Array, Int32Array>();
  const tables = profiles.map(({ strings, frames }) => {
    const seen = known.get(frames.file);
    if (seen !== undefined) return seen;
    const rowOfString = new Map<number, number>();
    const column = frames.file.map((string) => {
      const row = rowOfString.get(string) ?? addFile(getString(strings, string));
      rowOfString.set(string, row);
      return row;
    });
    known.set(frames.file, column);
    return column;
  });
  return { files: [...rows.keys()], tables };

  function addFile(file: string): number {
    const row = rows.get(file) ?? rows.size;
    rows.set(file, row);
    return row;
  }
}

function describe(error: unknown): WorkerFault {
  if (error instanceof FormatError) {
    const { advice, offset } = error.details;
    return { code: error.code, message: error.message, advice: advice ?? null, offset: offset ?? null, stack: null };
  }
  if (error instanceof TsvizError)
    return { code: error.code, message: error.message, advice: null, offset: null, stack: null };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message =
    error instanceof RangeError
      ? 'reading it takes more memory than there is'
      : 'reading it failed in a way tsviz does not know';
  return { code: 'format', message, advice: null, offset: null, stack };
}

parentPort?.on('message', (job: WorkerJob) => {
  void work(job).then((answer) => {
    chooseCompilers(false);
    parentPort?.postMessage(answer, listMemory(answer));
  });
});

/** Memory that may move with an answer: packed columns are nobody else's. */
function listMemory(answer: WorkerAnswer): ArrayBuffer[] {
  return answer.kind === 'opened' ? [...new Set(answer.parts.map((part) => part.buffer as ArrayBuffer))] : [];
}
