/**
 * Source text of a function of a profile: the client says which function of which profile, and the profile, as it was
 * read here, says which file that is. No path comes from a request, and none goes into an answer.
 */
import type { SourceRoots } from './files/source-roots.ts';
import type { ProfileStore, StoredProfile } from './files/store.ts';
import type { Reading } from './reading.ts';
import type { NamedFiles } from './worker.ts';

/** A function, by its row in the frame table of one of the profiles of a file. */
export interface FrameReference {
  /** Content that the row belongs to: in a file that has changed since, it is that of another function. */
  readonly id: string;
  readonly profile: number;
  readonly frame: number;
}

/** The source files that profiles name. */
export class Sources {
  readonly #profiles: ProfileStore;
  readonly #reading: Reading;
  readonly #roots: SourceRoots;
  /** Of the profile that was asked about last: a person looks at one function after the other. */
  #kept: { readonly id: string; readonly files: Promise<NamedFiles | null> } | null = null;

  constructor(profiles: ProfileStore, reading: Reading, roots: SourceRoots) {
    this.#profiles = profiles;
    this.#reading = reading;
    this.#roots = roots;
  }

  /** Text of the file that a function is in; null when it is not to be had, for whatever reason. */
  async find(profile: StoredProfile, reference: FrameReference): Promise<string | null> {
    await this.#profiles.refresh(profile);
    if (profile.id !== reference.id) return null;
    const named = await this.#getFiles(profile, reference.id);
    const row = named?.tables[reference.profile]?.[reference.frame];
    const file = row === undefined ? undefined : named?.files[row];
    return file === undefined ? null : this.#roots.read(file);
  }

  #getFiles(profile: StoredProfile, id: string): Promise<NamedFiles | null> {
    if (this.#kept?.id === id) return this.#kept.files;
    const files = this.#reading.readFiles(profile);
    const kept = { id, files };
    this.#kept = kept;
    // One that failed is tried again.
    const forget = () => {
      if (this.#kept === kept) this.#kept = null;
    };
    files.then((found) => found ?? forget(), forget);
    return files;
  }
}
