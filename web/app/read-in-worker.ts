/** A file read in a worker of the page, with its stages in the browser's performance panel. */

import type { Profile } from '../../shared/model/profile.ts';
import type { OpenedReply, OpenRequest, OpenStage } from '../../shared/protocol/worker.ts';
import type { PreparedGraph } from '../../shared/tree/prepare.ts';
import { prepareGraph, readInWorker, unpackInWorker } from '../client/read-file.ts';
import { measureStages } from './stage-measures.ts';
import { createReadWorker, createUnpackWorker } from './workers.ts';

/** What ends a reading, and who hears of its stages. */
export interface ReadTask {
  readonly signal: AbortSignal;
  readonly onLoaded?: (bytes: number) => void;
  readonly onStage?: (stage: OpenStage) => void;
}

/** What is in a file or its bytes; bytes move. @throws ReadError. */
export async function readRequest(request: OpenRequest, task: ReadTask): Promise<OpenedReply> {
  const answer = await readInWorker(request, { createWorker: createReadWorker, ...task });
  measureStages(answer.file.took);
  return answer;
}

/** What was packed, in pieces that come; they move. @throws ReadError, and what taking the pieces throws. */
export async function readPacked(pieces: AsyncIterable<Uint8Array>, task: ReadTask): Promise<OpenedReply> {
  const answer = await unpackInWorker(pieces, { createWorker: createUnpackWorker, ...task });
  measureStages(answer.file.took);
  return answer;
}

/** The call graph of a profile in a metric, prepared for trees. */
export function prepareInWorker(profile: Profile, metric: number, signal: AbortSignal): Promise<PreparedGraph> {
  return prepareGraph({ prepare: profile, metric }, { createWorker: createUnpackWorker, signal });
}
