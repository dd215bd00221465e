/**
 * What lies on every way from outside a circle of functions to a place inside it.
 *
 * If h is on every way to p, and h never ran inside itself, then nothing that p calls can call h: h would be below
 * itself. This finds, per component, the dominator tree over functions *and* calls between them (calls are nodes of
 * their own: `entry → f → (f→g) → g`), after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 *
 * Numbering the tree in preorder makes the test two comparisons:  a dominates b  ⇔  first[a] <= first[b] <= last[a].
 */
import type { Components } from './components.ts';
import type { States } from './states.ts';

/** Numbers per node: function f is node f, edge e is node `functions + e`. -1: not in a circle, or not reached. */
export interface Dominance {
  /** Empty when the graph has no circle of several functions. */
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** Steps that walking up the tree may take in all; components that are not done by then have no numbers. */
const WALK_STEPS = 4_000_000;

/** Dominance inside every component of several functions. Near-linear, and bounded in steps. */
export function findDominators(states: States, components: Components, edgeCount: number): Dominance {
  if (!components.size.some((size) => size > 1)) return { first: new Int32Array(0), last: new Int32Array(0) };
  const functionCount = components.component.length;
  const walker = new DominatorWalker(states, components, functionCount, edgeCount);
  for (let from = 0; from < functionCount; ) {
    const size = components.size[components.component[components.order[from]!]!]!;
    if (size > 1 && !walker.number(components.order.subarray(from, from + size))) break;
    from += size;
  }
  return { first: walker.first, last: walker.last };
}

/** Whether `a` is on every way to `b` (or is b). */
export function dominates({ first, last }: Dominance, a: number, b: number): boolean {
  const from = first[a] ?? -1;
  const at = first[b] ?? -1;
  return from >= 0 && from <= at && at <= last[a]!;
}

/** Walks one component at a time. */
class DominatorWalker {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly #states: States;
  readonly #component: Int32Array;
  readonly #functions: number;
  readonly #edges: number;
  /** Node → place in the postorder of its component; -1 not seen. */
  readonly #place: Int32Array;
  #steps = WALK_STEPS;

  constructor(states: States, components: Components, functions: number, edges: number) {
    this.#states = states;
    this.#component = components.component;
    this.#functions = functions;
    this.#edges = edges;
    this.first = new Int32Array(functions + edges).fill(-1);
    this.last = new Int32Array(functions + edges).fill(-1);
    this.#place = new Int32Array(functions + edges).fill(-1);
  }

  /** Numbers one component's nodes; false when the steps are used up. */
  number(frames: Int32Array): boolean {
    const isEntry = new Uint8Array(frames.length);
    frames.forEach((frame, index) => {
      isEntry[index] = this.#isEntered(frame) ? 1 : 0;
    });
    const postorder = this.#walk(frames.filter((_, index) => isEntry[index] === 1));
    const parent = this.#findParents(postorder);
    if (!parent) return false;
    this.#numberTree(postorder, parent);
    return true;
  }

  #isEntered(frame: number): boolean {
    const { incoming, caller } = this.#states;
    for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
      const from = caller[incoming.items[at]!]!;
      if (from < 0 || this.#component[from] !== this.#component[frame]) return true;
    }
    return false;
  }

  /** Nodes in postorder of a depth-first walk from the entries. Fills in their places. */
  #walk(entries: Int32Array): Int32Array {
    const { outgoing, callee } = this.#states;
    const place = this.#place;
    const order: number[] = [];
    const path: number[] = []; // frames on the way down
    const position: number[] = [];
    const via: number[] = []; // edge that led to each of them, -1 for an entry
    const enter = (frame: number, edge: number) => {
      place[frame] = 0; // seen; the real place comes when it is left
      path.push(frame);
      position.push(outgoing.start[frame]!);
      via.push(edge);
    };
    for (const entry of entries) {
      if (place[entry]! >= 0) continue;
      enter(entry, -1);
      while (path.length > 0) {
        const top = path.length - 1;
        const frame = path[top]!;
        const at = position[top]!;
        if (at < outgoing.start[frame + 1]!) {
          position[top] = at + 1;
          const edge = outgoing.items[at]!;
          if (edge >= this.#edges || this.#component[callee[edge]!] !== this.#component[frame]) continue;
          if (place[callee[edge]!]! < 0) enter(callee[edge]!, edge);
          else this.#leave(order, this.#functions + edge);
          continue;
        }
        this.#leave(order, frame);
        const edge = via[top]!;
        if (edge >= 0) this.#leave(order, this.#functions + edge);
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
    const { caller } = this.#states;
    const outside = postorder.length;
    const parent = new Int32Array(outside + 1).fill(-1);
    parent[outside] = outside;
    let changed = true;
    while (changed) {
      changed = false;
      for (let at = outside - 1; at >= 0; at--) {
        const node = postorder[at]!;
        const found =
          node >= this.#functions
            ? this.#place[caller[node - this.#functions]!]! // a call is reached through its caller only
            : this.#meetOfCallers(node, parent, outside);
        if (this.#steps < 0) return null;
        if (parent[at] !== found) {
          parent[at] = found;
          changed = true;
        }
      }
    }
    return parent;
  }

  /** The deepest node on every way known so far to a function. */
  #meetOfCallers(frame: number, parent: Int32Array, outside: number): number {
    const { incoming, caller } = this.#states;
    let meet = this.#isEntered(frame) ? outside : -1;
    for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
      const edge = incoming.items[at]!;
      if (edge >= this.#edges || this.#component[caller[edge]!] !== this.#component[frame]) continue;
      let other = this.#place[this.#functions + edge]!;
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
        if (at !== outside) this.first[postorder[at]!] = count++;
        if (child[at]! >= 0) {
          at = child[at]!;
          continue;
        }
      }
      if (at === outside) return;
      this.last[postorder[at]!] = count - 1;
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
