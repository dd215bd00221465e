/**
 * The profiles and folders this server knows, by opaque ids. No id is a path, and no path comes from a request.
 *
 *   content id   first 16 hex digits of the SHA-256 of a file's bytes: what links are made of
 *   place id     of an entry in a folder's listing, from folder and name: opens before anybody has hashed the file
 *
 * A file that changes gets a new content id. The old one keeps leading to the same file, so that yesterday's link
 * opens what the file holds today and can say so.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { TsvizError } from '../../shared/errors.ts';
import type { ErrorBody, ProfileBody, SummaryBody } from '../../shared/protocol/api.ts';
import {
  type FilePlace,
  type FileStamp,
  hashBytes,
  hashFile,
  isSameState,
  lookAt,
  readAndHash,
  TooLargeError,
} from './disk.ts';

/** 64 bits: no two files that meet on one server share an id by chance, and a link stays short. */
const ID_DIGITS = 16;

/** Where a profile's bytes are. */
export type Home = ({ readonly kind: 'disk' } & FilePlace) | { readonly kind: 'memory'; readonly bytes: Uint8Array };

/** A profile the server knows. Changes only here. */
export interface StoredProfile {
  readonly home: Home;
  /** True for what a viewer uploaded: it shows nobody else's files, whatever it names. */
  readonly isFromViewer: boolean;
  /** Base name, or the path below a listed folder. */
  readonly name: string;
  /** Id of its content when last looked at; null: an entry of a listing that nobody has opened yet. */
  id: string | null;
  /** The file when last hashed; null in memory and before the first hash. */
  stamp: FileStamp | null;
  /** What reading it gave, for exactly this id; null: not read yet. */
  summary: SummaryBody | null;
  /** Why it cannot be opened now; null: nothing known against it. */
  error: ErrorBody | null;
}

/** Where a file's state is looked up and kept: what the rest of the server asks. */
export class ProfileStore {
  readonly maxBytes: number;
  readonly #opened: StoredProfile[] = [];
  /** Every id that ever led to a profile: content ids of now and before, and place ids. */
  readonly #byId = new Map<string, StoredProfile>();
  /** Bytes of a file that were read for its id, for the reader that follows. */
  #ahead: { readonly profile: StoredProfile; readonly bytes: Uint8Array } | null = null;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Profiles given by name, read from standard input or uploaded, in that order; not those of folders. */
  get opened(): readonly StoredProfile[] {
    return this.#opened;
  }

  /**
   * A file somebody named at the terminal. `opensNow`: its bytes are kept for the reading that follows at once, so that
   * a large file is not read twice.
   * @throws TsvizError in words when it is not there, not readable, or too large.
   */
  async addFile(path: string, opensNow = false): Promise<StoredProfile> {
    const known = this.#opened.find(({ home }) => home.kind === 'disk' && home.path === path);
    if (known !== undefined) return known;
    const profile = makeProfile({ kind: 'disk', path, followsLinks: true }, basename(path));
    await this.refresh(profile, opensNow);
    if (profile.error !== null) throw new TsvizError('access', profile.error.message);
    this.#opened.push(profile);
    return profile;
  }

  /** Bytes that exist nowhere else: standard input, a pipe, an upload. The same bytes again are the same profile. */
  addBytes(name: string, bytes: Uint8Array, isFromViewer = false): StoredProfile {
    const digest = hashBytes(bytes);
    const known = this.find(digest.slice(0, ID_DIGITS));
    if (known?.id === digest.slice(0, ID_DIGITS) && known.error === null) return known;
    const profile = makeProfile({ kind: 'memory', bytes }, name, isFromViewer);
    this.#claim(profile, digest);
    this.#opened.push(profile);
    return profile;
  }

  /** An entry of a listing: known by its place until it is opened. */
  addEntry(placeId: string, path: string, name: string): StoredProfile {
    const known = this.#byId.get(placeId);
    if (known !== undefined) return known;
    const profile = makeProfile({ kind: 'disk', path, followsLinks: false }, name);
    this.#byId.set(placeId, profile);
    return profile;
  }

  /** The profile an id leads or once led to. */
  find(id: string): StoredProfile | null {
    return this.#byId.get(id) ?? null;
  }

  /** Looks at the file and hashes it when it is not as it was. Never throws: trouble becomes the profile's error. */
  async refresh(profile: StoredProfile, keepsBytes = false): Promise<void> {
    if (profile.home.kind === 'memory') return;
    try {
      const place = await lookAt(profile.home);
      if (place.kind !== 'file') throw new TsvizError('access', 'this is no longer a file');
      if (place.stamp.bytes > this.maxBytes) throw new TooLargeError(place.stamp.bytes, this.maxBytes);
      const unchanged = profile.stamp !== null && isSameState(profile.stamp, place.stamp);
      if (unchanged && profile.id !== null) {
        profile.error = profile.summary?.error ?? null;
        return;
      }
      this.takeAhead(profile);
      const { digest, stamp } = keepsBytes
        ? await this.#readAhead(profile, profile.home)
        : await hashFile(profile.home);
      profile.stamp = stamp;
      this.#claim(profile, digest);
    } catch (error) {
      profile.error = { code: error instanceof TsvizError ? error.code : 'access', message: inWords(error) };
    }
  }

  /** The bytes that belong to a profile's id, if they were kept; they are nobody else's then. */
  takeAhead(profile: StoredProfile): Uint8Array | null {
    if (this.#ahead?.profile !== profile) return null;
    const { bytes } = this.#ahead;
    this.#ahead = null;
    return bytes;
  }

  async #readAhead(profile: StoredProfile, place: FilePlace): Promise<{ digest: string; stamp: FileStamp }> {
    const { bytes, digest, stamp } = await readAndHash(place, this.maxBytes);
    this.#ahead = { profile, bytes };
    return { digest, stamp };
  }

  /** Makes `digest` the content of a profile. Two files of equal content keep ids of their own. */
  #claim(profile: StoredProfile, digest: string): void {
    let id = digest.slice(0, ID_DIGITS);
    const holder = this.#byId.get(id);
    if (holder !== undefined && holder !== profile && holder.id === id) {
      id = createHash('sha256').update(`${digest}\n${profile.name}`).digest('hex').slice(0, ID_DIGITS);
    }
    if (profile.id !== id) profile.summary = null;
    profile.id = id;
    profile.error = profile.summary?.error ?? null;
    this.#byId.set(id, profile);
  }
}

/** What the page is told about a profile. `asked`: the id it was asked by, used while the content is unknown. */
export function describeProfile(profile: StoredProfile, asked = ''): ProfileBody {
  return {
    id: profile.id ?? asked,
    name: profile.name,
    bytes: profile.home.kind === 'memory' ? profile.home.bytes.length : (profile.stamp?.bytes ?? 0),
    // Only what lies on a disk has a stamp.
    modified: profile.stamp && Math.round(profile.stamp.modified),
    error: profile.error,
  };
}

function makeProfile(home: Home, name: string, isFromViewer = false): StoredProfile {
  return { home, isFromViewer, name, id: null, stamp: null, summary: null, error: null };
}

function inWords(error: unknown): string {
  return error instanceof TsvizError ? error.message : 'the system cannot read it';
}
