/**
 * What the page and its workers say to each other.
 *
 * Reading: one worker per file, one request each, so that a file that hangs is ended by ending its worker.
 *
 *   page    { from, name }  ──▶  worker
 *   page  ◀── loaded (a file of this machine, as it comes), stage 'read', stage 'prepare', then either opened or failed
 *
 * Unpacking, in a worker of its own each time too:
 *
 *   page    { packed } …         ──▶  worker  ──▶  as above, from stage 'read' on
 *   page    { prepare, metric }  ──▶  worker  ──▶  prepared
 *
 * Searching for an expression: one worker per profile. It is given the names once and then answers queries; a query that
 * takes too long is ended with its worker, and the next one starts a new worker.
 */
import type { ErrorCode } from '../errors.ts';
import type { FrameTable, Profile } from '../model/profile.ts';
import type { StringTable } from '../model/strings.ts';
import type { OpenedFile } from '../tree/open-group.ts';
import type { PreparedGraph } from '../tree/prepare.ts';
import type { FrameMatches, FrameQuery } from '../tree/search.ts';

/** What the unpacking worker is given to prepare one of a file's call graphs that was not prepared when it was opened. */
export interface PrepareRequest {
  readonly prepare: Profile;
  readonly metric: number;
}

/** What the reading worker is given. */
export interface OpenRequest {
  /** A file of this machine, which the worker reads itself, or bytes; they move: the sender no longer has them. */
  readonly from: Blob | Uint8Array;
  readonly name: string;
}

/**
 * What the unpacking worker is given, several times: what shared/wire/compact.ts makes of a profile, or
 * shared/wire/pack.ts, in pieces as they come; null after the last one. They move.
 */
export interface UnpackRequest {
  readonly packed: Uint8Array | null;
}

/** Work that the reading worker reports as it begins. */
export type OpenStage = 'read' | 'prepare';

/** Bytes around a fault. Offsets are those of the decompressed file. */
export interface Excerpt {
  /** Offset of the first byte of `bytes`. */
  readonly start: number;
  readonly bytes: Uint8Array;
  /** Offset of the fault. */
  readonly at: number;
  /** True when the file ends at the fault. */
  readonly ends: boolean;
}

/** Why a file could not be opened. `internal` is a mistake of ours; `timeout` and `cancelled` are the page's doing. */
export interface ReadFailure {
  readonly code: ErrorCode | 'internal' | 'timeout' | 'cancelled';
  readonly message: string;
  /** Reader id the bytes were recognised by. */
  readonly format: string | null;
  readonly advice: string | null;
  /** Null when the fault has no place. */
  readonly excerpt: Excerpt | null;
}

/** What the reading worker answers. */
export type OpenReply =
  /** Bytes of the file that are in memory by now. */
  | { readonly kind: 'loaded'; readonly bytes: number }
  | { readonly kind: 'stage'; readonly stage: OpenStage }
  | OpenedReply
  | { readonly kind: 'prepared'; readonly prepared: PreparedGraph }
  | { readonly kind: 'failed'; readonly failure: ReadFailure };

/** A file, read and prepared. */
export interface OpenedReply {
  readonly kind: 'opened';
  readonly file: OpenedFile;
  /** Of the content of a file of this machine; null of bytes, whose id whoever sent them knows. */
  readonly id: string | null;
}

/** What the searching worker is given: the names once, then queries. */
export type SearchRequest =
  | { readonly kind: 'names'; readonly strings: StringTable; readonly frames: FrameTable }
  | { readonly kind: 'query'; readonly id: number; readonly query: FrameQuery };

/** What the searching worker answers to a query. `error`: the expression is broken, in one sentence. */
export interface SearchReply {
  readonly id: number;
  readonly found: FrameMatches | null;
  readonly error: string | null;
}
