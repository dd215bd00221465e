/**
 * Call tree → blocks. Opens only what is wide enough to see, places it with d3's partition, and counts the rest.
 *
 *        ┌───────────────── zoomed node ─────────────────┐   depth 0
 *        │ widest child │ next child │ self │ gathered │ ░│   depth 1     ░ less than one block: left empty
 *
 * A block's width is its own value over the zoomed node's, so what a label prints and what is drawn are one number.
 * Nothing depends on the order of opening: it only decides what is left closed when `limit` is reached.
 */
import { type HierarchyNode, hierarchy, partition } from 'd3-hierarchy';
import type { FrameIndex } from '../model/profile.ts';
import { type CallTree, Certainty, type NodeIndex } from '../tree/call-tree.ts';
import { WidestFirst } from '../tree/widest-first.ts';
import { BlockKind, type BlockKindValue, type Blocks } from './blocks.ts';

/** How often a function may be on an estimated path before the recursion is folded (calltree accuracy: no gain after). */
const FOLD_AFTER = 3;
/** Roots under this share of everything are the profiler's own traces, such as its `disable`. */
const HIDDEN_ROOT = 1e-6;
/** Nodes opened for one picture at most: a screen shows about 3,000; a chain of 100,000 levels still has to answer. */
const DEFAULT_LIMIT = 30_000;

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
  /** Nodes opened at most, widest first; a block of kind gathered with count 0 stands below those that wait. */
  readonly limit?: number;
}

/** A block before it has a place. */
interface Draft {
  readonly kind: BlockKindValue;
  readonly node: NodeIndex;
  readonly value: number;
  readonly count: number;
  readonly depth: number;
  /** Where it will be, known while opening only to leave closed what is out of view. */
  readonly x0: number;
  readonly children: number[];
}

/** The node that fills the width when `zoom` is asked for: the only root instead of "all". Opens node 0. */
export function getShownRoot(tree: CallTree, zoom: NodeIndex): NodeIndex {
  if (zoom !== 0) return zoom;
  const roots = getChildren(tree, 0);
  const shown = roots.filter((root) => tree.total[root]! >= HIDDEN_ROOT * tree.total[0]!);
  return shown.length === 1 ? shown[0]! : 0;
}

/** Blocks of the tree below `options.root`. Opens nodes of the tree. Cost: the opened nodes and their children. */
export function layoutBlocks(tree: CallTree, options: LayoutOptions): Blocks {
  const drafts = openWidest(tree, getShownRoot(tree, options.root), options);
  return placeDrafts(drafts);
}

/** Children of a node, widest first, opened if need be. */
function getChildren(tree: CallTree, node: NodeIndex): NodeIndex[] {
  if (tree.firstChild[node] === -1) tree.open(node);
  const first = tree.firstChild[node]!;
  return Array.from({ length: tree.childCount[node]! }, (_, i) => first + i);
}

function openWidest(tree: CallTree, root: NodeIndex, options: LayoutOptions): Draft[] {
  const whole = tree.total[root]!;
  const least = Math.max(options.minWidth * whole, options.cutoff * tree.total[0]!);
  const leastDrawn = options.minWidth * whole;
  const [from, to] = options.view ?? [0, 1];
  const drafts: Draft[] = [{ kind: BlockKind.node, node: root, value: whole, count: 0, depth: 0, x0: 0, children: [] }];
  const waiting = new WidestFirst(tree);
  const draftOf = new Map<NodeIndex, Draft>([[root, drafts[0]!]]);
  const seen = new Map<FrameIndex, number>();
  let left = options.limit ?? DEFAULT_LIMIT;

  const add = (above: Draft, kind: BlockKindValue, node: NodeIndex, value: number, count: number, x0: number): void => {
    const draft = { kind, node, value, count, depth: above.depth + 1, x0, children: [] };
    above.children.push(drafts.length);
    drafts.push(draft);
    if (kind !== BlockKind.node) return;
    const frame = tree.frame[node]!;
    seen.set(frame, (seen.get(frame) ?? 0) + 1);
    const inView = whole > 0 && x0 < to * whole && x0 + value > from * whole;
    if (!inView || draft.depth >= options.maxDepth) return;
    draftOf.set(node, draft);
    waiting.push(node);
  };

  if (options.maxDepth > 0) waiting.push(root);
  while (waiting.length > 0) {
    const above = draftOf.get(waiting.pop())!;
    if (left-- <= 0) {
      const hasMore = tree.firstChild[above.node] !== 0 && tree.self[above.node]! < above.value;
      if (hasMore) add(above, BlockKind.gathered, above.node, above.value, 0, above.x0);
      continue;
    }
    const children = getChildren(tree, above.node);
    let x = above.x0;
    let gap = 0;
    let gathered = 0;
    let count = 0;
    const closeGap = (): void => {
      if (gap >= leastDrawn && gap > 0) add(above, BlockKind.unrecorded, above.node, gap, 0, x - gap);
      gap = 0;
    };
    for (const child of children) {
      const value = tree.total[child]!;
      const hidden = options.measuredOnly && tree.certainty[child] === Certainty.inferred;
      if (hidden) {
        if (value >= least) x += value;
        if (value >= least) gap += value;
      } else if (value >= least && value > 0) {
        closeGap();
        const folds = isFolded(tree, child, root, options.unfolded, seen);
        add(above, folds ? BlockKind.recursion : BlockKind.node, child, value, 0, x);
        x += value;
      } else {
        gathered += value;
        count++;
      }
    }
    closeGap();
    const self = tree.self[above.node]!;
    const gathersVisibly = count > 0 && gathered >= leastDrawn && gathered > 0;
    // A leaf is its own self time: a second block of the same width below it would say nothing.
    const hasBelow = above.children.length > 0 || gathersVisibly;
    if (hasBelow && self >= leastDrawn && self > 0) {
      add(above, BlockKind.self, above.node, self, 0, x);
      x += self;
    }
    if (gathersVisibly) add(above, BlockKind.gathered, above.node, gathered, count, x);
  }
  return drafts;
}

/** Whether an estimated node only goes on with a recursion: its function is on the path, counted from the last unfolding, often enough. */
function isFolded(
  tree: CallTree,
  node: NodeIndex,
  root: NodeIndex,
  unfolded: ReadonlySet<NodeIndex>,
  seen: ReadonlyMap<FrameIndex, number>,
): boolean {
  if (tree.certainty[node] !== Certainty.inferred || unfolded.has(node)) return false;
  const frame = tree.frame[node]!;
  // Nobody can be on the path more often than on the whole picture: spares most nodes the climb.
  if ((seen.get(frame) ?? 0) + 1 < FOLD_AFTER) return false;
  let times = 0;
  for (let above = tree.parent[node]!; above > 0; above = tree.parent[above]!) {
    if (tree.frame[above] === frame && ++times === FOLD_AFTER) return true;
    if (above === root || unfolded.has(above)) return false;
  }
  return false;
}

type Placed = HierarchyNode<Draft> & { x0: number; x1: number };

/** Mutable view of the fields that d3 makes read-only once a hierarchy is built. */
type Linkable = {
  -readonly [K in keyof Pick<Placed, 'parent' | 'children' | 'depth' | 'height' | 'value'>]: Placed[K];
};

/**
 * Positions by d3's partition, as columns.
 *
 * The hierarchy is linked here, node by node, because `hierarchy()` finds heights by climbing from every node: for a
 * chain of 100,000 levels that is 5e9 steps. `partition` itself needs the root's height only, and walks without recursion.
 */
function placeDrafts(drafts: readonly Draft[]): Blocks {
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
