/**
 * Samples in order of time to blocks: what is in a window of time, as rows of calls, one lane of rows per thread.
 *
 *   unit x: 0 .. 1 over the whole axis        row (the blocks' depth): 0 at the top, through all lanes
 *
 *   edges    0   1   2   3   4   5   6   7    half the least width apart, at whole multiples of it, so that panning
 *   row d    ├──── wide ─────┤ |||||||  ├──   changes no block
 *   row d+1  ├── wide ──┤ ||||||||      ├──
 *
 * A call of the least width crosses two edges at least. So of each edge the row of the sample table is found, of the cell
 * between two edges how little its rows continue and how deep they go, once for all levels; a level is then walked from
 * edge to edge, and only wide calls and the ends of gathered ones are searched for. Narrow calls in the same cell or in
 * neighbouring ones are one gathered block; the only one of its kind stays a call. Cost: cells × levels, plus a logarithm
 * per block. A call or rest that reaches over the window's border does so in the blocks.
 */
import { BlockKind, type Blocks } from './blocks.ts';
import type { SampleIndex, TimelineIndex } from './timeline-index.ts';

/** A thread and where its levels stand. */
export interface TimelineLane {
  readonly index: TimelineIndex;
  /** Row of its outermost calls. */
  readonly top: number;
  /** Levels that are shown: none of a folded lane. */
  readonly levels: number;
}

/** What is to be laid out. */
export interface TimelineWindow {
  readonly lanes: readonly TimelineLane[];
  /** The whole axis, in its unit. */
  readonly axis: { readonly from: number; readonly to: number };
  /** Part of the axis to be seen, in unit x. */
  readonly from: number;
  readonly to: number;
  /** Narrower calls are gathered; in unit x. */
  readonly minWidth: number;
  /** Rows to be seen. */
  readonly firstRow: number;
  readonly endRow: number;
}

/** Blocks of calls. Depth is the row, parent is not told (-1), the value is a duration, gathered calls are not counted. */
export interface TimelineBlocks extends Blocks {
  /** Row of the lane table. */
  readonly lane: Int32Array;
  /** First row of the sample table, and the first one after it. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

/** Lays out a window. */
export function layoutTimeline(window: TimelineWindow): TimelineBlocks {
  const blocks = new BlockList(window);
  for (const [number, lane] of window.lanes.entries()) {
    const first = Math.max(window.firstRow, lane.top);
    const end = Math.min(window.endRow, lane.top + lane.levels);
    if (first >= end) continue;
    const cells = new Cells(lane.index, window);
    for (let row = first; row < end; row++) {
      blocks.openRow(row);
      new RowWalk(cells, blocks, number, row - lane.top).walk();
    }
  }
  return blocks.build();
}

/** The window of a lane, cut at its edges. */
class Cells {
  readonly index: TimelineIndex;
  /** In the axis' unit. */
  readonly minWidth: number;
  /** Last edge; there is one more of them. */
  readonly last: number;
  /** Row of the sample table at each edge: -1 before the first one, its length from the end on. */
  readonly sample: Int32Array;
  /** Depth of the stack there. */
  readonly depth: Int32Array;
  /** Of the rows that begin after an edge, up to and with the next one: fewest frames continued, deepest stack. */
  readonly continued: Float64Array;
  readonly deepest: Int32Array;

  constructor(index: TimelineIndex, { axis, from, to, minWidth }: TimelineWindow) {
    this.index = index;
    const span = axis.to - axis.from;
    this.minWidth = minWidth * span;
    const cell = this.minWidth / 2;
    const firstEdge = Math.floor(from / (minWidth / 2));
    this.last = Math.max(1, Math.ceil(to / (minWidth / 2)) - firstEdge);
    this.sample = new Int32Array(this.last + 1);
    this.depth = new Int32Array(this.last + 1);
    this.continued = new Float64Array(this.last);
    this.deepest = new Int32Array(this.last);
    for (let edge = 0; edge <= this.last; edge++) {
      const sample = index.findSample(axis.from + (firstEdge + edge) * cell);
      this.sample[edge] = sample;
      this.depth[edge] = index.depthOf(sample);
      if (edge === 0) continue;
      const [begin, end] = [this.sample[edge - 1]! + 1, sample + 1];
      this.continued[edge - 1] = index.getLeastContinued(begin, end);
      this.deepest[edge - 1] = index.getMostDepth(begin, end);
    }
  }
}

/** One level of one lane, walked from edge to edge. */
class RowWalk {
  readonly #cells: Cells;
  readonly #blocks: BlockList;
  readonly #lane: number;
  readonly #depth: number;
  /** First row of the sample table of narrow calls that are being gathered; -1: none. */
  #gathered: SampleIndex = -1;
  /** The call over the edge that was looked at last: its last edge, and its rows where it is wide. */
  #lastEdge = 0;
  #wideFirst: SampleIndex = -1;
  #wideEnd: SampleIndex = -1;

  constructor(cells: Cells, blocks: BlockList, lane: number, depth: number) {
    this.#cells = cells;
    this.#blocks = blocks;
    this.#lane = lane;
    this.#depth = depth;
  }

