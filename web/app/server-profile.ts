/** A profile of the server as a document: read and prepared there, so that the page has nothing to do but draw. */
import type { ProfileBody } from '../../shared/protocol/api.ts';
import { fetchOpened, type OnProgress } from '../client/api.ts';
import { type FileFacts, makeDocument, type OpenDocument } from '../state/document.ts';

/** What ends a fetching, and who hears of it. */
export interface FetchTask {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** The profile of an id. `isListed`: the id is that of an entry of a folder. @throws ApiError. */
export async function openServerProfile(id: string, isListed: boolean, task: FetchTask): Promise<OpenDocument> {
  const start = performance.now();
  const { about, file } = await fetchOpened(id, task.onProgress, task.signal);
  performance.measure('tsviz:fetch', { start, end: performance.now() });
  return makeDocument(file, { ...describeServerProfile(about, id, isListed), bytes: about.bytes });
}

/** What the server says about a file, in the words of a document. */
export function describeServerProfile(about: ProfileBody, asked: string, isListed: boolean): Omit<FileFacts, 'bytes'> {
  const { id, name, modified } = about;
  // An entry of a listing is asked for by its place: another id is no other content then.
  return { place: { kind: 'profile', id }, name, modified, origin: 'server', changedSince: id !== asked && !isListed };
}
