/**
 * What pointer and keyboard are on, and what they do to it: hovering tells the page, a click zooms or selects, arrows walk
 * from block to block. Two places are kept: the block under the pointer, and the block that the keyboard is on.
 */
import { type BlockIndex, BlockKind, type Blocks } from '../../shared/layout/blocks.ts';
import { findAgain, findBlock, findNeighbour } from '../../shared/layout/pick.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import { listenToInput } from './chart-input.ts';
import { readChartKey } from './chart-keys.ts';
import type { ChartParts } from './chart-parts.ts';
import type { BlockInfo, ChartProps, Point } from './chart-props.ts';
import { describeBlock, describeNode, hasAbove } from './chart-scene.ts';
import { sayBlock } from './chart-speech.ts';

/** What is under a point: a block, or the way out to the caller, or nothing. */
export interface Picked {
  readonly block: BlockIndex;
  readonly above: boolean;
}

/** No block, and not the bar above the zoom either. */
export const NOTHING: Picked = { block: -1, above: false };

/** The picture that a cursor is on. */
export interface CursorTarget {
  getProps(): ChartProps;
  getBlocks(): Blocks;
  pickAt(point: Point): Picked;
  /** A block's box in the window; undefined where its outline is no box. */
  getBox(block: BlockIndex): BlockInfo['box'];
  /** Brings a block into sight. */
  reveal(block: BlockIndex): void;
  /** Looks closer at a block that can't be zoomed to. */
  lookAt(block: BlockIndex): void;
  /** Undoes what `lookAt` and the pointer did to the view; false when there was nothing. */
  lookBack(): boolean;
  /** Shows what a block of recursion stands for. */
  unfold(node: NodeIndex): void;
  /** Lays out what is only about to be, so that blocks are where they will be. */
  catchUp(): void;
  /** Draws the marks again, and asks what is under a pointer that has moved. */
  request(): void;
}

/** The cursor of one chart. */
export class Cursor {
  readonly #parts: ChartParts;
  readonly #target: CursorTarget;
  #pointer: Point | null = null;
  #isMoved = false;
  #hovered: BlockIndex = -1;
  #focused: BlockIndex = -1;
  #overAbove = false;

  constructor(parts: ChartParts, target: CursorTarget) {
    this.#parts = parts;
    this.#target = target;
    listenToInput(parts.root, {
      onPoint: (point) => {
        this.#pointer = point;
        if (point) this.move();
        else this.leave();
        target.request();
      },
      onClick: (point) => this.#click(point),
      onKey: (event) => this.#press(event),
      onKeyboardFocus: () => {
        target.catchUp();
        this.#focus(this.#focused >= 0 ? this.#focused : this.#findStart());
      },
      onBlur: () => {
        if (this.#focused >= 0 && this.#hovered < 0) target.getProps().onHover(null, null);
        target.request();
      },
    });
  }

  /** The block to mark: under the pointer, else where the keyboard is while that is to be seen; -1 for none. */
  get marked(): BlockIndex {
    if (this.#hovered >= 0) return this.#hovered;
    return this.#parts.root.matches(':focus-visible') ? this.#focused : -1;
  }

  /** The picture moved, or the pointer: what is under it is to be found out. */
  move(): void {
    this.#isMoved = this.#pointer !== null;
  }

  /** Finds out what is under a pointer that has moved. */
  look(): void {
    if (!this.#isMoved || this.#pointer === null) return;
    this.#isMoved = false;
    this.#hover(this.#target.pickAt(this.#pointer), this.#pointer);
  }

  /** Nothing is pointed at, until the pointer moves. */
  leave(): void {
    this.#isMoved = false;
    this.#hover(NOTHING, null);
  }

  /** The tree is another one: the keyboard begins anew. */
  forget(): void {
    this.#focused = -1;
  }

  /** Finds its blocks again in the table that came after `before`. */
  follow(before: Blocks): void {
    const after = this.#target.getBlocks();
    this.#hovered = findAgain(before, this.#hovered, after);
    this.#focused = findAgain(before, this.#focused, after);
  }

  #hover({ block, above }: Picked, point: Point | null): void {
    const { tree, whole, zoom, onHover } = this.#target.getProps();
    const wasOver = this.#hovered >= 0 || this.#overAbove;
    this.#hovered = block;
    this.#overAbove = above;
    this.#parts.root.classList.toggle('over-block', block >= 0 || above);
    if (block >= 0) onHover(this.#describe(block), point);
    else if (above) onHover(describeNode(tree, whole, tree.parent[zoom]!), point);
    else if (wasOver) onHover(null, null);
  }

  #describe(block: BlockIndex): BlockInfo {
    const { tree, whole } = this.#target.getProps();
    const info = describeBlock(tree, whole, this.#target.getBlocks(), block);
    const box = this.#target.getBox(block);
    return box ? { ...info, box } : info;
  }

  #click(point: Point): void {
    this.#target.catchUp();
    const { block, above } = this.#target.pickAt(point);
    if (above) this.#target.getProps().onZoomOut();
    else if (block >= 0) {
      this.#focused = block;
      this.#act(block, true);
    }
  }

  /** What a click, or a key, does to a block. */
  #act(block: BlockIndex, zooms: boolean): void {
    const blocks = this.#target.getBlocks();
    const { onZoom, onSelect } = this.#target.getProps();
    const node = blocks.node[block]!;
    const isRoot = node === blocks.node[0];
    const kind = blocks.kind[block]!;
    if (kind === BlockKind.unrecorded) return;
    if (zooms && !isRoot && kind !== BlockKind.self && kind !== BlockKind.recursion) {
      onZoom(node);
      return;
    }
    if (kind !== BlockKind.gathered) onSelect(node);
    if (kind === BlockKind.recursion) this.#target.unfold(node);
    else if (zooms && kind === BlockKind.gathered) this.#target.lookAt(block);
  }

  #press(event: KeyboardEvent): void {
    const key = event.target === this.#parts.root ? readChartKey(event) : null;
    if (key === null) return;
    this.#target.catchUp();
    if (key === 'out') {
      if (!this.#target.lookBack()) {
        const props = this.#target.getProps();
        if (!hasAbove(props)) return;
        props.onZoomOut();
      }
    } else if (this.#focused < 0) this.#focus(this.#findStart());
    else if (key === 'zoom' || key === 'select') this.#act(this.#focused, key === 'zoom');
    else {
      const next = findNeighbour(this.#target.getBlocks(), this.#focused, key);
      if (next >= 0) this.#focus(next);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where the keyboard begins: at the selection, if it is on the picture, else at the top. */
  #findStart(): BlockIndex {
    const { selected } = this.#target.getProps();
    return Math.max(0, selected < 0 ? -1 : findBlock(this.#target.getBlocks(), selected));
  }

  #focus(block: BlockIndex): void {
    this.#focused = block;
    this.#hovered = -1;
    this.#target.reveal(block);
    const { tree, whole, onHover } = this.#target.getProps();
    this.#parts.live.textContent = sayBlock(tree, whole, this.#target.getBlocks(), block);
    onHover(this.#describe(block), null);
    this.#target.request();
  }
}