  walk(): void {
    const { index, sample, depth, deepest, last } = this.#cells;
    let isWide = this.#lookAt(0);
    if (isWide) this.#add(BlockKind.node, this.#wideFirst, this.#wideEnd);
    else if (depth[0]! > this.#depth) this.#gathered = index.findFirst(sample[0]!, this.#depth);
    let edge = this.#lastEdge;
    while (edge < last) {
      // The cell from this edge to the next: what is narrow in it begins after the wide call over this edge, if there is one …
      const begin = isWide ? this.#wideEnd : sample[edge]! + 1;
      const isNarrowBefore = !isWide && depth[edge]! > this.#depth;
      const wasWide = isWide;
      isWide = this.#lookAt(edge + 1);
      // … and ends before the wide call over the next.
      const end = isWide ? this.#wideFirst : sample[edge + 1]! + 1;
      const isBusy =
        isNarrowBefore ||
        (deepest[edge]! > this.#depth && ((!wasWide && !isWide) || index.findNextDeep(begin, this.#depth) < end));
      if (!isBusy) this.#gather(sample[edge]!);
      else if (this.#gathered < 0) this.#gathered = index.findNextDeep(begin, this.#depth);
      if (isWide) {
        this.#gather(end - 1);
        this.#add(BlockKind.node, this.#wideFirst, this.#wideEnd);
      }
      edge = this.#lastEdge;
    }
    this.#gather(sample[last]!);
  }

  /** Looks at the call over an edge: whether it is wide, and up to which edge it goes on. */
  #lookAt(edge: number): boolean {
    const { index, sample, depth, continued, last, minWidth } = this.#cells;
    this.#lastEdge = edge;
    if (depth[edge]! <= this.#depth) return false;
    let to = edge;
    while (to < last && continued[to]! > this.#depth) to++;
    this.#lastEdge = to;
    // Over one edge only it is narrower than two cells, but at the borders it may go on.
    if (to === edge && edge > 0 && edge < last) return false;
    const first = index.findFirst(sample[edge]!, this.#depth);
    const end = index.findEnd(sample[to]!, this.#depth);
    if (index.timeOf(end) - index.timeOf(first) < minWidth) return false;
    this.#wideFirst = first;
    this.#wideEnd = end;
    return true;
  }

  /** Ends the gathered block, if one is open, with the last call up to a row. */
  #gather(upTo: SampleIndex): void {
    if (this.#gathered < 0) return;
    const { index } = this.#cells;
    const first = this.#gathered;
    this.#gathered = -1;
    const last = index.findLastDeep(upTo, this.#depth);
    if (last < first) return;
    const end = index.findEnd(last, this.#depth);
    const isOne = index.findEnd(first, this.#depth) === end;
    this.#add(isOne ? BlockKind.node : BlockKind.gathered, first, end);
  }

  #add(kind: number, first: SampleIndex, end: SampleIndex): void {
    const { index } = this.#cells;
    const context = kind === BlockKind.node ? index.findContext(first, this.#depth) : -1;
    this.#blocks.add(kind, this.#lane, context, first, end, index.timeOf(first), index.timeOf(end));
  }
}

/** Grows a table of blocks, row by row. */
class BlockList {
  readonly #axis: TimelineWindow['axis'];
  readonly #kind: number[] = [];
  readonly #lane: number[] = [];
  readonly #node: number[] = [];
  readonly #first: number[] = [];
  readonly #end: number[] = [];
  readonly #depth: number[] = [];
  readonly #x0: number[] = [];
  readonly #x1: number[] = [];
  readonly #value: number[] = [];
  readonly #rowStart: Int32Array;
  readonly #rows: number;
  #row = -1;

  constructor({ axis, endRow }: TimelineWindow) {
    this.#axis = axis;
    this.#rows = Math.max(1, endRow);
    this.#rowStart = new Int32Array(this.#rows + 1);
  }

  openRow(row: number): void {
    while (this.#row < row) this.#rowStart[++this.#row] = this.#kind.length;
  }

  add(kind: number, lane: number, node: number, first: number, end: number, from: number, to: number): void {
    const axis = this.#axis;
    this.#kind.push(kind);
    this.#lane.push(lane);
    this.#node.push(node);
    this.#first.push(first);
    this.#end.push(end);
    this.#depth.push(this.#row);
    this.#x0.push((from - axis.from) / (axis.to - axis.from));
    this.#x1.push((to - axis.from) / (axis.to - axis.from));
    this.#value.push(to - from);
  }

  build(): TimelineBlocks {
    const { length } = this.#kind;
    this.openRow(this.#rows);
    return {
      length,
      kind: Uint8Array.from(this.#kind),
      lane: Int32Array.from(this.#lane),
      node: Int32Array.from(this.#node),
      parent: new Int32Array(length).fill(-1),
      first: Int32Array.from(this.#first),
      end: Int32Array.from(this.#end),
      depth: Int32Array.from(this.#depth),
      x0: Float64Array.from(this.#x0),
      x1: Float64Array.from(this.#x1),
      value: Float64Array.from(this.#value),
      count: new Int32Array(length),
      rowStart: this.#rowStart,
      maxDepth: this.#rows - 1,
    };
  }
}
