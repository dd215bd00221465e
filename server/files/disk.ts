/**
 * The door to the disk: looking at, opening and reading one file that somebody at the terminal offered.
 *
 * Paths come from the command line or from our own walk through a folder, never from a request. Errors of the system
 * become sentences here, without the path: whoever shows them knows what to call the file.
 */
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, opendir, realpath, stat } from 'node:fs/promises';
import { AccessError, NotFoundError, TsvizError } from '../../shared/errors.ts';

/** Where a file is. */
export interface FilePlace {
  readonly path: string;
  /**
   * True for what somebody named at the terminal. False for what our walk found in a folder: there `path` is the real
   * one, and when a link has come into it since, it leads to something that nobody offered.
   */
  readonly followsLinks: boolean;
}

/** Reading goes in pieces of this size: large enough for full speed, small enough to stop in time. */
const CHUNK_BYTES = 1 << 20;

/** What tells one state of a file from another. */
export interface FileStamp {
  readonly bytes: number;
  /** ms since 1970, with fractions. */
  readonly modified: number;
  /** The same of the last change of anything, which no program can set back. */
  readonly changed: number;
  /** Inode: tells a file that was replaced from one that was not, whatever its date. */
  readonly inode: number;
}

/** What lies at a place. */
export type Place =
  | { readonly kind: 'file'; readonly stamp: FileStamp }
  | { readonly kind: 'folder'; readonly device: number; readonly inode: number }
  /** A pipe, such as the shell's `<(…)`: can be read once. */
  | { readonly kind: 'pipe' };

/**
 * What lies at a place.
 * @throws NotFoundError, AccessError in words; also for devices and sockets, and for links where none are followed.
 */
export async function lookAt(place: FilePlace): Promise<Place> {
  await refuseLinks(place);
  const found = await inWords(() => stat(place.path));
  if (found.isFile()) return { kind: 'file', stamp: toStamp(found) };
  if (found.isDirectory()) return { kind: 'folder', device: found.dev, inode: found.ino };
  if (found.isFIFO()) return { kind: 'pipe' };
  throw new AccessError('this is a device or a socket, not a file');
}

/**
 * The real path of a folder that can be listed.
 * @throws AccessError in words.
 */
export async function resolveFolder(path: string): Promise<string> {
  const folder = await inWords(() => opendir(path));
  await folder.close();
  return inWords(() => realpath(path));
}

async function refuseLinks({ path, followsLinks }: FilePlace): Promise<void> {
  if (followsLinks || (await inWords(() => realpath(path))) === path) return;
  throw new AccessError('a link is in its place now, and links in a folder are not followed');
}

/** A file opened for reading, and its state at that moment. The caller closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly stamp: FileStamp;
}

/**
 * A regular file, opened. Refuses everything else without waiting on it (a pipe put in a file's place would block).
 * @throws NotFoundError, AccessError in words.
 */
