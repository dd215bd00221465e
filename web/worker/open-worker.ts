/**
 * The reading worker: a file or its bytes in, a profile prepared for trees out. Everything here is the file's fault or
 * ours, never the page's: whatever is thrown becomes one reply.
 */
/// <reference lib="webworker" />
import { FormatError, TsvizError } from '../../shared/errors.ts';
import type { ProfileGroup } from '../../shared/model/profile.ts';
import type { Excerpt, OpenReply, OpenRequest, PrepareRequest, ReadFailure } from '../../shared/protocol/worker.ts';
import { readBytes } from '../../shared/readers/index.ts';
import type { StageHook } from '../../shared/readers/reader.ts';
import { StageTimer } from '../../shared/readers/stage-times.ts';
import { type OpenedFile, openGroup } from '../../shared/tree/open-group.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import { decodeCompact } from '../../shared/wire/compact.ts';
import { isPacked, unpack } from '../../shared/wire/pack.ts';
import { computeContentId } from './content-id.ts';
import { cutExcerpt } from './excerpt.ts';
import { loadFile } from './load-file.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', (event: MessageEvent<OpenRequest | PrepareRequest>) => {
  const request = event.data;
  if ('prepare' in request) {
    const prepared = prepareCallGraph(request.prepare, request.metric);
    reply({ kind: 'prepared', prepared }, listBuffers(prepared));
    return;
  }
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
async function open(bytes: Uint8Array, { name, form }: OpenRequest, onRead = () => {}): Promise<Opened> {
  reply({ kind: 'stage', stage: 'read' });
  if (form === 'compact' && isPacked(bytes))
    return { file: unpack(bytes.buffer as ArrayBuffer) as OpenedFile, id: null };
  const times = new StageTimer(() => performance.now());
  const group = await read(bytes, name, form, (stage) => {
    times.begin(stage);
    if (stage === 'build') onRead();
  });
  reply({ kind: 'stage', stage: 'prepare' });
  times.begin('prepare');
  const opened = openGroup(group);
  return { file: { ...opened, took: times.end() }, id: null };
}

async function read(
  bytes: Uint8Array,
  name: string,
  form: OpenRequest['form'],
  onStage: StageHook,
): Promise<ProfileGroup> {
  if (form === 'file') return readBytes(bytes, name, { onStage });
  onStage('read');
  return decodeCompact(bytes);
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
