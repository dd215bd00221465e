/**
 * The steps before the tree, each against a slow and simple way to the same answer.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../model/build.ts';
import { profileOf, profileOfCalls } from '../../testing/profile-of.ts';
import { treeText } from '../../testing/tree-text.ts';
import { createCallTree } from '../call-graph-tree.ts';
import { prepareCallGraph } from '../prepare.ts';
import { groupByKey } from './adjacency.ts';
import { findComponents } from './components.ts';
import { dominates, getEdgeNode, getFrameNode } from './dominators.ts';
import { GraphNumbers } from './numbers.ts';
import { StateFlag } from './states.ts';
import { CONTRADICTIONS, WarningList } from './warning-list.ts';

const FUNCTIONS = 7;
const edgeLists = fc.uniqueArray(fc.tuple(fc.nat(FUNCTIONS - 1), fc.nat(FUNCTIONS - 1)), {
  maxLength: 16,
  selector: ([caller, callee]) => caller * FUNCTIONS + callee,
});
type Edges = readonly (readonly [number, number])[];

/** Whether `to` can be reached from `from` without passing `without` (a function) or the edge `withoutEdge`. */
function isReachable(edges: Edges, from: readonly number[], to: number, without = -1, withoutEdge = -1): boolean {
  const seen = new Set(from.filter((start) => start !== without));
  const open = [...seen];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    edges.forEach(([caller, callee], edge) => {
      if (caller !== at || callee === without || edge === withoutEdge || seen.has(callee)) return;
      seen.add(callee);
      open.push(callee);
    });
  }
  return false;
}

function componentsOf(edges: Edges) {
  const caller = Int32Array.from(edges, ([from]) => from);
  const callee = Int32Array.from(edges, ([, to]) => to);
  return findComponents(callee, groupByKey(caller, FUNCTIONS));
}

describe('components', () => {
  it('join functions that can call each other, callees first', () => {
    fc.assert(
      fc.property(edgeLists, (edges) => {
        const { component, size, cyclic, order } = componentsOf(edges);
        for (let a = 0; a < FUNCTIONS; a++) {
          for (let b = 0; b < FUNCTIONS; b++) {
            const mutual = isReachable(edges, [a], b) && isReachable(edges, [b], a);
            expect(component[a] === component[b]).toBe(mutual);
            if (isReachable(edges, [a], b)) expect(component[b]!).toBeLessThanOrEqual(component[a]!);
          }
          const callees = edges.filter(([caller]) => caller === a).map(([, callee]) => callee);
          expect(cyclic[a] === 1).toBe(isReachable(edges, callees, a));
          expect(size[component[a]!]).toBe(component.filter((other) => other === component[a]).length);
        }
        expect([...order].map((frame) => component[frame])).toEqual([...component].sort((a, b) => a - b));
      }),
    );
  });
});

describe('dominators', () => {
  it('are what every way into a circle passes, functions and calls alike', () => {
    fc.assert(
      fc.property(edgeLists, (inner) => {
        // Function 0 enters the circle at 1; what is not in the circle of 1 stays out of it.
        const edges: Edges = [[0, 1], ...inner.filter(([caller, callee]) => caller > 0 && callee > 0)];
        const lines = edges.map(([caller, callee]) => `f${caller} > f${callee} 2 0.001 0.002`);
        const functions = Array.from({ length: FUNCTIONS }, (_, index) => `f${index} ${index === 0 ? 1 : 0} 0 0.01`);
        const profile = profileOfCalls([...functions, ...lines].join('\n'));
        const prepared = prepareCallGraph(profile);
        const { dominance, circles, edgeCount } = prepared;
        const numbers = new GraphNumbers(profile, prepared);
        const { of, size } = circles;
        const isInside = (caller: number, callee: number) => of[caller] === of[callee] && of[callee]! >= 0;
        const entries = edges.filter(([caller, callee]) => !isInside(caller, callee)).map(([, to]) => to);
        const nodeOf = (frame: number) => getFrameNode(dominance, frame);
        for (let b = 1; b < FUNCTIONS; b++) {
          if (of[b]! < 0 || size[of[b]!] === 1 || of[b] !== of[1]) continue;
          for (let a = 1; a < FUNCTIONS; a++) {
            if (of[a] !== of[b]) continue;
            expect(dominates(dominance, nodeOf(a), nodeOf(b))).toBe(a === b || !isReachable(edges, entries, b, a));
          }
          for (let edge = 0; edge < edgeCount; edge++) {
            const from = numbers.getCaller(edge);
            const to = numbers.getCallee(edge);
            if (of[from] !== of[b] || of[to] !== of[b]) continue;
            const index = edges.findIndex(([caller, callee]) => caller === from && callee === to);
            expect(dominates(dominance, getEdgeNode(dominance, edge), nodeOf(b))).toBe(
              !isReachable(edges, entries, b, -1, index),
            );
          }
        }
      }),
    );
  });
});