export async function openRegularFile(place: FilePlace): Promise<OpenFile> {
  await refuseLinks(place);
  const noLink = place.followsLinks ? 0 : (constants.O_NOFOLLOW ?? 0);
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noLink;
  const handle = await inWords(() => open(place.path, flags));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new AccessError('this is no longer a file');
    return { handle, stamp: toStamp(found) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * All bytes of a file. `onChunk` is called with each part, in order, while the next one is read.
 * @throws TsvizError when it is larger than `maxBytes`, NotFoundError, AccessError in words.
 */
export async function readWholeFile(
  place: FilePlace,
  maxBytes: number,
  onChunk?: (chunk: Uint8Array) => void,
): Promise<{ bytes: Uint8Array; stamp: FileStamp }> {
  const { handle, stamp } = await openRegularFile(place);
  try {
    if (stamp.bytes > maxBytes) throw new TooLargeError(stamp.bytes, maxBytes);
    // Sized by the state at opening; a file that grows meanwhile is read as it was, one that shrinks is cut.
    const bytes = new Uint8Array(stamp.bytes);
    const readOn = (from: number) => handle.read(bytes, from, Math.min(CHUNK_BYTES, bytes.length - from), from);
    let at = 0;
    let next = bytes.length > 0 ? readOn(0) : null;
    while (next !== null) {
      const { bytesRead } = await next;
      const chunk = bytes.subarray(at, at + bytesRead);
      at += bytesRead;
      next = bytesRead > 0 && at < bytes.length ? readOn(at) : null;
      onChunk?.(chunk);
    }
    return { bytes: at === bytes.length ? bytes : bytes.slice(0, at), stamp };
  } finally {
    await handle.close();
  }
}

/**
 * The first bytes of a file, at most `count`.
 * @throws NotFoundError, AccessError in words.
 */
export async function readHead(place: FilePlace, count: number): Promise<Uint8Array> {
  const { handle } = await openRegularFile(place);
  try {
    const head = new Uint8Array(count);
    const { bytesRead } = await handle.read(head, 0, count, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Everything a stream gives.
 * @throws TsvizError as soon as it gave more than `maxBytes`.
 */
export async function readStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new Error('a byte stream gave text');
    size += chunk.length;
    if (size > maxBytes) throw new TooLargeError(size, maxBytes);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Everything a pipe gives, such as the shell's `<(…)`. Waits for its other end.
 * @throws TsvizError as soon as it gave more than `maxBytes`.
 */
export function readPipe(path: string, maxBytes: number): Promise<Uint8Array> {
  return inWords(() => readStream(createReadStream(path), maxBytes));
}

/** SHA-256 of a file and its state when it was hashed, without holding it in memory. */
export async function hashFile(place: FilePlace): Promise<{ digest: string; stamp: FileStamp }> {
  const { handle, stamp } = await openRegularFile(place);
  try {
    const hash = createHash('sha256');
    const buffer = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(1, stamp.bytes)));
    let at = 0;
    while (at < stamp.bytes) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, stamp.bytes - at), at);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return { digest: hash.digest('hex'), stamp };
  } finally {
    await handle.close();
  }
}

/**
 * All bytes of a file and their SHA-256, in one go.
 * @throws TsvizError as `readWholeFile` does.
 */
export async function readAndHash(
  place: FilePlace,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; digest: string; stamp: FileStamp }> {
  const hash = createHash('sha256');
  const read = await readWholeFile(place, maxBytes, (chunk) => hash.update(chunk));
  return { ...read, digest: hash.digest('hex') };
}

/** SHA-256 of bytes in memory. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file over the limit of --max-size. */
export class TooLargeError extends TsvizError {
  constructor(bytes: number, maxBytes: number) {
    super('access', `larger than ${inMegabytes(maxBytes)}, the limit (${inMegabytes(bytes)}); --max-size raises it`);
  }
}

/** True when two looks at a file saw the same content, as far as a look can tell. */
export function isSameState(a: FileStamp, b: FileStamp): boolean {
  return a.bytes === b.bytes && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;
}

function toStamp(found: { size: number; mtimeMs: number; ctimeMs: number; ino: number }): FileStamp {
  return { bytes: found.size, modified: found.mtimeMs, changed: found.ctimeMs, inode: found.ino };
}

function inMegabytes(bytes: number): string {
  return bytes < 1e6 ? `${bytes} bytes` : `${Math.ceil(bytes / 1e6)} MB`;
}

/** Sentences for what the system says; anything else passes as it is. */
const SENTENCES: Readonly<Record<string, (cause: unknown) => TsvizError>> = {
  ENOENT: () => new NotFoundError('there is no such file'),
  ENOTDIR: () => new NotFoundError('there is no such file: a part of its path is a file'),
  ELOOP: () => new NotFoundError('this is a link that leads back to itself'),
  ENAMETOOLONG: () => new NotFoundError('there is no such file: the name is longer than any can be'),
  EACCES: () => new AccessError('you may not read it (permission denied)'),
  EPERM: () => new AccessError('you may not read it (permission denied)'),
  EISDIR: () => new AccessError('this is a folder, not a file'),
  ENXIO: () => new AccessError('this is a device or a socket, not a file'),
  EMFILE: () => new AccessError('too many files are open at once'),
  EIO: () => new AccessError('the disk reports an error while reading it'),
};

async function inWords<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw SENTENCES[code]?.(error) ?? error;
  }
}
