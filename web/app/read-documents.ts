/**
 * From a place, or from a file of this machine, to a document: fetching where it must be fetched, then reading in a
 * worker. Says how far it is; knows nothing of pages.
 */

import type { OpenStage } from '../../shared/protocol/worker.ts';
import { ApiError, fetchProfile, fetchProfileBytes, fetchSampleBytes } from '../client/api.ts';
import { findKeptFile } from '../client/kept-files.ts';
import { type FileFacts, makeDocument, type OpenDocument } from '../state/document.ts';
import type { Place } from '../state/place.ts';
import type { BegunOpening } from './begin.ts';
import { readRequest } from './read-in-worker.ts';
import { describeServerProfile, type OpeningListener, openServerProfile } from './server-profile.ts';

/** How far an opening is. */
export interface Progress {
  readonly name: string;
  readonly loaded: number;
  /** 0: not known yet. */
  readonly total: number;
  readonly stage: 'fetch' | OpenStage;
}

/** What one reading is given besides the bytes. */
export interface ReadTask {
  readonly signal: AbortSignal;
  readonly advance: (change: Partial<Progress>) => void;
  /** A profile of the server that was asked for before. */
  readonly ahead?: BegunOpening | null;
}

/** The document at a place. `isListed`: the way there was a folder's listing, whose ids are not those of contents. */
export async function readPlace(
  place: Place,
  files: ReadonlyMap<string, File>,
  isListed: boolean,
  task: ReadTask,
): Promise<OpenDocument> {
  if (place.kind === 'sample') {
    const bytes = await fetchSampleBytes(place.file, (loaded, total) => task.advance({ loaded, total }), task.signal);
    return read(bytes, { place, name: place.file, modified: null, origin: 'sample', changedSince: false }, task);
  }
  const id = place.kind === 'profile' ? place.id : '';
  const open = files.get(id);
  if (open) return readFile(open, task);
  try {
    return await readServerProfile(id, isListed, task);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error;
    const kept = await findKeptFile(id);
    if (kept === null) throw error;
    task.advance({ name: kept.name });
    return readFile(new File([kept.bytes], kept.name, { lastModified: kept.modified }), task);
  }
}

/** The document in a file of this machine. Nothing of it is sent anywhere. */
export async function readFile(file: File, { signal, advance }: ReadTask): Promise<OpenDocument> {
  const { name, size, lastModified } = file;
  const hear = { onLoaded: (loaded: number) => advance({ loaded, total: size }), ...hearStages(advance) };
  const opened = await readRequest({ from: file, name }, { signal, ...hear });
  const place: Place = { kind: 'profile', id: opened.id ?? '' };
  const about = { place, name, bytes: size, modified: lastModified, origin: 'browser', changedSince: false } as const;
  return makeDocument(opened.file, about);
}

function hearStages(advance: ReadTask['advance']): { onStage(stage: OpenStage): void } {
  return { onStage: (stage) => advance({ stage }) };
}

/** The server reads and prepares. What it can read nothing from is fetched and read here, to say where it is wrong. */
async function readServerProfile(id: string, isListed: boolean, task: ReadTask): Promise<OpenDocument> {
  const { signal, advance } = task;
  const onProgress = (loaded: number, total: number) => advance(total > 0 ? { loaded, total } : { loaded });
  const hear = { onProgress, ...hearStages(advance) };
  // Whoever waits is told for what. Trouble is told by the opening itself.
  const asked = fetchProfile(id, signal).then(
    ({ name }) => advance({ name }),
    () => undefined,
  );
  try {
    return await (takeAhead(id, task, hear) ?? openServerProfile(id, isListed, { signal, ...hear }));
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'no-profile')) throw error;
    await asked;
    const about = await fetchProfile(id, signal);
    advance({ name: about.name, total: about.bytes });
    const bytes = await fetchProfileBytes(id, onProgress, signal);
    return read(bytes, describeServerProfile(about, id, isListed), task);
  }
}

function takeAhead(id: string, { ahead, signal }: ReadTask, listener: OpeningListener): Promise<OpenDocument> | null {
  if (!ahead || ahead.id !== id) return null;
  signal.addEventListener('abort', ahead.cancel, { once: true });
  ahead.listen(listener);
  return ahead.document;
}

async function read(
  bytes: Uint8Array,
  about: Omit<FileFacts, 'bytes'>,
  { signal, advance }: ReadTask,
): Promise<OpenDocument> {
  const size = bytes.length;
  const request = { from: bytes, name: about.name };
  const { file } = await readRequest(request, { signal, ...hearStages(advance) });
  return makeDocument(file, { ...about, bytes: size });
}
