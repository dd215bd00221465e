/**
 * Large and lopsided profiles whose times add up, built as columns. Deterministic: the same every time.
 */
import { buildProfile, groupCalls } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';
import { buildStringTable } from '../model/strings.ts';

/** Pairs of caller and callee. */
export type Pairs = readonly (readonly [number, number])[];

/** Numbers from 0 up to 1, from a linear congruential generator (Numerical Recipes' constants). */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A profile of functions 0 .. count-1, 0 being the root, every caller before its callees: what each function takes is
 * split among its callers.
 */
export function profileOfPairs(count: number, pairs: Pairs): Profile {
  const dice = createDice(1);
  const incoming: number[][] = Array.from({ length: count }, () => []);
  pairs.forEach(([, callee], edge) => {
    incoming[callee]!.push(edge);
  });
  const edge = {
    calls: new Float64Array(pairs.length),
    self: new Float64Array(pairs.length),
    total: new Float64Array(pairs.length),
  };
  const own = { calls: new Float64Array(count), self: new Float64Array(count), total: new Float64Array(count) };
  for (let frame = count - 1; frame >= 0; frame--) {
    own.self[frame] = Math.floor(1 + dice() * 1e6);
    own.total[frame]! += own.self[frame]!;
    let self = own.self[frame]!;
    let total = own.total[frame]!;
    incoming[frame]!.forEach((at, index, all) => {
      const part = index === all.length - 1 ? 1 : dice() / (all.length - index);
      edge.calls[at] = Math.floor(1 + dice() * 20);
      edge.self[at] = Math.floor(self * part);
      edge.total[at] = Math.floor((total - self) * part) + edge.self[at]!;
      self -= edge.self[at]!;
      total -= edge.total[at]!;
      own.calls[frame]! += edge.calls[at]!;
      own.total[pairs[at]![0]]! += edge.total[at]!;
    });
  }
  own.calls[0] = 1;
  return toProfile(count, pairs, own, { ...edge, outer: edge.calls });
}

/** A root that calls a circle of functions, each edge recursive; `chords` are further edges in the circle. */
export function profileOfCircle(length: number, chords: number): Profile {
  const dice = createDice(2);
  const pairs: [number, number][] = [[0, 1]];
  const known = new Set<number>();
  const add = (caller: number, callee: number) => {
    const key = caller * (length + 1) + callee;
    if (caller === callee || known.has(key)) return;
    known.add(key);
    pairs.push([caller, callee]);
  };
  for (let at = 1; at <= length; at++) add(at, (at % length) + 1);
  for (let n = 0; n < chords; n++) add(1 + Math.floor(dice() * length), 1 + Math.floor(dice() * length));
  const self = Float64Array.from(pairs, (_, at) => (at === 0 ? 0 : Math.floor(1 + dice() * 1000)));
  const sum = self.reduce((all, value) => all + value, 0);
  const own = {
    calls: new Float64Array(length + 1),
    self: new Float64Array(length + 1),
    total: new Float64Array(length + 1).fill(sum),
  };
  pairs.forEach(([, callee], at) => {
    own.self[callee]! += self[at]!;
    own.calls[callee]! += at === 0 ? 1 : 4;
  });
  own.calls[0] = 1;
  const calls = Float64Array.from(pairs, (_, at) => (at === 0 ? 1 : 4));
  const outer = Float64Array.from(pairs, () => 1);
  const total = Float64Array.from(pairs, (_, at) => (at === 0 ? sum : Math.max(self[at]!, Math.floor(sum * dice()))));
  return toProfile(length + 1, pairs, own, { calls, outer, self, total });
}

interface OwnNumbers {
  readonly calls: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** Nanoseconds in, seconds out. */
function toProfile(count: number, pairs: Pairs, own: OwnNumbers, edge: OwnNumbers & { outer: Float64Array }): Profile {
  const names = Array.from({ length: count }, (_, frame) => `f${frame}`);
  const seconds = (values: Float64Array) => values.map((value) => value / 1e9);
  return buildProfile({
    name: '',
    metrics: [{ name: 'time', unit: 'seconds' }],
    strings: buildStringTable([...names, 'app.py']),
    frames: {
      length: count,
      name: Int32Array.from(names, (_, frame) => frame),
      file: new Int32Array(count).fill(count),
      line: Int32Array.from(names, (_, frame) => frame),
    },
    functions: { calls: own.calls, primitiveCalls: own.calls, self: [seconds(own.self)], total: [seconds(own.total)] },
    calls: groupCalls(
      {
        length: pairs.length,
        caller: Int32Array.from(pairs, ([caller]) => caller),
        callee: Int32Array.from(pairs, ([, callee]) => callee),
        calls: edge.calls,
        primitiveCalls: edge.outer,
        self: [seconds(edge.self)],
        total: [seconds(edge.total)],
      },
      count,
    ),
    traits: { sampled: false, hasCounts: true },
  });
}

/** Layers in which every function calls every function of the next one, below one root. */
export function pairsOfLayers(layers: number, width: number): Pairs {
  const pairs: [number, number][] = [];
  for (let to = 0; to < width; to++) pairs.push([0, 1 + to]);
  for (let layer = 1; layer < layers; layer++) {
    for (let from = 0; from < width; from++) {
      for (let to = 0; to < width; to++) pairs.push([1 + (layer - 1) * width + from, 1 + layer * width + to]);
    }
  }
  return pairs;
}

/** A root with many callees, which all call one function, which calls many: an hourglass. */
export function pairsOfHourglass(callers: number, callees: number): Pairs {
  const waist = callers + 1;
  return [
    ...Array.from({ length: callers }, (_, at) => [0, at + 1] as const),
    ...Array.from({ length: callers }, (_, at) => [at + 1, waist] as const),
    ...Array.from({ length: callees }, (_, at) => [waist, waist + at + 1] as const),
  ];
}
