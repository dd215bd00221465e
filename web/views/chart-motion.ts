/**
 * A zoom on its way: where one picture turns into the other.
 *
 * The zoomed block is on both pictures. While it moves from its old place to its new one, the coarser picture (with the
 * block as a part) moves along, and the finer one (the block as a whole) fills it:
 *
 *   ┌──────────────────────┐        ┌──────────────────────┐
 *   │        outer         │        │      ┌────────────┐  │
 *   │      ┌────────┐      │   →    │ outer│   inner    │  │   →   inner alone
 *   │      │ inner  │      │        │      │            │  │
 *   └──────┴────────┴──────┘        └──────┴────────────┴──┘
 *
 * Going in, the motion can begin before the finer picture is there: the coarser one moves alone until it comes.
 *
 * Spaces: places are unit x on the screen (0 left edge, 1 right edge) and rows as fractions.
 */
import { easeCubicInOut } from 'd3';
import type { BlockIndex } from '../../shared/layout/blocks.ts';
import { findBlock } from '../../shared/layout/pick.ts';
import type { CallTree, NodeIndex } from '../../shared/tree/call-tree.ts';
import { type Camera, type Layer, project, type Scene } from '../paint/scene.ts';

/** How long a zoom takes: `--motion-zoom`. */
const DURATION_MS = 240;
/** Labels come in over the last third. */
const LABELS_FROM = 2 / 3;

/** Where a block is on the screen. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly row: number;
}

/** A picture at rest. */
export interface Picture {
  readonly scene: Scene;
  readonly camera: Camera;
}

/** What to draw at one moment of a motion. */
export interface Moment {
  /** Coarser first. */
  readonly layers: readonly Layer[];
  readonly labelAlpha: number;
  readonly done: boolean;
}

/** A running zoom. Time starts with the first moment asked for, if not before. */
export class Motion {
  readonly #outer: Scene;
  readonly #hole: BlockIndex;
  #inner: Scene | null;
  readonly #place: (share: number) => Place;
  #last: Picture | null;
  #start = Number.NaN;

  constructor(outer: Scene, hole: BlockIndex, inner: Scene | null, from: Place, to: Place, last: Picture | null) {
    this.#outer = outer;
    this.#hole = hole;
    this.#inner = inner;
    this.#last = last;
    this.#place = (share) => {
      const between = (start: number, end: number) => start * (1 - share) + end * share;
      return {
        left: between(from.left, to.left),
        right: between(from.right, to.right),
        row: between(from.row, to.row),
      };
    };
  }

  /** Counts the time from `now`, so that its first picture already shows that something moves. */
  begin(now: number): this {
    this.#start = now;
    return this;
  }

  /** Gives a motion that began without it the finer picture, at which it ends. */
  complete(last: Picture): void {
    this.#inner = last.scene;
    this.#last = last;
  }

  /** The picture at `now` milliseconds. */
  at(now: number): Moment {
    if (Number.isNaN(this.#start)) this.#start = now;
    // A frame can have begun, by its own clock, before the click that it shows.
    const share = Math.min(1, Math.max(0, now - this.#start) / DURATION_MS);
    if (share >= 1 && this.#last) return { layers: [{ ...this.#last, hole: -1 }], labelAlpha: 1, done: true };
    const place = this.#place(easeCubicInOut(share));
    const { blocks } = this.#outer;
    const [x0, x1] = [blocks.x0[this.#hole]!, blocks.x1[this.#hole]!];
    const outer: Layer = {
      scene: this.#outer,
      camera: cameraFor(place, x0, x1, blocks.depth[this.#hole]!),
      hole: this.#inner ? this.#hole : -1,
    };
    const inner: Layer[] = this.#inner ? [{ scene: this.#inner, camera: cameraFor(place, 0, 1, 0), hole: -1 }] : [];
    const labelAlpha = Math.max(0, (share - LABELS_FROM) / (1 - LABELS_FROM));
    return { layers: [outer, ...inner], labelAlpha, done: false };
  }
}

/** The motion into a block of a picture, whose own picture comes later; null when `node` has no block on it. */
export function beginMotion(before: Picture, node: NodeIndex, camera: Camera): Motion | null {
  const inside = findBlock(before.scene.blocks, node);
  if (inside <= 0) return null;
  const to = { left: project(camera, 0), right: project(camera, 1), row: -camera.top };
  return new Motion(before.scene, inside, null, placeOf(before, inside), to, null);
}

/** The motion between two pictures of one tree; null when neither is a part of the other. */
export function findMotion(tree: CallTree, before: Picture, after: Picture): Motion | null {
  const [oldRoot, newRoot] = [before.scene.blocks.node[0]!, after.scene.blocks.node[0]!];
  if (oldRoot === newRoot) return null;
  const inside = findBlock(before.scene.blocks, newRoot);
  if (inside >= 0) {
    const [from, to] = [placeOf(before, inside), placeOf(after, 0)];
    return new Motion(before.scene, inside, after.scene, from, to, after);
  }
  const outside = findShownAncestor(tree, after.scene, oldRoot);
  if (outside <= 0) return null;
  const isSame = after.scene.blocks.node[outside] === oldRoot;
  const [from, to] = [placeOf(before, 0), placeOf(after, outside)];
  return new Motion(after.scene, outside, isSame ? before.scene : null, from, to, after);
}

/** The closest of a node and its ancestors that has a block; -1 when none has. */
function findShownAncestor(tree: CallTree, scene: Scene, node: NodeIndex): BlockIndex {
  for (let at = node; at >= 0; at = tree.parent[at]!) {
    const block = findBlock(scene.blocks, at);
    if (block >= 0) return block;
  }
  return -1;
}

function placeOf({ scene: { blocks }, camera }: Picture, block: BlockIndex): Place {
  return {
    left: project(camera, blocks.x0[block]!),
    right: project(camera, blocks.x1[block]!),
    row: blocks.depth[block]! - camera.top,
  };
}

/** The camera under which unit x0 .. x1 at `depth` is at a place. */
function cameraFor(place: Place, x0: number, x1: number, depth: number): Camera {
  const span = (x1 - x0) / (place.right - place.left);
  const from = x0 - place.left * span;
  return { from, to: from + span, top: depth - place.row };
}
