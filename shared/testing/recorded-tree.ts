/**
 * A call tree as it truly was, and the profile that cProfile would have written of it.
 *
 *   path     calls  self         aggregated: functions and edges, times of recursive ones counted once
 *   main       1     1
 *   main;a     2     3
 */
import { ProfileBuilder } from '../model/build.ts';
import type { FrameIndex, Profile } from '../model/profile.ts';

/** A true call tree; nodes are distinct paths, parents before children. */
export interface RecordedTree {
  /** File, line, name. */
  readonly frames: readonly (readonly [string, number, string])[];
  /** -1 for a root. */
  readonly parent: readonly number[];
  readonly frame: readonly number[];
  readonly calls: readonly number[];
  /** Whole nanoseconds. */
  readonly self: readonly number[];
}

/** Total of every node, in nanoseconds. */
export function computeTotals({ parent, self }: RecordedTree): number[] {
  const total = [...self];
  for (let node = total.length - 1; node >= 0; node--) {
    if (parent[node]! >= 0) total[parent[node]!]! += total[node]!;
  }
  return total;
}

/** Children of every node; those of "no node" are the roots, at the end. */
export function listChildren({ parent }: RecordedTree): number[][] {
  const children: number[][] = Array.from({ length: parent.length + 1 }, () => []);
  parent.forEach((above, node) => {
    children[above < 0 ? parent.length : above]!.push(node);
  });
  return children;
}

interface Sums {
  calls: number;
  primitiveCalls: number;
  self: number;
  total: number;
}

/** The profile of a tree: what a deterministic profiler keeps of it. `order` lists the frames' rows. */
export function aggregate(tree: RecordedTree, order: readonly number[] = tree.frames.map((_, i) => i)): Profile {
  const functions = tree.frames.map((): Sums => ({ calls: 0, primitiveCalls: 0, self: 0, total: 0 }));
  const edges = new Map<string, Sums>();
  const total = computeTotals(tree);
  const children = listChildren(tree);
  const depthOf = new Map<string, number>(); // functions and edges on the path at hand, how often
  const stack = children[tree.parent.length]!.map((node) => ({ node, leaving: false })).reverse();
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, leaving } = top;
    const frame = tree.frame[node]!;
    const above = tree.parent[node]! < 0 ? -1 : tree.frame[tree.parent[node]!]!;
    const keys = above < 0 ? [`${frame}`] : [`${frame}`, `${above} ${frame}`];
    for (const key of keys) {
      const depth = depthOf.get(key) ?? 0;
      depthOf.set(key, leaving ? depth - 1 : depth + 1);
      if (leaving) continue;
      let sums = key.includes(' ') ? edges.get(key) : functions[frame]!;
      if (!sums) {
        sums = { calls: 0, primitiveCalls: 0, self: 0, total: 0 };
        edges.set(key, sums);
      }
      sums.calls += tree.calls[node]!;
      sums.self += tree.self[node]!;
      if (depth > 0) continue;
      sums.primitiveCalls += tree.calls[node]!;
      sums.total += total[node]!;
    }
    if (leaving) continue;
    stack.push({ node, leaving: true });
    for (const child of children[node]!) stack.push({ node: child, leaving: false });
  }
  const builder = new ProfileBuilder();
  const rows = new Map<number, FrameIndex>();
  for (const frame of order) {
    const [file, line, name] = tree.frames[frame]!;
    rows.set(frame, builder.addFrame(name, file, line));
    builder.setFunction(rows.get(frame)!, toNumbers(functions[frame]!));
  }
  for (const frame of order) {
    for (const [key, sums] of edges) {
      const [caller, callee] = key.split(' ').map(Number);
      if (callee === frame) builder.addCall(rows.get(caller!)!, rows.get(callee)!, toNumbers(sums));
    }
  }
  return builder.build();
}

function toNumbers({ calls, primitiveCalls, self, total }: Sums) {
  return { calls, primitiveCalls, self: [self / 1e9], total: [total / 1e9] };
}
