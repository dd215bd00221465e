/**
 * What lies on every way from outside a circle of functions to a place inside it.
 *
 * If h is on every way to p, and h never ran inside itself, then nothing that p calls can call h: h would be below
 * itself. This finds, per component, the dominator tree over functions *and* calls between them (calls are nodes of
 * their own: `entry → f → (f→g) → g`), after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 *
 * Numbering the tree in preorder makes the test two comparisons:  a dominates b  ⇔  first[a] <= first[b] <= last[a].
 */
import type { EdgeNumbers } from './call-graph.ts';
import type { Wiring } from './reconcile.ts';
import type { DraftStates } from './states.ts';

/** Numbers of the nodes: functions of such circles and the edges inside them. -1: not reached. */
export interface Dominance {
  /** Functions in circles of several, rising: nodes 0 .. . */
  readonly frames: Int32Array;
  /** Edges inside such circles, rising: the nodes after those. */
  readonly edges: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** Steps that walking up the tree may take in all; components that are not done by then have no numbers. */
const WALK_STEPS = 4_000_000;

/** Dominance inside every component of several functions. Near-linear, and bounded in steps. */
export function findDominators(states: DraftStates, wiring: Wiring): Dominance {
  const { order, component, size } = wiring.components;
  const { frames, edges } = listNodes(states.edges, wiring);
  const first = new Int32Array(frames.length + edges.length).fill(-1);
  const last = new Int32Array(frames.length + edges.length).fill(-1);
  if (frames.length > 0) {
    const walker = new DominatorWalker(states, wiring, { frames, edges, first, last });
    for (let from = 0; from < order.length; ) {
      const count = size[component[order[from]!]!]!;
      if (count > 1 && !walker.number(order.subarray(from, from + count))) break;
      from += count;
    }
  }
  return { frames, edges, first, last };
}

/** Node of a function, -1 if it is in no circle of several. */
export function getFrameNode({ frames }: Dominance, frame: number): number {
  return find(frames, frame);
}

/** Node of an edge, -1 if it is not inside such a circle. */
export function getEdgeNode({ frames, edges }: Dominance, edge: number): number {
  const at = find(edges, edge);
  return at < 0 ? -1 : frames.length + at;
}

/** Whether node `a` is on every way to node `b` (or is b). */
export function dominates({ first, last }: Dominance, a: number, b: number): boolean {
  const from = first[a] ?? -1;
  const at = first[b] ?? -1;
  return from >= 0 && from <= at && at <= last[a]!;
}

/** Position of a value in a rising sequence, -1 if it is not there. */
function find(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value ? low : -1;
}

function listNodes(edges: EdgeNumbers, { circles }: Wiring): { frames: Int32Array; edges: Int32Array } {
  const frames: number[] = [];
  const inner: number[] = [];
  const isLarge = (frame: number) => circles.of[frame]! >= 0 && circles.size[circles.of[frame]!]! > 1;
  if (circles.size.some((size) => size > 1)) {
    for (let frame = 0; frame < circles.of.length; frame++) if (isLarge(frame)) frames.push(frame);
    for (let edge = 0; edge < edges.length; edge++) {
      const callee = edges.callee[edge]!;
      if (circles.of[edges.caller[edge]!] === circles.of[callee] && isLarge(callee)) inner.push(edge);
    }
  }
  return { frames: Int32Array.from(frames), edges: Int32Array.from(inner) };
}

/** Walks one component at a time. */
class DominatorWalker {
  readonly #edges: EdgeNumbers;
  readonly #wiring: Wiring;
  readonly #hasRoot: Uint8Array;
  readonly #dominance: Dominance;
  readonly #functions: number;
  /** Nodes of functions and of edges. */
  readonly #frameNode: Int32Array;
  readonly #edgeNode: Int32Array;
  /** Caller of each edge's node, as a node. */
  readonly #callerNode: Int32Array;
  /** Node → place in the postorder of its component; -1 not seen. */
  readonly #place: Int32Array;
  #steps = WALK_STEPS;

  constructor(states: DraftStates, wiring: Wiring, dominance: Dominance) {
    const { frames, edges } = dominance;
    this.#edges = states.edges;
    this.#wiring = wiring;
    this.#dominance = dominance;
    this.#functions = frames.length;
    this.#hasRoot = new Uint8Array(states.hasExtra.length);
    const { extra } = states;
    for (let index = 0; index < extra.length; index++) {
      if (extra.caller[index]! < 0) this.#hasRoot[extra.callee[index]!] = 1;
    }
    this.#frameNode = new Int32Array(wiring.entering.length - 1).fill(-1);
    for (let node = 0; node < frames.length; node++) this.#frameNode[frames[node]!] = node;
    this.#edgeNode = new Int32Array(states.edges.length).fill(-1);
    this.#callerNode = new Int32Array(edges.length);
    for (let index = 0; index < edges.length; index++) {
      const edge = edges[index]!;
      this.#edgeNode[edge] = frames.length + index;
      this.#callerNode[index] = this.#frameNode[states.edges.caller[edge]!]!;
    }
    this.#place = new Int32Array(frames.length + edges.length).fill(-1);
  }

