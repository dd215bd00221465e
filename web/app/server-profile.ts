/** A profile of the server as a document: read and prepared there, so that the page has nothing to do but draw. */
import type { ProfileBody } from '../../shared/protocol/api.ts';
import type { OpenStage } from '../../shared/protocol/worker.ts';
import { fetchCompact, fetchOpened, type OnProgress } from '../client/api.ts';
import { isSlowLine } from '../client/line.ts';
import { type FileFacts, makeDocument, type OpenDocument } from '../state/document.ts';
import { readPacked } from './read-in-worker.ts';

/** Who hears how far an opening is. */
export interface OpeningListener {
  readonly onProgress: OnProgress;
  readonly onStage: (stage: OpenStage) => void;
}

/** What ends an opening, and who hears of it. */
export interface OpeningTask extends OpeningListener {
  readonly signal: AbortSignal;
}

/** The profile of an id. `isListed`: the id is that of an entry of a folder. @throws ApiError. */
export async function openServerProfile(id: string, isListed: boolean, task: OpeningTask): Promise<OpenDocument> {
  const start = performance.now();
  const tell = () => performance.measure('tsviz:fetch', { start, end: performance.now() });
  if (await isSlowLine()) {
    let about: ProfileBody | null = null;
    async function* takePieces() {
      const answer = await fetchCompact(id, task.onProgress, task.signal);
      about = answer.about;
      yield* answer.pieces;
      tell();
    }
    const { file } = await readPacked(takePieces(), task);
    return makeDocument(file, { ...describeServerProfile(about!, id, isListed), bytes: about!.bytes });
  }
  const { about, file } = await fetchOpened(id, task.onProgress, task.signal);
  tell();
  return makeDocument(file, { ...describeServerProfile(about, id, isListed), bytes: about.bytes });
}

/** What the server says about a file, in the words of a document. */
export function describeServerProfile(about: ProfileBody, asked: string, isListed: boolean): Omit<FileFacts, 'bytes'> {
  const { id, name, modified } = about;
  // An entry of a listing is asked for by its place: another id is no other content then.
  return { place: { kind: 'profile', id }, name, modified, origin: 'server', changedSince: id !== asked && !isListed };
}
