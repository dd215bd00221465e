/**
 * Call tree → blocks. Opens only what is wide enough to see, places it with d3's dice, and counts the rest.
 *
 *        ┌───────────────── zoomed node ─────────────────┐   depth 0
 *        │ widest child │ next child │ self │ gathered │ ░│   depth 1     ░ less than one block: left empty
 *
 * A block's width is its own value over the zoomed node's, so what a label prints and what is drawn are one number.
 * Nothing depends on the order of opening: it only decides what is left closed when `mostNodes` is reached.
 */
import { type HierarchyRectangularNode, treemapDice } from 'd3-hierarchy';
import type { FrameIndex } from '../model/profile.ts';
import { type CallTree, Certainty, type NodeIndex } from '../tree/call-tree.ts';
import { finish, type Steps } from '../tree/steps.ts';
import { WidestFirst } from '../tree/widest-first.ts';
import { BlockKind, type BlockKindValue, type Blocks } from './blocks.ts';

/** How often a function may be on an estimated path before the recursion is folded (calltree accuracy: no gain after). */
const FOLD_AFTER = 3;
/** Roots under this share of everything are the profiler's own traces, such as its `disable`. */
const HIDDEN_ROOT = 1e-6;
/** Nodes opened for one picture at most: a screen shows about 3,000. */
const MOST_NODES = 30_000;
/**
 * Levels of one picture at most: a screen shows about 50, and Python itself stops at 1,000 unless told otherwise. A chain
 * of 100,000 calls has its picture as quickly as a plain graph; zooming into it goes on from there.
 */
const MOST_LEVELS = 1500;

/** Children may exceed what their node has for them by a rounding of sums. */
const NEARLY = 1 - 1e-9;
const EVERYTHING: readonly [number, number] = [0, 1];

/** What is laid out, and how fine. */
export interface LayoutOptions {
  /** Node that fills the width. */
  readonly root: NodeIndex;
  /** Blocks narrower than this share of the root's width are gathered. */
  readonly minWidth: number;
  /** Levels below the root; Infinity for all. */
  readonly maxDepth: number;
  /** Nodes under this share of the whole tree are gathered; 0 for none. */
  readonly cutoff: number;
  /** Leave out estimated nodes; their places stay empty. */
  readonly measuredOnly: boolean;
  /** Folded recursions that were opened by hand. */
  readonly unfolded: ReadonlySet<NodeIndex>;
  /** Part of the width that will be seen; nodes outside of it are placed but not opened. All of it by default. */
  readonly view?: readonly [from: number, to: number];
  /** Nodes opened at most, widest first; a block of kind gathered with count 0 stands below those that stay closed. */
  readonly mostNodes?: number;
  /** Levels opened at most below the root, likewise. */
  readonly mostLevels?: number;
}

/** A block before it has a place. */
export interface Draft {
  readonly kind: BlockKindValue;
  readonly node: NodeIndex;
  readonly value: number;
  readonly count: number;
  readonly depth: number;
  /** Value to the left of it, known while opening only to leave closed what is out of view. */
  readonly from: number;
  readonly above: Draft | null;
  /** Depth from which recursions are counted: that of the last unfolding, or 0. */
  readonly floor: number;
  /** Blocks below it, from left to right; null as long as there are none. */
  children: Draft[] | null;
  /** Its place: d3 fills these in, and NaN keeps room for fractions. */
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

/** The node that fills the width when `zoom` is asked for: the only root instead of "all". Opens node 0. */
export function getShownRoot(tree: CallTree, zoom: NodeIndex): NodeIndex {
  if (zoom !== 0) return zoom;
  tree.open(0);
  const first = tree.firstChild[0]!;
  // Widest first, so the second one decides.
  const isShown = (root: NodeIndex): boolean =>
    root < first + tree.childCount[0]! && tree.total[root]! >= HIDDEN_ROOT * tree.total[0]!;
  return first > 0 && isShown(first) && !isShown(first + 1) ? first : 0;
}

/** Blocks of the tree below `options.root`. Opens nodes of the tree. Cost: the opened nodes and their children. */
export function layoutBlocks(tree: CallTree, options: LayoutOptions): Blocks {
  return placeDrafts(finish(openInSteps(tree, options)));
}

/**
 * The first half of a layout: opens the nodes that have a block, for whoever lets others have the thread in between. Gives
 * the root's draft.
 */
export function* openInSteps(tree: CallTree, options: LayoutOptions): Steps<Draft> {
  const opening = new Opening(tree, getShownRoot(tree, options.root), options);
  for (let left = options.mostNodes ?? MOST_NODES; opening.hasMore; left--) {
    opening.step(left > 0);
    yield;
  }
  return opening.root;
}

/** Nodes that are being opened, widest first, and the blocks they become. */
class Opening {
  readonly root: Draft;
  readonly #tree: CallTree;
  readonly #options: LayoutOptions;
  readonly #waiting: WidestFirst;
  readonly #draftOf = new Map<NodeIndex, Draft>();
  /** Blocks of each function so far. */
  readonly #seen = new Map<FrameIndex, number>();
  readonly #whole: number;
  /** Least value of a node's block, and of any other. */
  readonly #leastNode: number;
  readonly #least: number;
  readonly #mostLevels: number;

