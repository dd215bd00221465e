/**
 * Call tree → blocks. Opens only what is wide enough to see, places it with d3's partition, and counts the rest.
 *
 *        ┌───────────────── zoomed node ─────────────────┐   depth 0
 *        │ widest child │ next child │ self │ gathered │ ░│   depth 1     ░ less than one block: left empty
 *
 * A block's width is its own value over the zoomed node's, so what a label prints and what is drawn are one number.
 * Nothing depends on the order of opening: it only decides what is left closed when `mostNodes` is reached.
 */
import { type HierarchyNode, hierarchy, partition } from 'd3-hierarchy';
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
const MOST_LEVELS = 4000;

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
  /** Where it will be, known while opening only to leave closed what is out of view. */
  readonly x0: number;
  readonly children: number[];
  readonly above: Draft | null;
  /** Depth from which recursions are counted: that of the last unfolding, or 0. */
  readonly floor: number;
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
  return placeDrafts(openDrafts(tree, options));
}

/** The first half of a layout: opens the nodes that have a block. */
export function openDrafts(tree: CallTree, options: LayoutOptions): readonly Draft[] {
  return finish(openInSteps(tree, options));
}

/** The same for whoever lets others have the thread in between. */
export function* openInSteps(tree: CallTree, options: LayoutOptions): Steps<readonly Draft[]> {
  const opening = new Opening(tree, getShownRoot(tree, options.root), options);
  for (let left = options.mostNodes ?? MOST_NODES; opening.hasMore; left--) {
    opening.step(left > 0);
    yield;
  }
  return opening.drafts;
}

/** Nodes that are being opened, widest first, and the blocks they become. */
class Opening {
  readonly drafts: Draft[] = [];
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
    const draft = {
      kind: BlockKind.node,
      node: root,
      value: this.#whole,
      count: 0,
      depth: 0,
      x0: 0,
      children: [],
      above: null,
      floor: 0,
    };
    this.drafts.push(draft);
    if (root > 0) this.#seen.set(tree.frame[root]!, 1);
    if (options.maxDepth > 0) this.#wait(draft);
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
    this.#add(above, BlockKind.gathered, above.node, above.value, 0, above.x0);
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
    let x = above.x0;
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
    const hasBelow = above.children.length > 0 || gathersVisibly;
    const showsSelf = hasBelow && self > 0 && self >= this.#least;
    if (showsSelf) this.#add(above, BlockKind.self, above.node, self, 0, x);
    if (gathersVisibly) this.#add(above, BlockKind.gathered, above.node, gathered, count, x + (showsSelf ? self : 0));
  }

  #add(above: Draft, kind: BlockKindValue, node: NodeIndex, value: number, count: number, x0: number): void {
    const draft = {
      kind,
      node,
      value,
      count,
      depth: above.depth + 1,
      x0,
      children: [],
      above,
      floor: this.#options.unfolded.has(above.node) ? above.depth : above.floor,
    };
    above.children.push(this.drafts.length);
    this.drafts.push(draft);
    if (kind !== BlockKind.node) return;
    const frame = this.#tree.frame[node]!;
    this.#seen.set(frame, (this.#seen.get(frame) ?? 0) + 1);
    const [from, to] = this.#options.view ?? [0, 1];
    const isInView = x0 < to * this.#whole && x0 + value > from * this.#whole;
    if (isInView && draft.depth < this.#options.maxDepth) this.#wait(draft);
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
    const floor = unfolded.has(above.node) ? above.depth : above.floor;
    let times = 0;
    for (let at: Draft | null = above; at && at.depth >= floor; at = at.above) {
      if (frame[at.node] === wanted && ++times === FOLD_AFTER) return true;
    }
    return false;
  }
}

type Placed = HierarchyNode<Draft> & { x0: number; x1: number };

/** Mutable view of the fields that d3 makes read-only once a hierarchy is built. */
type Linkable = {
  -readonly [K in keyof Pick<Placed, 'parent' | 'children' | 'depth' | 'height' | 'value'>]: Placed[K];
};

/**
 * The second half: positions by d3's partition, as columns.
 *
 * The hierarchy is linked here, node by node, because `hierarchy()` finds heights by climbing from every node: for a
 * chain of 100,000 levels that is 5e9 steps. `partition` itself needs the root's height only, and walks without recursion.
 */
export function placeDrafts(drafts: readonly Draft[]): Blocks {
  const nodes = drafts.map((draft) => hierarchy(draft, () => null) as Placed);
  let maxDepth = 0;
  drafts.forEach((draft, i) => {
    const node: Linkable = nodes[i]!;
    node.value = draft.value;
    node.depth = draft.depth;
    maxDepth = Math.max(maxDepth, draft.depth);
    if (draft.children.length === 0) return;
    node.children = draft.children.map((child) => nodes[child]!);
    for (const child of node.children) (child as Linkable).parent = nodes[i]!;
  });
  const root = nodes[0]!;
  (root as Linkable).height = maxDepth;
  partition<Draft>().size([1, maxDepth + 1])(root);
  return toColumns(root, drafts.length, maxDepth);
}

function toColumns(root: Placed, length: number, maxDepth: number): Blocks {
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
  const indexes = new Map<HierarchyNode<Draft>, number>();
  let at = 0;
  // d3 iterates level by level, so each level is one run from left to right.
  for (const node of root) {
    const { kind, node: treeNode, value, count, depth } = node.data;
    blocks.kind[at] = kind;
    blocks.node[at] = treeNode;
    blocks.parent[at] = node.parent ? indexes.get(node.parent)! : -1;
    blocks.depth[at] = depth;
    blocks.x0[at] = (node as Placed).x0;
    blocks.x1[at] = (node as Placed).x1;
    blocks.value[at] = value;
    blocks.count[at] = count;
    if (at < blocks.rowStart[depth]!) blocks.rowStart[depth] = at;
    indexes.set(node, at);
    at++;
  }
  return blocks;
}
