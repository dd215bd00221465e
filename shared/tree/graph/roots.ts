/**
 * Where the profile begins: calls of a function that no caller made, found by counting.
 *
 *   calls of f − calls of f by all its callers = calls of f from outside        (self time alike)
 *
 * This finds several roots, threads, and functions that are called from outside and from inside (`exec`), where
 * "the function without callers" finds nothing. In a circle of functions the roots' totals are shares of what the
 * circle needs, not facts: such roots are *soft*.
 */
import type { CallGraph } from './call-graph.ts';
import type { Wiring } from './reconcile.ts';
import { CONTRADICTIONS, type WarningList } from './warning-list.ts';

/** Calls of one function from outside the profile. */
export interface Root {
  readonly frame: number;
  readonly calls: number;
  readonly self: number;
  readonly total: number;
}

/** Order of two frames by their keys: decides between equal numbers. */
export type CompareFrames = (a: number, b: number) => number;

/** All roots, in no order; adds to `warnings` where the file does not say enough. Linear but for sorting candidates. */
export function findRoots(graph: CallGraph, wiring: Wiring, compare: CompareFrames, warnings: WarningList): Root[] {
  const { functions } = graph;
  const members = new Members(wiring);
  let roots = findCandidates(graph, wiring, members);
  let selfSum = 0;
  let greatest = 0;
  for (let frame = 0; frame < functions.length; frame++) {
    selfSum += functions.self[frame]!;
    if (functions.total[frame]! > greatest) greatest = functions.total[frame]!;
  }
  // 2 % and 10 µs: what a clock, a lost label or the profiler's own functions can make up.
  const limit = 1.02 * Math.max(selfSum, greatest) + 10_000;
  if (sumTotals(roots) > limit) {
    // Edges are missing from the file: their callees look like roots.
    warnings.add(CONTRADICTIONS.rootsExceedTotal);
    roots = keepWithin(roots, wiring, compare, limit);
  }
  const more = findUnreached(graph, wiring, members, compare, roots, limit - sumTotals(roots));
  if (more.length > 0) warnings.add(CONTRADICTIONS.unreached, null, more.length);
  roots = [...roots, ...more];
  if (Math.abs(sumTotals(roots) - selfSum) > 0.02 * selfSum + 10_000) warnings.add(CONTRADICTIONS.rootsDiffer);
  return roots;
}

/** Functions of each component: a slice of `components.order`. */
class Members {
  readonly #start: Int32Array;
  readonly #order: Int32Array;

  constructor({ components }: Wiring) {
    this.#order = components.order;
    this.#start = new Int32Array(components.count + 1);
    for (let index = 0; index < components.count; index++) {
      this.#start[index + 1] = this.#start[index]! + components.size[index]!;
    }
  }

  getFirst(component: number): number {
    return this.#order[this.#start[component]!]!;
  }

  of(component: number): Int32Array {
    return this.#order.subarray(this.#start[component], this.#start[component + 1]);
  }
}

function findCandidates(graph: CallGraph, wiring: Wiring, members: Members): Root[] {
  const { functions, edges, hasCounts } = graph;
  const { entering, components } = wiring;
  const roots: Root[] = [];
  const circles = new Map<number, Root[]>();
  for (let frame = 0; frame < functions.length; frame++) {
    let calls = functions.calls[frame]!;
    let self = functions.self[frame]!;
    let total = functions.total[frame]!;
    const from = entering[frame]!;
    const to = entering[frame + 1]!;
    for (let edge = from; edge < to; edge++) {
      calls -= edges.calls[edge]!;
      self -= edges.self[edge]!;
      total -= edges.total[edge]!;
    }
    // Where times stand in for counts, a small rest is rounding.
    if (!hasCounts && to > from && calls < 0.01 * functions.calls[frame]!) calls = 0;
    if (!(calls > 0 || (calls === 0 && from === to))) continue;
    self = Math.max(self, 0);
    const root = { frame, calls: Math.max(calls, 1), self, total: Math.max(total, self) };
    if (components.cyclic[frame]) {
      const circle = circles.get(components.component[frame]!);
      if (circle) circle.push(root);
      else circles.set(components.component[frame]!, [root]);
    } else roots.push(root);
  }
  for (const [component, circle] of circles) {
    for (const root of shareNeed(graph, wiring, members.of(component), circle)) roots.push(root);
  }
  return roots;
}

/** Every root of a circle keeps its own self time; the rest of what the circle needs is shared by what each can hold. */
function shareNeed(graph: CallGraph, wiring: Wiring, frames: Int32Array, circle: readonly Root[]): Root[] {
  const { functions, edges } = graph;
  const { entering, components } = wiring;
  const [first] = circle;
  if (circle.length === 1 && first && isAllOutermost(graph, first)) {
    return [{ ...first, total: Math.max(functions.total[first.frame]!, first.self) }];
  }
  const rest = Math.max(0, getNeed(graph, wiring, frames) - circle.reduce((sum, root) => sum + root.self, 0));
  const weights = circle.map(({ frame, self }) => {
    let room = functions.total[frame]!;
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
      if (components.component[edges.caller[edge]!] !== components.component[frame]) room -= edges.total[edge]!;
    }
    return Math.max(0, Math.max(self, room) - self);
  });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return circle.map((root, index) => {
    const share = sum > 0 ? (rest * weights[index]!) / sum : rest / circle.length;
    return { ...root, total: Math.min(root.self + share, Math.max(functions.total[root.frame]!, root.self)) };
  });
}

