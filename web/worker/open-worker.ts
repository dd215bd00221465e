/**
 * The reading worker: bytes in, a profile prepared for trees out. Everything here is the file's fault or ours, never the
 * page's: whatever is thrown becomes one reply.
 */
/// <reference lib="webworker" />
import { FormatError, TsvizError } from '../../shared/errors.ts';
import type { OpenReply, OpenRequest, ReadFailure } from '../../shared/protocol/worker.ts';
import { readBytes } from '../../shared/readers/index.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { cutExcerpt } from './excerpt.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', (event: MessageEvent<OpenRequest>) => {
  void open(event.data).then(
    (file) => reply({ kind: 'opened', file }, listBuffers(file)),
    async (error: unknown) => reply({ kind: 'failed', failure: await describe(error, event.data) }),
  );
});

async function open({ bytes, name }: OpenRequest): Promise<OpenedFile> {
  reply({ kind: 'stage', stage: 'read' });
  const start = performance.now();
  const group = await readBytes(bytes, name);
  const read = performance.now();
  reply({ kind: 'stage', stage: 'prepare' });
  return { ...openGroup(group), took: { read: read - start, prepare: performance.now() - read } };
}

async function describe(error: unknown, { bytes }: OpenRequest): Promise<ReadFailure> {
  if (error instanceof FormatError) {
    const { format = null, advice = null, offset } = error.details;
    const excerpt = offset === undefined ? null : await cutExcerpt(bytes, offset);
    return { code: error.code, message: error.message, format, advice, excerpt };
  }
  const code = error instanceof TsvizError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  return { code, message, format: null, advice: null, excerpt: null };
}

function reply(message: OpenReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