  constructor(tree: CallTree, root: NodeIndex, options: LayoutOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#waiting = new WidestFirst(tree);
    this.#whole = tree.total[root]!;
    this.#least = options.minWidth * this.#whole;
    this.#leastNode = Math.max(this.#least, options.cutoff * tree.total[0]!);
    this.#mostLevels = options.mostLevels ?? MOST_LEVELS;
    this.root = createDraft(null, BlockKind.node, root, this.#whole, 0, 0, 0);
    if (root > 0) this.#seen.set(tree.frame[root]!, 1);
    if (options.maxDepth > 0) this.#wait(this.root);
  }

  get hasMore(): boolean {
    return this.#waiting.length > 0;
  }

  /** Opens the widest waiting node, or only says that there is something below it. */
  step(opens: boolean): void {
    const above = this.#draftOf.get(this.#waiting.pop())!;
    if (opens && above.depth < this.#mostLevels) this.#open(above);
    else if (this.#tree.firstChild[above.node] !== 0) this.#addUnopened(above);
  }

  /** What is below a node that stays closed, for the picture's limits or the tree's. */
  #addUnopened(above: Draft): void {
    if (this.#tree.self[above.node]! >= above.value) return;
    this.#add(above, BlockKind.gathered, above.node, above.value, 0, above.from);
  }

  #open(above: Draft): void {
    const tree = this.#tree;
    tree.open(above.node);
    const first = tree.firstChild[above.node]!;
    if (first < 0) {
      this.#addUnopened(above);
      return;
    }
    const end = first + tree.childCount[above.node]!;
    let x = above.from;
    let gap = 0;
    let gathered = 0;
    let count = 0;
    for (let child = first; child < end; child++) {
      const value = tree.total[child]!;
      const isWide = value >= this.#leastNode && value > 0;
      const isHidden = this.#options.measuredOnly && tree.certainty[child] === Certainty.inferred;
      if (isWide && isHidden) gap += value;
      else if (isWide) {
        x = this.#closeGap(above, gap, x);
        gap = 0;
        this.#add(above, this.#isFolded(above, child) ? BlockKind.recursion : BlockKind.node, child, value, 0, x);
        x += value;
      } else if (!isHidden) {
        gathered += value;
        count++;
      }
    }
    x = this.#closeGap(above, gap, x);
    this.#addRest(above, x, gathered, count);
  }

  #closeGap(above: Draft, gap: number, x: number): number {
    if (gap > 0) this.#add(above, BlockKind.unrecorded, above.node, gap, 0, x);
    return x + gap;
  }

  /** Self time and what was gathered, at the right of a node's children. */
  #addRest(above: Draft, x: number, gathered: number, count: number): void {
    const self = this.#tree.self[above.node]!;
    const gathersVisibly = gathered > 0 && gathered >= this.#least;
    // A leaf is its own self time: a second block of the same width below it would say nothing.
    const hasBelow = above.children !== null || gathersVisibly;
    const showsSelf = hasBelow && self > 0 && self >= this.#least;
    if (showsSelf) this.#add(above, BlockKind.self, above.node, self, 0, x);
    if (gathersVisibly) this.#add(above, BlockKind.gathered, above.node, gathered, count, x + (showsSelf ? self : 0));
  }

