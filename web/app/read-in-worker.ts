/** A file read in a worker of the page, with its stages in the browser's performance panel. */
import type { OpenRequest, OpenStage } from '../../shared/protocol/worker.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import { readInWorker } from '../client/read-file.ts';
import { measureStages } from './stage-measures.ts';
import { createOpenWorker } from './workers.ts';

/** What ends a reading, and who hears of its stages. */
export interface ReadTask {
  readonly signal: AbortSignal;
  readonly onStage?: (stage: OpenStage) => void;
}

/** What is in the bytes; they move. @throws ReadError. */
export async function readBytes(request: OpenRequest, task: ReadTask): Promise<OpenedFile> {
  const file = await readInWorker(request, { createWorker: createOpenWorker, ...task });
  measureStages(file.took);
  return file;
}