  /** Numbers one component's nodes; false when the steps are used up. */
  number(frames: Int32Array): boolean {
    const postorder = this.#walk(frames.filter((frame) => this.#isEntered(frame)));
    const parent = this.#findParents(postorder);
    if (!parent) return false;
    this.#numberTree(postorder, parent);
    return true;
  }

  #isEntered(frame: number): boolean {
    if (this.#hasRoot[frame]) return true;
    const { entering } = this.#wiring;
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
      if (this.#edgeNode[edge]! < 0) return true;
    }
    return false;
  }

  /** Nodes in postorder of a depth-first walk from the entries. Fills in their places. */
  #walk(entries: Int32Array): Int32Array {
    const { outgoing } = this.#wiring;
    const { callee } = this.#edges;
    const place = this.#place;
    const order: number[] = [];
    const path: number[] = []; // frames on the way down
    const position: number[] = [];
    const via: number[] = []; // node of the edge that led to each of them, -1 for an entry
    const enter = (frame: number, edgeNode: number) => {
      place[this.#frameNode[frame]!] = 0; // seen; the real place comes when it is left
      path.push(frame);
      position.push(outgoing.start[frame]!);
      via.push(edgeNode);
    };
    for (const entry of entries) {
      if (place[this.#frameNode[entry]!]! >= 0) continue;
      enter(entry, -1);
      while (path.length > 0) {
        const top = path.length - 1;
        const frame = path[top]!;
        const at = position[top]!;
        if (at < outgoing.start[frame + 1]!) {
          position[top] = at + 1;
          const edge = outgoing.items[at]!;
          const node = this.#edgeNode[edge]!;
          if (node < 0) continue;
          if (place[this.#frameNode[callee[edge]!]!]! < 0) enter(callee[edge]!, node);
          else this.#leave(order, node);
          continue;
        }
        this.#leave(order, this.#frameNode[frame]!);
        if (via[top]! >= 0) this.#leave(order, via[top]!);
        path.pop();
        position.pop();
        via.pop();
      }
    }
    return Int32Array.from(order);
  }

  #leave(order: number[], node: number): void {
    this.#place[node] = order.length;
    order.push(node);
  }

  /** Immediate dominator of each place in postorder; the last place + 1 stands for "outside". Null: out of steps. */
  #findParents(postorder: Int32Array): Int32Array | null {
    const outside = postorder.length;
    const parent = new Int32Array(outside + 1).fill(-1);
    parent[outside] = outside;
    const { frames } = this.#dominance;
    const isEntered = new Uint8Array(outside);
    for (let at = 0; at < outside; at++) {
      const node = postorder[at]!;
      if (node < this.#functions && this.#isEntered(frames[node]!)) isEntered[at] = 1;
    }
    let changed = true;
    while (changed) {
      changed = false;
      for (let at = outside - 1; at >= 0; at--) {
        const node = postorder[at]!;
        const found =
          node >= this.#functions
            ? this.#place[this.#callerNode[node - this.#functions]!]! // a call is reached through its caller only
            : this.#meetOfCallers(frames[node]!, parent, isEntered[at] === 1 ? outside : -1);
        if (this.#steps < 0) return null;
        if (parent[at] !== found) {
          parent[at] = found;
          changed = true;
        }
      }
    }
    return parent;
  }

  /** The deepest node on every way known so far to a function; `meet` to begin with: outside where it is entered. */
  #meetOfCallers(frame: number, parent: Int32Array, begin: number): number {
    const { entering } = this.#wiring;
    let meet = begin;
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
      const node = this.#edgeNode[edge]!;
      if (node < 0) continue;
      let other = this.#place[node]!;
      if (other < 0 || parent[other]! < 0) continue;
      if (meet < 0) {
        meet = other;
        continue;
      }
      while (other !== meet) {
        if (--this.#steps < 0) return meet;
        if (other < meet) other = parent[other]!;
        else meet = parent[meet]!;
      }
    }
    return meet;
  }

  #numberTree(postorder: Int32Array, parent: Int32Array): void {
    const { first, last } = this.#dominance;
    const outside = postorder.length;
    // Children of each place as a linked list; going through the places backwards keeps parents before children.
    const child = new Int32Array(outside + 1).fill(-1);
    const sibling = new Int32Array(outside + 1).fill(-1);
    for (let at = 0; at < outside; at++) {
      sibling[at] = child[parent[at]!]!;
      child[parent[at]!] = at;
    }
    let count = 0;
    let at = outside;
    let down = true;
    for (;;) {
      if (down) {
        if (at !== outside) first[postorder[at]!] = count++;
        if (child[at]! >= 0) {
          at = child[at]!;
          continue;
        }
      }
      if (at === outside) return;
      last[postorder[at]!] = count - 1;
      if (sibling[at]! >= 0) {
        at = sibling[at]!;
        down = true;
      } else {
        at = parent[at]!;
        down = false;
      }
    }
  }
}
