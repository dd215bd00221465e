/**
 * Trees of recorded contexts: nothing is inferred, every path is one that was seen.
 *
 *   RecordedTree       the whole tree: a node for each context
 *   MergedTree         the tree below a function, wherever it was called from: a node for all contexts that went the
 *                      same way since the function
 *
 * Nodes are made as they are opened. A merged node keeps the contexts that it stands for as a run of one list.
 */
import { type ChildLinks, findOutermost, linkChildren } from '../model/context-sums.ts';
import type { ContextIndex, ContextTable, FrameIndex, Profile } from '../model/profile.ts';
import { Certainty, type NodeIndex } from './call-tree.ts';
import { GrowingTree, growInts } from './growing-tree.ts';

/** What is worked out once for all trees of a context table. */
interface ContextIndexes {
  readonly links: ChildLinks;
  outermost: Uint8Array | null;
}

const indexes = new WeakMap<ContextTable, ContextIndexes>();

function getIndexes(contexts: ContextTable): ContextIndexes {
  let index = indexes.get(contexts);
  if (index === undefined) {
    index = { links: linkChildren(contexts.parent, contexts.length), outermost: null };
    indexes.set(contexts, index);
  }
  return index;
}

/** Contexts of a frame above which it does not occur. Linear, the first time for all frames. */
function listOutermost(contexts: ContextTable, frames: number, frame: FrameIndex): ContextIndex[] {
  const index = getIndexes(contexts);
  index.outermost ??= findOutermost(contexts, contexts.frame, frames);
  const found: ContextIndex[] = [];
  for (
    let context = contexts.frame.indexOf(frame);
    context >= 0;
    context = contexts.frame.indexOf(frame, context + 1)
  ) {
    if (index.outermost[context] === 1) found.push(context);
  }
  return found;
}

function getContexts(profile: Profile): ContextTable {
  if (profile.contexts === undefined) throw new Error('a recorded tree needs contexts');
  return profile.contexts;
}

/** Large before small; of equals, those of the file's order. */
function byTotal(total: Float64Array): (a: ContextIndex, b: ContextIndex) => number {
  return (a, b) => total[b]! - total[a]! || a - b;
}

/** The whole tree of a profile's contexts in one metric. */
export class RecordedTree extends GrowingTree {
  override readonly exact = true;
  readonly #contexts: ContextTable;
  readonly #links: ChildLinks;
  #context = new Int32Array(this.frame.length);

  constructor(profile: Profile, metric: number, mostNodes: number) {
    super(profile, metric, mostNodes);
    this.#contexts = getContexts(profile);
    this.#links = getIndexes(this.#contexts).links;
    const { parent, total: totals } = this.#contexts;
    let whole = 0;
    for (let context = 0; context < parent.length; context++)
      if (parent[context]! < 0) whole += totals[metric]![context]!;
    this.append(-1, -1, whole, 0, Number.NaN, Certainty.exact, whole, whole);
    this.#context[0] = -1;
  }

  protected override openNode(node: NodeIndex): boolean {
    const { firstChild, nextSibling, roots } = this.#links;
    const { frame, self, total, calls } = this.#contexts;
    const above = this.#context[node]!;
    const children: ContextIndex[] = [];
    for (let child = above < 0 ? roots : firstChild[above]!; child >= 0; child = nextSibling[child]!)
      children.push(child);
    if (!this.makeRoom(children.length)) return false;
    const totals = total[this.metric]!;
    children.sort(byTotal(totals));
    for (const context of children) {
      const value = totals[context]!;
      const count = calls?.[context] ?? Number.NaN;
      const index = this.append(
        node,
        frame[context]!,
        value,
        self[this.metric]![context]!,
        count,
        Certainty.exact,
        value,
        value,
      );
      this.#context[index] = context;
    }
    return true;
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.#context = growInts(this.#context, capacity);
  }
}

/** The tree below a function; the function is node 1, unless it never ran. */
export class MergedTree extends GrowingTree {
  override readonly exact = true;
  readonly #contexts: ContextTable;
  readonly #links: ChildLinks;
  /** Contexts of node n: `#list[#from[n] .. #from[n] + #count[n]]`. */
  #list = new Int32Array(256);
  #used = 0;
  #from = new Int32Array(this.frame.length);
  #count = new Int32Array(this.frame.length);

  constructor(profile: Profile, metric: number, frame: FrameIndex, mostNodes: number) {
    super(profile, metric, mostNodes);
    this.#contexts = getContexts(profile);
    this.#links = getIndexes(this.#contexts).links;
    const own = listOutermost(this.#contexts, profile.frames.length, frame);
    const whole = this.#sum(own);
    this.append(-1, -1, whole, 0, Number.NaN, Certainty.exact, whole, whole);
    this.firstChild[0] = own.length === 0 ? 0 : 1;
    this.childCount[0] = own.length === 0 ? 0 : 1;
    if (own.length > 0) this.#appendMerged(0, frame, own, whole);
  }

  protected override openNode(node: NodeIndex): boolean {
    const { firstChild, nextSibling } = this.#links;
    const groups = new Map<FrameIndex, ContextIndex[]>();
    const end = this.#from[node]! + this.#count[node]!;
    for (let at = this.#from[node]!; at < end; at++) {
      for (let child = firstChild[this.#list[at]!]!; child >= 0; child = nextSibling[child]!) {
        getGroup(groups, this.#contexts.frame[child]!).push(child);
      }
    }
    if (!this.makeRoom(groups.size)) return false;
    const ranked = [...groups].map(([frame, members]) => ({ frame, members, total: this.#sum(members) }));
    ranked.sort((a, b) => b.total - a.total || a.frame - b.frame);
    for (const { frame, members, total } of ranked) this.#appendMerged(node, frame, members, total);
    return true;
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.#from = growInts(this.#from, capacity);
    this.#count = growInts(this.#count, capacity);
  }

  #sum(members: readonly ContextIndex[]): number {
    const totals = this.#contexts.total[this.metric]!;
    let sum = 0;
    for (const context of members) sum += totals[context]!;
    return sum;
  }

  #appendMerged(parent: NodeIndex, frame: FrameIndex, members: readonly ContextIndex[], total: number): void {
    const { self, calls } = this.#contexts;
    let [own, count] = [0, 0];
    for (const context of members) {
      own += self[this.metric]![context]!;
      count += calls?.[context] ?? Number.NaN;
    }
    const node = this.append(parent, frame, total, own, count, Certainty.exact, total, total);
    if (this.#used + members.length > this.#list.length) {
      this.#list = growInts(this.#list, Math.max(this.#list.length * 2, this.#used + members.length));
    }
    this.#list.set(members, this.#used);
    this.#from[node] = this.#used;
    this.#count[node] = members.length;
    this.#used += members.length;
  }
}

function getGroup(groups: Map<FrameIndex, number[]>, frame: FrameIndex): number[] {
  let group = groups.get(frame);
  if (group === undefined) {
    group = [];
    groups.set(frame, group);
  }
  return group;
}
