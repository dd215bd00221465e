/**
 * The reading worker: bytes in, a profile prepared for trees out. Everything here is the file's fault or ours, never the
 * page's: whatever is thrown becomes one reply.
 */
/// <reference lib="webworker" />
import { FormatError, TsvizError } from '../../shared/errors.ts';
import type { ProfileGroup } from '../../shared/model/profile.ts';
import type { OpenReply, OpenRequest, ReadFailure } from '../../shared/protocol/worker.ts';
import { readBytes } from '../../shared/readers/index.ts';
import type { StageHook } from '../../shared/readers/reader.ts';
import { StageTimer } from '../../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { decodeCompact } from '../../shared/wire/compact.ts';
import { cutExcerpt } from './excerpt.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', (event: MessageEvent<OpenRequest>) => {
  void open(event.data).then(
    (file) => reply({ kind: 'opened', file }, listBuffers(file)),
    async (error: unknown) => reply({ kind: 'failed', failure: await describe(error, event.data) }),
  );
});

async function open(request: OpenRequest): Promise<OpenedFile> {
  reply({ kind: 'stage', stage: 'read' });
  const times = new StageTimer(() => performance.now());
  const group = await read(request, times.begin);
  reply({ kind: 'stage', stage: 'prepare' });
  times.begin('prepare');
  const opened = openGroup(group);
  return { ...opened, took: times.end() };
}

async function read({ bytes, name, form }: OpenRequest, onStage: StageHook): Promise<ProfileGroup> {
  if (form === 'file') return readBytes(bytes, name, { onStage });
  onStage('read');
  return decodeCompact(bytes);
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