/**
 * Whether a root's calls are all the outermost ones of its function. A call from outside has nothing above it, so it is
 * outermost; where their numbers are equal, the function's own total, which counts outermost calls, is the root's.
 */
function isAllOutermost({ functions, edges, hasCounts }: CallGraph, { frame, calls }: Root): boolean {
  return hasCounts && calls === functions.outerCalls[frame] && edges.countOnly === null;
}

/** What a component consumes minus what enters it from other components. */
function getNeed(graph: CallGraph, { entering, outgoing, components }: Wiring, frames: Int32Array): number {
  const { functions, edges } = graph;
  let need = 0;
  for (const frame of frames) {
    const component = components.component[frame];
    need += functions.self[frame]!;
    for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
      const edge = outgoing.items[at]!;
      if (components.component[edges.callee[edge]!] !== component) need += edges.total[edge]!;
    }
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
      if (components.component[edges.caller[edge]!] !== component) need -= edges.total[edge]!;
    }
  }
  return need;
}

/** Roots without callers, and of the others the largest that fit. */
function keepWithin(roots: readonly Root[], { entering }: Wiring, compare: CompareFrames, limit: number): Root[] {
  const hasCallers = (root: Root) => entering[root.frame]! < entering[root.frame + 1]!;
  const kept = roots.filter((root) => !hasCallers(root));
  let sum = sumTotals(kept);
  for (const root of roots.filter(hasCallers).sort((a, b) => b.total - a.total || compare(a.frame, b.frame))) {
    if (kept.length > 0 && sum + root.total > limit) continue;
    kept.push(root);
    sum += root.total;
  }
  return kept;
}

/** Components nothing leads to (every call of them has a caller inside): their costliest function is a root. */
function findUnreached(
  graph: CallGraph,
  wiring: Wiring,
  members: Members,
  compare: CompareFrames,
  roots: readonly Root[],
  room: number,
): Root[] {
  const { functions, edges } = graph;
  const { outgoing, components } = wiring;
  if (!hasUnentered(graph, wiring, members, roots)) return [];
  const seen = new Uint8Array(functions.length);
  const stack: number[] = [];
  const visit = (frame: number) => {
    if (seen[frame]) return;
    seen[frame] = 1;
    stack.push(frame);
  };
  const walk = () => {
    for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
      for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
        visit(edges.callee[outgoing.items[at]!]!);
      }
    }
  };
  for (const root of roots) visit(root.frame);
  walk();
  const more: Root[] = [];
  let left = room;
  for (let component = components.count - 1; component >= 0; component--) {
    const frames = members.of(component);
    if (seen[frames[0]!]) continue;
    let top = frames[0]!;
    for (const frame of frames) {
      const ahead = functions.total[frame]! - functions.total[top]!;
      if (ahead > 0 || (ahead === 0 && compare(frame, top) < 0)) top = frame;
    }
    const need = Math.min(Math.max(0, getNeed(graph, wiring, frames)), functions.total[top]!);
    if (need > left) continue;
    left -= need;
    more.push({ frame: top, calls: 1, self: 0, total: need });
    visit(top);
    walk();
  }
  return more;
}

/**
 * Whether there is a component that neither a call from another one nor a root leads into. If there is none, roots lead
 * everywhere, and nobody has to go there. A function without callers is always a root, so only circles are looked at.
 */
function hasUnentered({ edges }: CallGraph, wiring: Wiring, members: Members, roots: readonly Root[]): boolean {
  const { entering, components } = wiring;
  const hasRoot = new Uint8Array(components.count);
  for (const { frame } of roots) hasRoot[components.component[frame]!] = 1;
  const isEntered = (frame: number): boolean => {
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
      if (components.component[edges.caller[edge]!] !== components.component[frame]) return true;
    }
    return false;
  };
  for (let component = 0; component < components.count; component++) {
    const first = members.getFirst(component);
    if (!components.cyclic[first] || hasRoot[component]) continue;
    if (!members.of(component).some(isEntered)) return true;
  }
  return false;
}

/** Whether a root's total is a share of what its circle needs: several roots lead into one circle. */
export function findSoftRoots(roots: readonly Root[], { circles }: Wiring): Uint8Array {
  const leading = new Int32Array(circles.size.length);
  for (const { frame } of roots) if (circles.of[frame]! >= 0) leading[circles.of[frame]!]!++;
  return Uint8Array.from(roots, ({ frame }) => (circles.of[frame]! >= 0 && leading[circles.of[frame]!]! > 1 ? 1 : 0));
}

function sumTotals(roots: readonly Root[]): number {
  return roots.reduce((sum, root) => sum + root.total, 0);
}
