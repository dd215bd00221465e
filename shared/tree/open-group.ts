/** The last step before a tree, wherever a file was read: its first profile, prepared. */
import { FormatError } from '../errors.ts';
import { computeFrameCodes } from '../model/frame-code.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { type PreparedGraph, prepareCallGraph } from './prepare.ts';
import type { OpenedNodes } from './unfolded-tree.ts';

/** A profile file, read and prepared for trees. Plain data: it travels between threads and machines. */
export interface OpenedFile {
  readonly group: ProfileGroup;
  /** Of the first profile of the group, in its first metric; null where it holds contexts, which need none. */
  readonly prepared: PreparedGraph | null;
  /** Nodes of its tree that are open already; null: none, or of a tree that needs no unfolding. */
  readonly nodes: OpenedNodes | null;
  /** Stable code of every frame of the first profile, see `computeFrameCodes`. */
  readonly codes: Int32Array;
  /** Milliseconds by stage, as far as they were taken. */
  readonly took: Readonly<Record<string, number>>;
}

/** Prepares what was read. @throws FormatError when the file holds no profile. */
export function openGroup(group: ProfileGroup): Omit<OpenedFile, 'took' | 'nodes'> {
  const profile = group.profiles[0];
  if (profile === undefined) throw new FormatError('The file holds no profile.', { format: group.format });
  const prepared = profile.contexts === undefined ? prepareCallGraph(profile) : null;
  return { group, prepared, codes: computeFrameCodes(profile) };
}
