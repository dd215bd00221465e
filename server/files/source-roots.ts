/**
 * Source text of files that a profile names, from folders that the person at the terminal meant: the one tsviz was
 * started in, and each `--source-root`.
 *
 * A profile can name any file of the disk, so its naming one is never enough. A file is given only if
 *
 *   its real path lies in the real path of a folder   (by path.relative: `root-evil` begins with `root`, too)
 *   no part of it below that folder is hidden or named like a key
 *   it is a regular file, a text of a programming language by its name, UTF-8 by its bytes, and not large
 *   what was opened is what was looked at             (links may be put in its place meanwhile)
 *
 * Whatever else is the matter, the answer is the same: there is nothing.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { extname, isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveFolder } from './disk.ts';

/** Larger ones were not written by a person. */
export const MAX_SOURCE_BYTES = 2_000_000;

/** What programs are written in. Nothing that holds settings, keys or data, whatever it is called. */
const EXTENSIONS = new Set(
  (
    'py pyw pyi pyx pxd pxi c h cc cpp cxx hh hpp hxx inl m mm go rs zig d f f90 f95 js mjs cjs jsx ts mts cts tsx ' +
    'java kt kts scala groovy clj cs fs vb swift dart rb php pl pm lua jl r nim hs ml mli ex exs erl'
  )
    .split(' ')
    .map((name) => `.${name}`),
);

/** Names of folders and files that are refused wherever they lie: what begins with a dot, and keys. */
const HIDDEN = /^(?:\.|id_)/i;

/** The folders whose source may be shown. */
export class SourceRoots {
  /** Real paths. */
  readonly #roots: readonly string[];

  private constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /**
   * `started`: where tsviz was started; a disk's root is nobody's program and stays out. `given`: chosen by the user.
   * @throws NotFoundError, AccessError in words for a given folder that can't be listed.
   */
  static async open(started: string, given: readonly string[]): Promise<SourceRoots> {
    const here = parse(started).root === started ? null : await realpath(started).catch(() => null);
    const chosen = await Promise.all(given.map((folder) => resolveFolder(resolve(started, folder))));
    return new SourceRoots([...new Set([...(here === null ? [] : [here]), ...chosen])]);
  }

  /** Text of a file as a profile names it; null when it is not to be had, for whatever reason. */
  async read(named: string): Promise<string | null> {
    for (const path of this.#listPlaces(named)) {
      const text = await this.#readInside(path);
      if (text !== null) return text;
    }
    return null;
  }

  /** Where a file of this name may lie. A relative name means the same in each folder. */
  #listPlaces(named: string): readonly string[] {
    const path = toPath(named);
    // The system would ask a machine of that name for it.
    if (path === null || /^[\\/]{2}/.test(path) || !isSourceName(path)) return [];
    return isAbsolute(path) ? [path] : this.#roots.map((root) => resolve(root, path));
  }

  async #readInside(path: string): Promise<string | null> {
    let handle: FileHandle | null = null;
    try {
      const real = await realpath(path);
      if (!this.#holds(real)) return null;
      const seen = await lstat(real);
      if (!seen.isFile() || seen.size > MAX_SOURCE_BYTES) return null;
      const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
      handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const opened = await handle.stat();
      if (!opened.isFile() || opened.dev !== seen.dev || opened.ino !== seen.ino) return null;
      // O_NOFOLLOW guards the last name only: a folder on the way may have become a link before the opening.
      if ((await realpath(real)) !== real) return null;
      // It may have been put back by now. Linux knows where the file that was opened lies; elsewhere there is no asking.
      const place = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => real);
      if (place !== real) return null;
      return decode(await readUpTo(handle, MAX_SOURCE_BYTES + 1));
    } catch (error) {
      // What the system refuses, and paths that can't be any (with a NUL).
      if (error instanceof Error && 'code' in error) return null;
      throw error;
    } finally {
      await handle?.close();
    }
  }

  #holds(real: string): boolean {
    return this.#roots.some((root) => {
      const below = relative(root, real);
      if (below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return false;
      return isSourceName(real) && !below.split(sep).some((part) => HIDDEN.test(part));
    });
  }
}

/** Node's own profiles name files by address. */
function toPath(named: string): string | null {
  if (!named.startsWith('file:')) return named;
  try {
    return fileURLToPath(named);
  } catch {
    // On another machine, or no address at all.
    return null;
  }
}

function isSourceName(path: string): boolean {
  return EXTENSIONS.has(extname(path).toLowerCase());
}

async function readUpTo(handle: FileHandle, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let at = 0;
  while (at < most) {
    const { bytesRead } = await handle.read(bytes, at, most - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** Null for what is no text. */
function decode(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_SOURCE_BYTES || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
