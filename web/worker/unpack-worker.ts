/**
 * The unpacking worker: what the server has read and sent in few bytes becomes a profile prepared for trees; and further
 * call graphs of an open file are prepared. Apart from the reading worker, because it is waited for over slow lines and
 * needs none of the readers.
 */
/// <reference lib="webworker" />
import { TsvizError } from '../../shared/errors.ts';
import { openFirstNodes } from '../../shared/layout/first-nodes.ts';
import type { OpenReply, PrepareRequest, UnpackRequest } from '../../shared/protocol/worker.ts';
import { StageTimer } from '../../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import { decodeCompact } from '../../shared/wire/compact.ts';
import { isPacked, unpack } from '../../shared/wire/pack.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', ({ data }: MessageEvent<UnpackRequest | PrepareRequest>) => {
  try {
    if ('prepare' in data) {
      const prepared = prepareCallGraph(data.prepare, data.metric);
      reply({ kind: 'prepared', prepared }, listBuffers(prepared));
    } else {
      const file = open(data.packed);
      reply({ kind: 'opened', file, id: null }, listBuffers(file));
    }
  } catch (error) {
    const code = error instanceof TsvizError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    reply({ kind: 'failed', failure: { code, message, format: null, advice: null, excerpt: null } });
  }
});

function open(bytes: Uint8Array): OpenedFile {
  reply({ kind: 'stage', stage: 'read' });
  // Tables that the compact form does not know travel as they lie in memory, prepared.
  if (isPacked(bytes)) return unpack(bytes.buffer as ArrayBuffer) as OpenedFile;
  const times = new StageTimer(() => performance.now());
  times.begin('read');
  const group = decodeCompact(bytes);
  reply({ kind: 'stage', stage: 'prepare' });
  times.begin('prepare');
  const opened = openGroup(group);
  times.begin('open');
  const nodes = openFirstNodes(opened);
  return { ...opened, nodes, took: times.end() };
}

function reply(message: OpenReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
