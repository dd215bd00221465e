/**
 * The other profiles of the page, for views that show two at once: read when one is wanted, and never shown by it.
 */
import { signal } from '@preact/signals-core';
import type { Profile } from '../../shared/model/profile.ts';
import { isSamePlace, type Place } from '../state/place.ts';
import type { OtherProfile } from '../views/panel-props.ts';
import type { Session } from './session.ts';

/** Those of one page. */
export class OtherProfiles {
  readonly #session: Session;
  readonly #read = signal<ReadonlyMap<string, readonly Profile[]>>(new Map());
  readonly #asked = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** All but the one at `here`, in the order of the menu. Changes when one has been read. */
  list(here: Place): OtherProfile[] {
    const read = this.#read.value;
    return this.#session.entries.value
      .filter(({ place }) => !isSamePlace(place, here))
      .map(({ place, name }) => ({ id: getKey(place), name, threads: read.get(getKey(place)) ?? null }));
  }

  /** Reads one. What can't be read has nothing to show. */
  async want(id: string): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    const entry = this.#session.entries.value.find(({ place }) => getKey(place) === id);
    const document = entry === undefined ? null : await this.#session.peek(entry.place);
    this.#read.value = new Map([...this.#read.value, [id, document?.threads ?? []]]);
  }
}

function getKey(place: Place): string {
  return place.kind === 'sample' ? place.file : place.kind === 'home' ? '' : place.id;
}
