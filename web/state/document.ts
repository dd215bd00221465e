/** A profile that is open in the page. */
import { computeFrameCodes } from '../../shared/model/frame-code.ts';
import type { Profile } from '../../shared/model/profile.ts';
import type { CallTree } from '../../shared/tree/call-tree.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import type { PreparedGraph } from '../../shared/tree/prepare.ts';
import { createTree } from '../../shared/tree/trees.ts';
import type { Place } from './place.ts';
import { findSlice, type Slice, type SliceChoice } from './slice.ts';

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
  /** The profile that is shown: one of the file, the sum of its threads, or a stretch of time of these. */
  readonly profile: Profile;
  /** What it is the sum of, all of the time; else itself alone. */
  readonly threads: readonly Profile[];
  /** Metric that is shown, as a row of the profile's metrics. */
  readonly metric: number;
  readonly range: Slice['range'];
  /** The tree of the whole profile in that metric. Its nodes open as they are looked at. */
  readonly tree: CallTree;
  /** The file as it was opened, of which this is a part; itself, of the default part. */
  readonly file: OpenedFile;
  /** True when the link was made for an earlier content of this file. */
  readonly changedSince: boolean;
}

/** What is known about a file besides its content. */
export type FileFacts = Pick<OpenDocument, 'place' | 'name' | 'bytes' | 'modified' | 'origin' | 'changedSince'>;

const DEFAULT_CHOICE: SliceChoice = { thread: '', metric: '', range: '' };

/** The document of a file that was read and prepared, showing what is shown by default. */
export function makeDocument(file: OpenedFile, facts: FileFacts): OpenDocument {
  const slice = findSlice(file.group, DEFAULT_CHOICE);
  return build(file, facts, slice, findPrepared(file, slice));
}

/** The same file showing another slice. `prepared`: the call graph of the slice's profile, where it is one. */
export function makeSlice(document: OpenDocument, slice: Slice, prepared: PreparedGraph | null): OpenDocument {
  return build(document.file, document, slice, prepared);
}

/** The prepared call graph of a slice, as far as it was prepared when the file was opened; null otherwise. */
export function findPrepared({ group, prepared }: OpenedFile, { profile, metric }: Slice): PreparedGraph | null {
  return profile === group.profiles[0] && metric === 0 ? prepared : null;
}

function build(file: OpenedFile, facts: FileFacts, slice: Slice, prepared: PreparedGraph | null): OpenDocument {
  const { place, name, bytes, modified, origin, changedSince } = facts;
  const { profile, metric } = slice;
  return {
    ...file,
    ...slice,
    place,
    name,
    bytes,
    modified,
    origin,
    changedSince,
    file,
    prepared,
    codes: profile.frames === file.group.profiles[0]!.frames ? file.codes : getCodes(profile),
    tree: createTree({ profile, metric, prepared }, prepared === file.prepared ? file.nodes : null),
  };
}

const codesOf = new WeakMap<Int32Array, Int32Array>();

/** Codes of the frames of another profile, worked out once. */
function getCodes(profile: Profile): Int32Array {
  let codes = codesOf.get(profile.frames.name);
  if (codes === undefined) {
    codes = computeFrameCodes(profile);
    codesOf.set(profile.frames.name, codes);
  }
  return codes;
}