describe('states', () => {
  it('split an edge of a circle that recurs into its outermost and its nested calls', () => {
    const profile = profileOf('main;a 1 \n main;a;b 1 \n main;a;b;a 1 \n main;a;b;a;b 1 \n main;a;b;a;b;a;b 1');
    const numbers = new GraphNumbers(profile, prepareCallGraph(profile));
    const nested = numbers.getOutgoing(1).findLast((state) => state >= numbers.firstNested)!;
    const outer = numbers.getTwin(nested);
    expect(outer).toBeLessThan(numbers.edgeCount);
    expect(numbers.getTwin(outer)).toBe(nested);
    expect(numbers.getCalls(outer) + numbers.getCalls(nested)).toBe(3);
    expect(numbers.flags[nested]! & StateFlag.free).toBeTruthy();
    expect(numbers.flags[outer]! & StateFlag.free).toBeFalsy();
  });

  it('balance what enters each function of a circle with what leaves it', () => {
    const profile = profileOf(
      'main;a 2 \n main;a;b 3 \n main;a;b;a 4 \n main;a;b;a;b 5 \n main;a;c;a;b 6 \n main;a;c 1',
    );
    const prepared = prepareCallGraph(profile);
    const numbers = new GraphNumbers(profile, prepared);
    profile.functions.self[0]!.forEach((self, frame) => {
      if (prepared.circles.of[frame]! < 0) return;
      const sumOf = (states: Int32Array) => states.reduce((sum, state) => sum + numbers.getTotal(state), 0);
      const entering = sumOf(numbers.getIncoming(frame));
      const leaving = sumOf(numbers.getOutgoing(frame));
      expect(Math.abs(entering - self * prepared.scale - leaving)).toBeLessThan(1e-6 * entering);
    });
  });
});

describe('warnings', () => {
  it('are counted by kind, with the place of the first', () => {
    const list = new WarningList();
    list.add(CONTRADICTIONS.negative, () => 'a');
    list.add(CONTRADICTIONS.unreached, null, 3);
    list.add(CONTRADICTIONS.negative, () => 'b');
    expect(list.toArray().map(({ code, where, count }) => [code, where, count])).toEqual([
      ['negative-time', 'a', 2],
      ['unreached-functions', null, 3],
    ]);
  });
});

describe('a flat report', () => {
  it('is drawn by own times: nobody knows which of its functions contain each other', () => {
    const builder = new ProfileBuilder();
    builder.setFunction(builder.addFrame('main', 'a.py', 1), { calls: 1, self: [1], total: [6] });
    builder.setFunction(builder.addFrame('work', 'a.py', 9), { calls: 2, self: [5], total: [5] });
    const profile = builder.build();
    expect(treeText(createCallTree(profile, prepareCallGraph(profile)))).toBe('work 5\nmain 1');
  });

  it('that has no own times at all contradicts nothing', () => {
    const builder = new ProfileBuilder();
    builder.setFunction(builder.addFrame('main', 'a.py', 1), { calls: 1, total: [6] });
    expect(prepareCallGraph(builder.build()).warnings).toEqual([]);
  });
});