  #add(above: Draft, kind: BlockKindValue, node: NodeIndex, value: number, count: number, from: number): void {
    const draft = createDraft(above, kind, node, value, count, from, this.#getFloor(above));
    if (above.children === null) above.children = [draft];
    else above.children.push(draft);
    if (kind !== BlockKind.node) return;
    const frame = this.#tree.frame[node]!;
    this.#seen.set(frame, (this.#seen.get(frame) ?? 0) + 1);
    const { view = EVERYTHING, maxDepth } = this.#options;
    const isInView = from < view[1] * this.#whole && from + value > view[0] * this.#whole;
    // What a node spends in all callees together has to be wide enough to see.
    const hasRoom = value - this.#tree.self[node]! >= this.#least * NEARLY;
    if (isInView && hasRoom && draft.depth < maxDepth) this.#wait(draft);
  }

  #getFloor(above: Draft): number {
    return this.#options.unfolded.has(above.node) ? above.depth : above.floor;
  }

  #wait(draft: Draft): void {
    this.#draftOf.set(draft.node, draft);
    this.#waiting.push(draft.node);
  }

  /**
   * Whether an estimated node only goes on with a recursion: its function is on the path often enough, counted from
   * the last unfolding or from where the picture begins.
   */
  #isFolded(above: Draft, node: NodeIndex): boolean {
    const { certainty, frame } = this.#tree;
    const { unfolded } = this.#options;
    if (certainty[node] !== Certainty.inferred || unfolded.has(node)) return false;
    const wanted = frame[node]!;
    // Nobody can be on the path more often than on the whole picture: spares most nodes the search.
    if ((this.#seen.get(wanted) ?? 0) < FOLD_AFTER) return false;
    const floor = this.#getFloor(above);
    let times = 0;
    for (let at: Draft | null = above; at && at.depth >= floor; at = at.above) {
      if (frame[at.node] === wanted && ++times === FOLD_AFTER) return true;
    }
    return false;
  }
}

function createDraft(
  above: Draft | null,
  kind: BlockKindValue,
  node: NodeIndex,
  value: number,
  count: number,
  from: number,
  floor: number,
): Draft {
  return {
    kind,
    node,
    value,
    count,
    depth: above === null ? 0 : above.depth + 1,
    from,
    above,
    floor,
    children: null,
    x0: Number.NaN,
    x1: Number.NaN,
    y0: Number.NaN,
    y1: Number.NaN,
  };
}

/**
 * The second half: positions by d3's dice, as columns, level by level.
 *
 * That is `partition` without its `hierarchy`, which makes a node of its own for each draft and finds heights by climbing
 * from every one: in a page that has just begun it took as long as the opening, and for a chain it is quadratic.
 */
export function placeDrafts(root: Draft): Blocks {
  root.x0 = 0;
  root.x1 = 1;
  const drafts = [root];
  const parents = [-1];
  for (let at = 0; at < drafts.length; at++) {
    const draft = drafts[at]!;
    if (draft.children === null) continue;
    // It asks for no more of a node than a draft has.
    treemapDice(
      draft as unknown as HierarchyRectangularNode<Draft>,
      draft.x0,
      draft.depth + 1,
      draft.x1,
      draft.depth + 2,
    );
    for (const child of draft.children) {
      drafts.push(child);
      parents.push(at);
    }
  }
  return toColumns(drafts, parents);
}

function toColumns(drafts: readonly Draft[], parents: readonly number[]): Blocks {
  const { length } = drafts;
  const maxDepth = drafts[length - 1]!.depth;
  const blocks = {
    length,
    kind: new Uint8Array(length),
    node: new Int32Array(length),
    parent: new Int32Array(length),
    depth: new Int32Array(length),
    x0: new Float64Array(length),
    x1: new Float64Array(length),
    value: new Float64Array(length),
    count: new Int32Array(length),
    rowStart: new Int32Array(maxDepth + 2).fill(length),
    maxDepth,
  };
  let lastDepth = -1;
  for (let at = 0; at < length; at++) {
    const draft = drafts[at]!;
    blocks.kind[at] = draft.kind;
    blocks.node[at] = draft.node;
    blocks.parent[at] = parents[at]!;
    blocks.depth[at] = draft.depth;
    blocks.x0[at] = draft.x0;
    blocks.x1[at] = draft.x1;
    blocks.value[at] = draft.value;
    blocks.count[at] = draft.count;
    if (draft.depth > lastDepth) blocks.rowStart[++lastDepth] = at;
  }
  return blocks;
}
