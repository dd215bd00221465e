/**
 * The reading worker: a file or its bytes in, a profile prepared for trees out. Everything here is the file's fault or
 * ours, never the page's: whatever is thrown becomes one reply. What the server has read comes by unpack-worker.ts.
 */
/// <reference lib="webworker" />
import { FormatError, TsvizError } from '../../shared/errors.ts';
import { openFirstNodes } from '../../shared/layout/first-nodes.ts';
import type { Excerpt, OpenReply, OpenRequest, ReadFailure } from '../../shared/protocol/worker.ts';
import { readBytes } from '../../shared/readers/index.ts';
import type { StageHook } from '../../shared/readers/reader.ts';
import { StageTimer } from '../../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { computeContentId } from './content-id.ts';
import { cutExcerpt } from './excerpt.ts';
import { loadFile } from './load-file.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', (event: MessageEvent<OpenRequest>) => {
  const request = event.data;
  const { from } = request;
  void (from instanceof Blob ? openFile(from, request) : open(from, request)).then(
    (opened) => reply({ kind: 'opened', ...opened }, listBuffers(opened.file)),
    async (error: unknown) => reply({ kind: 'failed', failure: await describe(error, from) }),
  );
});

/** What is opened, and the id of its content where that is not known before. */
interface Opened {
  readonly file: OpenedFile;
  readonly id: string | null;
}

async function openFile(file: Blob, request: OpenRequest): Promise<Opened> {
  const start = performance.now();
  const bytes = await loadFile(file, (loaded) => reply({ kind: 'loaded', bytes: loaded }));
  const fetch = performance.now() - start;
  // The browser's own code in a thread of its own: it is done long before the reading is.
  const id = computeContentId(bytes);
  const opened = await open(bytes, request, () => letGo(bytes));
  return { file: { ...opened.file, took: { fetch, ...opened.file.took } }, id: await id };
}

/** `onRead`: nobody looks at the bytes any more. */
async function open(bytes: Uint8Array, { name }: OpenRequest, onRead = () => {}): Promise<Opened> {
  reply({ kind: 'stage', stage: 'read' });
  const times = new StageTimer(() => performance.now());
  const onStage: StageHook = (stage) => {
    times.begin(stage);
    if (stage === 'build') onRead();
  };
  const group = await readBytes(bytes, name, { onStage });
  reply({ kind: 'stage', stage: 'prepare' });
  times.begin('prepare');
  const opened = openGroup(group);
  times.begin('open');
  const nodes = openFirstNodes(opened);
  return { file: { ...opened, nodes, took: times.end() }, id: null };
}

/** Gives memory back, whoever still points at it: a reader's own frames do until it returns. */
function letGo({ buffer }: Uint8Array): void {
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
}

async function describe(error: unknown, from: OpenRequest['from']): Promise<ReadFailure> {
  if (error instanceof FormatError) {
    const { format = null, advice = null, offset } = error.details;
    const excerpt = offset === undefined ? null : await showFault(from, offset);
    return { code: error.code, message: error.message, format, advice, excerpt };
  }
  const code = error instanceof TsvizError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  return { code, message, format: null, advice: null, excerpt: null };
}

/** A file is read once more: what was read may be gone by now. */
async function showFault(from: OpenRequest['from'], offset: number): Promise<Excerpt | null> {
  const bytes = from instanceof Blob ? await loadFile(from).catch(() => null) : from;
  return bytes === null ? null : cutExcerpt(bytes, offset);
}

function reply(message: OpenReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
