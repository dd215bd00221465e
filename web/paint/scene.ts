/**
 * What paint is given: blocks and, beside them, columns that say how each one looks. Nothing here knows about trees.
 */
import type { BlockIndex, Blocks } from '../../shared/layout/blocks.ts';
import type { BlockLabel } from './label.ts';

/** Bits of the `flags` column. */
export const Flag = {
  /** Hatched. */
  estimated: 1,
  /** Does not match the search. */
  dim: 2,
  /** Matches the search. */
  match: 4,
} as const;

/** Blocks and their looks. */
export interface Scene {
  readonly blocks: Blocks;
  /** Colour index by block. */
  readonly color: Uint8Array;
  /** Or of `Flag` by block. */
  readonly flags: Uint8Array;
  /** What a block says; asked for only where it has room. */
  label(block: BlockIndex): BlockLabel;
}

/**
 * Where unit space is looked at from: `from` .. `to` fill the width (or the circle), and depth `top` is the first level.
 * All three go in between while a zoom is on its way.
 */
export interface Camera {
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

/** The camera that shows everything. */
export const WHOLE: Camera = { from: 0, to: 1, top: 0 };

/** A scene under a camera, without the subtree of `hole`. */
export interface Layer {
  readonly scene: Scene;
  readonly camera: Camera;
  /** Block whose subtree another layer draws in finer detail; -1: none. */
  readonly hole: BlockIndex;
}

/** Blocks to be marked, -1 for none. */
export interface Marks {
  /** Other blocks of the hovered or selected function. */
  readonly same: readonly BlockIndex[];
  readonly selected: BlockIndex;
  readonly hovered: BlockIndex;
}

/** Position of unit x under a camera: 0 at the left edge, 1 at the right one. */
export function project(camera: Camera, x: number): number {
  return (x - camera.from) / (camera.to - camera.from);
}

/** True when a block belongs to the subtree of `hole`, itself included. */
export function isInHole(blocks: Blocks, hole: BlockIndex, block: BlockIndex): boolean {
  if (hole < 0 || blocks.depth[block]! < blocks.depth[hole]!) return false;
  const middle = (blocks.x0[block]! + blocks.x1[block]!) / 2;
  return middle >= blocks.x0[hole]! && middle <= blocks.x1[hole]!;
}
