/**
 * The server, as functions. Every failure is an `ApiError`, so that the page can tell a file that is gone from a server
 * that is gone.
 */
import {
  ABOUT_HEADER,
  type ErrorBody,
  type FolderBody,
  type InfoBody,
  NAME_HEADER,
  type ProfileBody,
  type ShareBody,
  type SourceBody,
  type SummaryBody,
} from '../../shared/protocol/api.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import { unpack } from '../../shared/wire/pack.ts';

/** Why the server did not give what was asked for. Status 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** Bytes so far, and in all where that is known (0 is not). */
export type OnProgress = (loaded: number, total: number) => void;

/** What the server has, and what this client may do. */
export const fetchInfo = (signal?: AbortSignal): Promise<InfoBody> => getJson('/api/info', signal);
/** Facts about one profile as it is now. */
export const fetchProfile = (id: string, signal?: AbortSignal): Promise<ProfileBody> =>
  getJson(`/api/profiles/${id}`, signal);
/** What reading a profile tells, for listings. */
export const fetchSummary = (id: string, signal?: AbortSignal): Promise<SummaryBody> =>
  getJson(`/api/profiles/${id}/summary`, signal);
/** Profiles of a folder, newest first. */
export const fetchFolder = (id: string, signal?: AbortSignal): Promise<FolderBody> =>
  getJson(`/api/folders/${id}`, signal);

/** A profile as the server has read and prepared it, and what is known about its file. */
export async function fetchOpened(
  id: string,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ readonly about: ProfileBody; readonly file: OpenedFile }> {
  const answer = await ask(`/api/profiles/${id}/opened`, signal ? { signal } : {});
  const buffer = await readBody(answer, onProgress);
  return { about: getAbout(answer), file: unpack(buffer) as OpenedFile };
}

function getAbout(answer: Response): ProfileBody {
  return JSON.parse(decodeURIComponent(answer.headers.get(ABOUT_HEADER) ?? '')) as ProfileBody;
}

/** A profile as the server has read it, in few bytes for a slow line, as they come; and what is known about its file. */
export async function fetchCompact(
  id: string,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ readonly about: ProfileBody; readonly pieces: AsyncIterable<Uint8Array> }> {
  const answer = await ask(`/api/profiles/${id}/compact`, signal ? { signal } : {});
  return { about: getAbout(answer), pieces: takePieces(answer, onProgress) };
}

/** Bytes of a profile as they are on disk now. */
export function fetchProfileBytes(id: string, onProgress: OnProgress, signal?: AbortSignal): Promise<Uint8Array> {
  return getBytes(`/api/profiles/${id}/bytes`, onProgress, signal);
}

/**
 * Source of the file that a function is in: row `frame` of the frame table of the file's profile `profile`.
 * @throws ApiError `no-source` where there is none to show, `not-allowed` where this client may see none.
 */
export async function fetchSource(id: string, frame: number, profile = 0, signal?: AbortSignal): Promise<string> {
  const { text } = await getJson<SourceBody>(`/api/profiles/${id}/source?frame=${frame}&profile=${profile}`, signal);
  return text;
}

/** Bytes of a sample that ships with the program. */
export function fetchSampleBytes(file: string, onProgress: OnProgress, signal?: AbortSignal): Promise<Uint8Array> {
  return getBytes(`/samples/${encodeURIComponent(file)}`, onProgress, signal);
}

/** Links for teammates. Only the owner is answered; the answer holds the token: keep it no longer than it is shown. */
export async function postShare(): Promise<ShareBody> {
  const answer = await ask('/api/share', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    cache: 'no-store',
  });
  return (await answer.json()) as ShareBody;
}

/** Gives a file to the server. Called only when its user asked to share it. */
export async function uploadProfile(name: string, bytes: Blob): Promise<ProfileBody> {
  const answer = await ask('/api/profiles', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', [NAME_HEADER]: encodeURIComponent(name) },
    body: bytes,
  });
  return (await answer.json()) as ProfileBody;
}

async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await ask(path, signal ? { signal } : {});
  return (await answer.json()) as T;
}

async function getBytes(path: string, onProgress: OnProgress, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await readBody(await ask(path, signal ? { signal } : {}), onProgress));
}

/** Up to this size a body comes in one piece: nobody sees a progress. */
const ONE_PIECE_BYTES = 1_000_000;

/** A body as it comes, whole. */
async function readBody(answer: Response, onProgress: OnProgress): Promise<ArrayBuffer> {
  const encoded = answer.headers.has('content-encoding');
  const total = encoded ? 0 : Number(answer.headers.get('content-length') ?? 0);
  if (answer.body === null || (total > 0 && total <= ONE_PIECE_BYTES)) return answer.arrayBuffer();
  const filler = total > 0 ? getFiller(answer.body) : null;
  if (filler !== null) return fill(filler, total, onProgress);
  const parts: Uint8Array[] = [];
  let whole = new Uint8Array(total);
  let loaded = 0;
  for await (const piece of takePieces(answer, (all) => onProgress(all, total))) {
    if (total > 0) whole.set(piece, loaded);
    else parts.push(piece);
    loaded += piece.length;
  }
  if (total > 0 && loaded !== total) throw stoppedHalfWay();
  if (total === 0) whole = join(parts, loaded);
  return whole.buffer;
}

/** A body in pieces, of unknown length. */
async function* takePieces({ body }: Response, onProgress: OnProgress): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader();
  let loaded = 0;
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw toApiError(cause);
      });
      if (done) return;
      loaded += value.length;
      onProgress(loaded, 0);
      yield value;
    }
  } finally {
    // Whoever takes no more wants nothing to come.
    reader?.cancel().catch(() => undefined);
  }
}

/** Lets the browser write where the bytes are to lie. Safari can't. */
function getFiller(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

/** Without a piece of garbage for each piece that comes: they would add up to a third of a large profile. */
async function fill(reader: ReadableStreamBYOBReader, total: number, onProgress: OnProgress): Promise<ArrayBuffer> {
  let buffer = new ArrayBuffer(total);
  let loaded = 0;
  while (loaded < total) {
    const { done, value } = await reader.read(new Uint8Array(buffer, loaded)).catch((cause: unknown) => {
      throw toApiError(cause);
    });
    if (done || value === undefined) throw stoppedHalfWay();
    // The memory moves with each reading.
    buffer = value.buffer;
    loaded += value.length;
    onProgress(loaded, total);
  }
  return buffer;
}

function stoppedHalfWay(): ApiError {
  return new ApiError(0, 'unreachable', 'The server stopped half way.');
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch((cause: unknown) => {
    throw toApiError(cause);
  });
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => null)) as ErrorBody | null;
  throw new ApiError(answer.status, body?.code ?? 'http', body?.message ?? `The server answered ${answer.status}.`);
}

/** An abort stays what it is: somebody wanted it. */
function toApiError(cause: unknown): unknown {
  if (cause instanceof DOMException && cause.name === 'AbortError') return cause;
  return new ApiError(0, 'unreachable', 'The server does not answer.');
}
