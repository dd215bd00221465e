/** A profile that is open in the page. */
import type { Profile } from '../../shared/model/profile.ts';
import { createCallTree } from '../../shared/tree/call-graph-tree.ts';
import type { CallTree } from '../../shared/tree/call-tree.ts';
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
  /** The tree of the whole profile. Its nodes open as they are looked at. */
  readonly tree: CallTree;
  /** True when the link was made for an earlier content of this file. */
  readonly changedSince: boolean;
}

/** What is known about a file besides its content. */
export type FileFacts = Pick<OpenDocument, 'place' | 'name' | 'bytes' | 'modified' | 'origin' | 'changedSince'>;

/** The document of a file that was read and prepared. */
export function makeDocument(file: OpenedFile, facts: FileFacts): OpenDocument {
  const profile = file.group.profiles[0]!;
  return { ...file, ...facts, profile, tree: createCallTree(profile, file.prepared) };
}
