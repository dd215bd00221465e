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
  const length = outgoing.start.length - 1;
  const number = new Int32Array(length); // 1, 2, 3, … in the order of discovery; 0: not seen
  const low = new Int32Array(length);
  const component = new Int32Array(length).fill(-1);
  const order = new Int32Array(length);
  const open = new Int32Array(length); // functions seen whose component is not complete
  const path = new Int32Array(length); // functions being walked, and where each of them is in its edges
  const position = new Int32Array(length);
  const sizes: number[] = [];
  let openLength = 0;
  let orderLength = 0;
  let seen = 0;
  for (let root = 0; root < length; root++) {
    if (number[root]) continue;
    let depth = 0;
    path[0] = root;
    position[0] = outgoing.start[root]!;
    number[root] = low[root] = ++seen;
    open[openLength++] = root;
    while (depth >= 0) {
      const frame = path[depth]!;
      const end = outgoing.start[frame + 1]!;
      let at = position[depth]!;
      let next = -1;
      while (at < end) {
        const target = callee[outgoing.items[at++]!]!;
        if (!number[target]) {
          next = target;
          break;
        }
        if (component[target]! < 0 && number[target]! < low[frame]!) low[frame] = number[target]!;
      }
      position[depth] = at;
      if (next >= 0) {
        depth++;
        path[depth] = next;
        position[depth] = outgoing.start[next]!;
        number[next] = low[next] = ++seen;
        open[openLength++] = next;
        continue;
      }
      if (low[frame] === number[frame]) {
        const before = orderLength;
        let member: number;
        do {
          member = open[--openLength]!;
          component[member] = sizes.length;
          order[orderLength++] = member;
        } while (member !== frame);
        sizes.push(orderLength - before);
      }
      depth--;
      if (depth >= 0) {
        const above = path[depth]!;
        if (low[frame]! < low[above]!) low[above] = low[frame]!;
      }
    }
  }
  const size = Int32Array.from(sizes);
  const cyclic = new Uint8Array(length);
  for (let frame = 0; frame < length; frame++) {
    let circle = size[component[frame]!]! > 1;
    for (let at = outgoing.start[frame]!; !circle && at < outgoing.start[frame + 1]!; at++) {
      circle = callee[outgoing.items[at]!] === frame;
    }
    cyclic[frame] = circle ? 1 : 0;
  }
  return { count: sizes.length, component, size, cyclic, order };
}

/** Whether an edge may be part of a circle: both ends in one cyclic component. A root (caller -1) never is. */
export function isInner(components: Components, caller: number, callee: number): boolean {
  return (
    caller >= 0 && components.cyclic[caller] === 1 && components.component[caller] === components.component[callee]
  );
}
