/** A file read in a worker of the page, with its stages in the browser's performance panel. */
import type { OpenRequest, OpenStage } from '../../shared/protocol/worker.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import { readInWorker } from '../client/read-file.ts';
import { createOpenWorker } from './workers.ts';

/** What ends a reading, and who hears of its stages. */
export interface ReadTask {
  readonly signal: AbortSignal;
  readonly onStage?: (stage: OpenStage) => void;
}

/** What is in the bytes; they move. @throws ReadError. */
export async function readBytes(request: OpenRequest, task: ReadTask): Promise<OpenedFile> {
  const file = await readInWorker(request, { createWorker: createOpenWorker, ...task });
  // The worker has a clock of its own: what it took is laid before the moment its answer came.
  let end = performance.now();
  for (const [stage, took] of Object.entries(file.took).reverse()) {
    const start = Math.max(0, end - took);
    performance.measure(`tsviz:${stage}`, { start, end });
    end = start;
  }
  return file;
}
