/**
 * The profiles below a folder that somebody named at the terminal.
 *
 * Walks sub-folders with a list of its own (no recursion), never through a link and never into a name that starts
 * with a dot, so nothing outside the folder can be reached. How much is looked at is capped: a home folder given by
 * mistake must not keep the server busy for minutes.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { TsvizError } from '../../shared/errors.ts';
import type { FolderBody, FolderEntry } from '../../shared/protocol/api.ts';
import { lookAt, readHead } from './disk.ts';
import type { ProfileStore, StoredProfile } from './store.ts';

/** Profiles listed per folder, newest first. */
const MAX_ENTRIES = 2_000;
/** Names looked at per listing, files and folders together. */
const MAX_NAMES = 50_000;
/** Files whose heads are read per listing. */
const MAX_HEADS = 10_000;
/** Enough for every reader's sniffing. */
export const HEAD_BYTES = 4_096;
/** As much of a packed head is unpacked; at gzip's best ratio, 1032 : 1, half a megabyte comes out. */
const PACKED_HEAD_BYTES = 512;
/** What is read to find a profile by its content: not the one huge file, and not the whole disk. */
const MAX_SEARCHED_FILE_BYTES = 64_000_000;
const MAX_SEARCHED_BYTES = 2_000_000_000;
const ID_DIGITS = 16;

/** Format of a file by its head, or null when it is no profile. */
export type Sniff = (head: Uint8Array) => Promise<{ readonly id: string } | null>;

/** A folder that is listed. */
export interface StoredFolder {
  readonly id: string;
  /** The real one, free of links. */
  readonly path: string;
  /** Base name, as it was typed. */
  readonly name: string;
}

interface Found {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
  readonly inode: number;
}

/** The folders this server lists. */
export class FolderStore {
  readonly #profiles: ProfileStore;
  readonly #sniff: Sniff;
  readonly #folders: StoredFolder[] = [];
  /** Formats by file state, so that a listing asked for again reads only what changed. */
  readonly #formats = new Map<string, string | null>();
  /** Entries of all listings, for finding one by its content. */
  readonly #entries = new Map<string, StoredProfile>();
  #searched = 0;
  #search: Promise<void> = Promise.resolve();

  constructor(profiles: ProfileStore, sniff: Sniff) {
    this.#profiles = profiles;
    this.#sniff = sniff;
  }

  get all(): readonly StoredFolder[] {
    return this.#folders;
  }

  /** A folder somebody named at the terminal. `device`, `inode`: its id comes from these, and stays after a restart. */
  add(place: Pick<StoredFolder, 'path' | 'name'>, device: number, inode: number): StoredFolder {
    const id = digest(`${device}:${inode}`);
    const known = this.#folders.find((folder) => folder.id === id);
    if (known !== undefined) return known;
    const folder = { id, ...place };
    this.#folders.push(folder);
    return folder;
  }

  /** What the folder holds now. Cost: a walk through it, and a head for each file that is new or changed. */
  async list(folder: StoredFolder): Promise<FolderBody> {
    const { found, omitted } = await walk(folder.path);
    found.sort((a, b) => b.modified - a.modified || (a.name < b.name ? -1 : 1));
    const entries: FolderEntry[] = [];
    let left = omitted + Math.max(0, found.length - MAX_HEADS);
    for (const file of found.slice(0, MAX_HEADS)) {
      const format = await this.#getFormat(file);
      if (format === null) continue;
      if (entries.length >= MAX_ENTRIES) {
        left += 1;
        continue;
      }
      const id = digest(`${folder.id}\n${file.name}`);
      this.#entries.set(id, this.#profiles.addEntry(id, file.path, file.name));
      entries.push({ id, name: file.name, bytes: file.bytes, modified: Math.round(file.modified), format });
    }
    return { id: folder.id, name: folder.name, entries, omitted: left };
  }

  /**
   * The listed profile whose content has this id, for links to it that were made before this server started.
   * Cost: the first time, reading the listed files once, up to a limit.
   */
  async findByContent(id: string): Promise<StoredProfile | null> {
    if (this.#folders.length === 0) return null;
    // One search at a time: a second one would only read the same files.
    this.#search = this.#search.then(() => this.#hashAll());
    await this.#search;
    return this.#profiles.find(id);
  }

  async #hashAll(): Promise<void> {
    for (const folder of this.#folders) {
      for (const { id, bytes } of (await this.list(folder)).entries) {
        const profile = this.#entries.get(id);
        if (profile === undefined || profile.id !== null || bytes > MAX_SEARCHED_FILE_BYTES) continue;
        this.#searched += bytes;
        if (this.#searched > MAX_SEARCHED_BYTES) return;
        await this.#profiles.refresh(profile);
      }
    }
  }

  async #getFormat(file: Found): Promise<string | null> {
    const key = `${file.inode}:${file.bytes}:${file.modified}:${file.name}`;
    const known = this.#formats.get(key);
    if (known !== undefined) return known;
    let format: string | null = null;
    try {
      format = await sniffHead(await readHead({ path: file.path, followsLinks: false }, HEAD_BYTES), this.#sniff);
    } catch (error) {
      // Gone or forbidden since the walk: not a profile that can be listed.
      if (!(error instanceof TsvizError)) throw error;
    }
    this.#formats.set(key, format);
    return format;
  }
}

/** Format by the first bytes of a file, packed or not; null when it is no profile. */
export async function sniffHead(head: Uint8Array, sniff: Sniff): Promise<string | null> {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return (await sniff(head))?.id ?? null;
  try {
    const unpacked = gunzipSync(head.subarray(0, PACKED_HEAD_BYTES), { finishFlush: zlib.Z_SYNC_FLUSH });
    return (await sniff(unpacked))?.id ?? null;
  } catch {
    // Damaged from the start: whoever opens it will be told where.
    return null;
  }
}

async function walk(root: string): Promise<{ found: Found[]; omitted: number }> {
  const found: Found[] = [];
  const folders: { path: string; name: string }[] = [{ path: root, name: '' }];
  let seen = 0;
  let omitted = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await readdir(folder.path, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      seen += 1;
      const path = join(folder.path, entry.name);
      const name = folder.name === '' ? entry.name : `${folder.name}/${entry.name}`;
      if (seen > MAX_NAMES) {
        if (entry.isFile()) omitted += 1;
      } else if (entry.isDirectory()) {
        folders.push({ path, name });
      } else if (entry.isFile()) {
        const place = await lookAt({ path, followsLinks: true }).catch(() => null);
        if (place?.kind === 'file') found.push({ path, name, ...place.stamp });
      }
    }
  }
  return { found, omitted };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, ID_DIGITS);
}
