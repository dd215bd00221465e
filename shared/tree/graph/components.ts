/**
 * Which functions can call each other in a circle: the strongly connected components of the call graph.
 *
 * Tarjan's algorithm with its own stack instead of recursion (call chains are deeper than the JavaScript stack).
 * Components are numbered callees first: an edge between two of them leads to the smaller number.
 */
import type { Adjacency } from './adjacency.ts';

/** Components of a graph. */
export interface Components {
  readonly count: number;
  /** Component of each function. */
  readonly component: Int32Array;
  /** Functions in each component. */
  readonly size: Int32Array;
  /** 1: the function can call itself back, over others or at once. */
  readonly cyclic: Uint8Array;
  /** All functions, callees first, those of one component next to each other. */
  readonly order: Int32Array;
}

/** Components of the graph whose edges lead to `callee[edge]` and are grouped by caller in `outgoing`. Linear. */
export function findComponents(callee: Int32Array, outgoing: Adjacency): Components {
  const { start, items } = outgoing;
  const length = start.length - 1;
  // One look at the memory per edge on the way down: the walk waits for nothing else.
  const target = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) target[at] = callee[items[at]!]!;
  // 0: not seen; 1, 2, 3, …: in the order of discovery; once its component is complete: -1 less the component.
  const mark = new Int32Array(length);
  const order = new Int32Array(length);
  const cyclic = new Uint8Array(length);
  const open = new Int32Array(length); // functions seen whose component is not complete
  const path = new Int32Array(length); // functions being walked, where each of them is in its edges, and their low marks
  const position = new Int32Array(length);
  const lows = new Int32Array(length);
  const size = new Int32Array(length);
  let count = 0;
  let openLength = 0;
  let orderLength = 0;
  let seen = 0;
  for (let root = 0; root < length; root++) {
    if (mark[root] !== 0) continue;
    let depth = 0;
    let frame = root;
    let at = start[root]!;
    let low = ++seen;
    mark[root] = low;
    open[openLength++] = root;
    for (;;) {
      const end = start[frame + 1]!;
      let next = -1;
      while (at < end) {
        const other = target[at++]!;
        const found = mark[other]!;
        if (found === 0) {
          next = other;
          break;
        }
        if (found > 0 && found < low) low = found;
        if (other === frame) cyclic[frame] = 1;
      }
      if (next >= 0) {
        path[depth] = frame;
        position[depth] = at;
        lows[depth] = low;
        depth++;
        frame = next;
        at = start[frame]!;
        low = ++seen;
        mark[frame] = low;
        open[openLength++] = frame;
        continue;
      }
      if (low === mark[frame]) {
        const before = orderLength;
        let member: number;
        do {
          member = open[--openLength]!;
          mark[member] = -1 - count;
          order[orderLength++] = member;
        } while (member !== frame);
        size[count++] = orderLength - before;
        if (orderLength - before > 1) for (let i = before; i < orderLength; i++) cyclic[order[i]!] = 1;
      }
      if (depth === 0) break;
      depth--;
      frame = path[depth]!;
      at = position[depth]!;
      if (lows[depth]! < low) low = lows[depth]!;
    }
  }
  for (let frame = 0; frame < length; frame++) mark[frame] = -1 - mark[frame]!;
  return { count, component: mark, size: size.subarray(0, count), cyclic, order };
}

/** The components that are circles, in the form that is kept: where there are none, it says next to nothing. */
export interface Circles {
  /** Circle of each function, -1 for none. */
  readonly of: Int32Array;
  /** Functions in each circle: 1 for a function that calls itself and is in no larger one. */
  readonly size: Int32Array;
}

/** The circles among the components, callees first. Linear. */
export function listCircles({ count, component, size, cyclic }: Components): Circles {
  const of = new Int32Array(component.length).fill(-1);
  const number = new Int32Array(count);
  const sizes: number[] = [];
  for (let frame = 0; frame < of.length; frame++) {
    if (!cyclic[frame]) continue;
    const at = component[frame]!;
    if (number[at] === 0) number[at] = sizes.push(size[at]!);
    of[frame] = number[at]! - 1;
  }
  return { of, size: Int32Array.from(sizes) };
}

/** Whether an edge may be part of a circle: both ends in one. A root (caller -1) never is. */
export function isInner({ of }: Circles, caller: number, callee: number): boolean {
  return caller >= 0 && of[caller]! >= 0 && of[caller] === of[callee];
}
