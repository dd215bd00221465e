/** A profile that is open in the page. */
import type { Profile } from '../../shared/model/profile.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import type { Place } from './place.ts';

/** Where a document's bytes can be had again. */
export type Origin = 'server' | 'browser' | 'sample';

/** What is read once and shown in many ways. Never changes; a changed file is another document. */
export interface OpenDocument extends OpenedFile {
  readonly place: Place;
  /** File name. */
  readonly name: string;
  readonly bytes: number;
  /** Time of last change in ms since 1970, or null. */
  readonly modified: number | null;
  readonly origin: Origin;
  /** The profile that is shown: the first of the file. */
  readonly profile: Profile;
  /** True when the link was made for an earlier content of this file. */
  readonly changedSince: boolean;
}
