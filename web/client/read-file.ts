/**
 * Reading a file in a worker of its own, which is ended when it takes too long or nobody wants the answer any more.
 */
import type {
  OpenedReply,
  OpenReply,
  OpenRequest,
  OpenStage,
  PrepareRequest,
  ReadFailure,
  UnpackRequest,
} from '../../shared/protocol/worker.ts';
import type { PreparedGraph } from '../../shared/tree/prepare.ts';

/** A file that could not be opened, with all that its page says about it. */
export class ReadError extends Error {
  readonly failure: ReadFailure;
  constructor(failure: ReadFailure) {
    super(failure.message);
    this.name = 'ReadError';
    this.failure = failure;
  }
}

/** How a file is read: in which worker, who hears of its stages, what ends it. */
export interface ReadOptions {
  /** Starts the worker. */
  readonly createWorker: () => Worker;
  /** Bytes of a file of this machine that are in memory by now. */
  readonly onLoaded?: (bytes: number) => void;
  readonly onStage?: (stage: OpenStage) => void;
  readonly signal?: AbortSignal;
  readonly limitMs?: number;
}

/** No file worth waiting for takes longer; what does is built to hang its reader. */
const LIMIT_MS = 60_000;

/**
 * The file, read and prepared. Bytes move into the worker.
 *
 * @throws ReadError when it can't be opened, and the signal's reason when it is aborted.
 */
export function readInWorker(request: OpenRequest, options: ReadOptions): Promise<OpenedReply> {
  const transfer = request.from instanceof Blob ? [] : [request.from.buffer as ArrayBuffer];
  return askWorker([{ message: request, transfer }], options, takeOpened);
}

/**
 * What was packed, unpacked as its pieces come and prepared; the worker starts at once. Throws as `readInWorker`, and
 * what taking the pieces throws.
 */
export function unpackInWorker(pieces: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<OpenedReply> {
  return askWorker(sendPieces(pieces), options, takeOpened);
}

async function* sendPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  for await (const packed of pieces) {
    yield { message: { packed } satisfies UnpackRequest, transfer: [packed.buffer as ArrayBuffer] };
  }
  yield { message: { packed: null } satisfies UnpackRequest, transfer: [] };
}

/** The call graph of a profile, prepared for trees. The profile is copied into the worker. Throws as `readInWorker`. */
export function prepareGraph(request: PrepareRequest, options: ReadOptions): Promise<PreparedGraph> {
  const take = (reply: OpenReply) => (reply.kind === 'prepared' ? reply.prepared : null);
  return askWorker([{ message: request, transfer: [] }], options, take);
}

function takeOpened(reply: OpenReply): OpenedReply | null {
  return reply.kind === 'opened' ? reply : null;
}

/** What a worker is told, with what moves. */
interface Message {
  readonly message: OpenRequest | UnpackRequest | PrepareRequest;
  readonly transfer: Transferable[];
}

/** Asks a worker of its own, which is ended with the answer that `take` accepts. */
function askWorker<T>(
  messages: Iterable<Message> | AsyncIterable<Message>,
  options: ReadOptions,
  take: (reply: OpenReply) => T | null,
): Promise<T> {
  const { createWorker, onLoaded, onStage, signal, limitMs = LIMIT_MS } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = createWorker();
    let timer = 0;
    let isOver = false;
    const end = () => {
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.terminate();
    };
    const fail = (code: ReadFailure['code'], message: string) => {
      end();
      reject(new ReadError({ code, message, format: null, advice: null, excerpt: null }));
    };
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      fail('internal', event.message || 'The reading worker could not be started.');
    });
    worker.addEventListener('message', ({ data }: MessageEvent<OpenReply>) => {
      if (data.kind === 'loaded') onLoaded?.(data.bytes);
      else if (data.kind === 'stage') onStage?.(data.stage);
      else if (data.kind === 'failed') {
        end();
        reject(new ReadError(data.failure));
      } else {
        const taken = take(data);
        if (taken === null) return;
        end();
        resolve(taken);
      }
    });
    const tell = async () => {
      for await (const { message, transfer } of messages) {
        if (isOver) return;
        worker.postMessage(message, transfer);
      }
      // What the line takes is not the reader's fault.
      timer = window.setTimeout(() => fail('timeout', `Reading took longer than ${limitMs / 1000} seconds.`), limitMs);
    };
    tell().catch((error: unknown) => {
      end();
      reject(error);
    });
  });
}
