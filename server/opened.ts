/**
 * Profiles as the page takes them: read and prepared for trees once, by the server, while the browser still starts.
 *
 * The one that was opened last is kept for a reload and for teammates, unless it is large: then it is gone once it was
 * sent, and the next one who asks waits for another reading.
 */

import { ABOUT_HEADER, AHEAD } from '../shared/protocol/api.ts';
import { describeProfile, type ProfileStore, type StoredProfile } from './files/store.ts';
import type { Pieces } from './pieces.ts';
import type { Opening, Reading } from './reading.ts';

/** Larger ones are not kept. */
const KEPT_BYTES = 64_000_000;

/** Files up to this size are hinted at. */
const HINTED_BYTES = 4_000_000;

/** A profile in pieces (shared/wire/pack.ts holds an OpenedFile). */
export type Opened = readonly Uint8Array[];

interface Kept {
  readonly profile: StoredProfile;
  readonly id: string | null;
  readonly opening: Opening;
}

/** The prepared profiles of a server. */
export class OpenedProfiles {
  readonly #profiles: ProfileStore;
  readonly #reading: Reading;
  #kept: Kept | null = null;

  constructor(profiles: ProfileStore, reading: Reading) {
    this.#profiles = profiles;
    this.#reading = reading;
  }

  /** A profile as it is now; null when no profile can be read from the file (its summary says why). */
  async get(profile: StoredProfile): Promise<Opened | null> {
    await this.#profiles.refresh(profile);
    const opening = this.#open(profile);
    const opened = await opening.opened;
    this.#letGo(opening, opened);
    return opened;
  }

  /**
   * A profile as it is now in the compact form, which may still be in the making; null as above.
   */
  async getCompact(profile: StoredProfile): Promise<Pieces | null> {
    await this.#profiles.refresh(profile);
    const opening = this.#open(profile);
    const compact = opening.getCompact();
    void opening.opened.then((opened) => this.#letGo(opening, opened)).catch(() => {});
    return (await compact.hasAny()) ? compact : null;
  }

  /** Begins to open a profile that somebody will ask for. The answer is that of `get`. */
  begin(profile: StoredProfile): Promise<Opened | null> {
    return this.#open(profile).opened;
  }

  #open(profile: StoredProfile): Opening {
    const kept = this.#kept;
    if (kept !== null && kept.profile === profile && kept.id === profile.id) return kept.opening;
    const opening = this.#reading.open(profile);
    this.#kept = { profile, id: profile.id, opening };
    // One that failed for want of time or memory is tried again.
    opening.opened.catch(() => {
      if (this.#kept?.opening === opening) this.#kept = null;
    });
    return opening;
  }

  /** Does not keep what is large. Whoever is being sent it has it. */
  #letGo(opening: Opening, opened: Opened | null): void {
    if (opened !== null && sizeOf(opened) > KEPT_BYTES && this.#kept?.opening === opening) this.#kept = null;
  }
}

function sizeOf(opened: Opened): number {
  return opened.reduce((sum, part) => sum + part.length, 0);
}

/** Headers of an opened profile; what is known about its file is one of them, so that the page need not ask. */
export function getOpenedHeaders(profile: StoredProfile, opened: Opened): Readonly<Record<string, string | number>> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="profile"',
    'content-length': sizeOf(opened),
    [ABOUT_HEADER]: printAbout(profile),
  };
}

/** What is known about a profile's file, for the header that carries it. */
export function printAbout(profile: StoredProfile): string {
  return encodeURIComponent(JSON.stringify(describeProfile(profile)));
}

/**
 * Headers of the page at a path: the browser asks for a small profile before the page's script runs. A large one would
 * lie in memory twice that way, and over a real network the page may choose the compact form.
 */
export function getHints(
  path: string,
  address: string | undefined,
  profiles: ProfileStore,
): Readonly<Record<string, string>> {
  const id = /^\/p\/([a-z0-9]+)$/.exec(path)?.[1];
  const profile = id === undefined ? null : profiles.find(id);
  if (profile === null || !isNear(address) || (profile.stamp?.bytes ?? Infinity) > HINTED_BYTES) return {};
  // The page has no other way to know that it is on its way.
  return { 'server-timing': AHEAD, link: `</api/profiles/${id}/opened>; rel=preload; as=fetch; crossorigin` };
}

/** Whether whoever asks sits on this machine. Who has left has no address. */
export function isNear(address: string | undefined): boolean {
  return address === undefined || address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
