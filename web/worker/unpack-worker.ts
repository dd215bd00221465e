/**
 * The unpacking worker: what the server has read and sent in few bytes becomes a profile prepared for trees; and further
 * call graphs of an open file are prepared. Apart from the reading worker, because it is waited for over slow lines and
 * needs none of the readers. What comes is unpacked while the rest is still on its way.
 */
/// <reference lib="webworker" />
import { TsvizError } from '../../shared/errors.ts';
import { openFirstNodes } from '../../shared/layout/first-nodes.ts';
import type { OpenReply, PrepareRequest, UnpackRequest } from '../../shared/protocol/worker.ts';
import { StageTimer } from '../../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import { CompactReader } from '../../shared/wire/compact.ts';
import { joinBytes } from '../../shared/wire/compact-streams.ts';
import { isPacked, unpack } from '../../shared/wire/pack.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

const times = new StageTimer(() => performance.now());
const reader = new CompactReader();
/** Tables that the compact form does not know travel as they lie in memory, prepared. Null: these are none. */
let whole: Uint8Array[] | null = null;
let isBegun = false;
let hasFailed = false;

self.addEventListener('message', ({ data }: MessageEvent<UnpackRequest | PrepareRequest>) => {
  if (hasFailed) return;
  try {
    if ('prepare' in data) {
      const prepared = prepareCallGraph(data.prepare, data.metric);
      reply({ kind: 'prepared', prepared }, listBuffers(prepared));
    } else if (data.packed !== null) take(data.packed);
    else {
      const file = finish();
      reply({ kind: 'opened', file, id: null }, listBuffers(file));
    }
  } catch (error) {
    hasFailed = true;
    const code = error instanceof TsvizError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    reply({ kind: 'failed', failure: { code, message, format: null, advice: null, excerpt: null } });
  }
});

function take(piece: Uint8Array): void {
  // The first piece is longer than the mark.
  if (!isBegun && isPacked(piece)) whole = [];
  isBegun = true;
  if (whole === null) reader.push(piece);
  else whole.push(piece);
}

function finish(): OpenedFile {
  reply({ kind: 'stage', stage: 'read' });
  if (whole !== null) return unpack(joinBytes(whole).slice().buffer) as OpenedFile;
  times.begin('read');
  const group = reader.finish();
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
