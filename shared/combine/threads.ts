/** Threads of one program put together: one tree in which every thread is a root. */
import { sumFunctions } from '../model/context-sums.ts';
import { noCalls } from '../model/nothing.ts';
import type { ContextTable, FrameTable, Profile } from '../model/profile.ts';
import { buildStringTable, type StringTable } from '../model/strings.ts';

/** Whether profiles are parts of one whole: several trees in the same metrics, over the same frames. */
export function canCombine(profiles: readonly Profile[]): boolean {
  const [first, ...others] = profiles;
  if (first?.contexts === undefined || others.length === 0) return false;
  const metrics = JSON.stringify(first.metrics);
  return others.every(
    (profile) =>
      profile.contexts !== undefined &&
      profile.frames.name === first.frames.name &&
      JSON.stringify(profile.metrics) === metrics,
  );
}

/**
 * The sum of profiles that can be combined. Frames keep their rows; those of the threads come after them. Samples stay
 * with the threads: two things at once are no order. Cost: linear in the contexts.
 */
export function combineThreads(profiles: readonly Profile[]): Profile {
  const first = profiles[0]!;
  const trees = profiles.map(({ contexts }) => contexts!);
  const names = profiles.map(({ name }, index) => name || `thread ${index + 1}`);
  const strings = appendStrings(first.strings, names);
  const nowhere = findEmpty(first.strings);
  const frames = appendFrames(
    first.frames,
    names.length,
    first.strings.length,
    nowhere < 0 ? strings.length - 1 : nowhere,
  );
  const contexts = joinTrees(trees, first.frames.length, first.metrics.length);
  return {
    name: '',
    metrics: first.metrics,
    strings,
    frames,
    functions: sumFunctions(contexts, frames.length),
    calls: noCalls(first.metrics.length),
    traits: {
      ...first.traits,
      hasCounts: contexts.calls !== undefined,
    },
    contexts,
  };
}

function joinTrees(trees: readonly ContextTable[], firstFrame: number, metrics: number): ContextTable {
  const length = trees.reduce((sum, tree) => sum + tree.length + 1, 0);
  const frame = new Int32Array(length);
  const parent = new Int32Array(length);
  const self = Array.from({ length: metrics }, () => new Float64Array(length));
  const total = Array.from({ length: metrics }, () => new Float64Array(length));
  const calls = trees.every((tree) => tree.calls !== undefined) ? new Float64Array(length) : null;
  let at = 0;
  trees.forEach((tree, index) => {
    const root = at++;
    frame[root] = firstFrame + index;
    parent[root] = -1;
    if (calls !== null) calls[root] = 1;
    frame.set(tree.frame, at);
    calls?.set(tree.calls!, at);
    for (let metric = 0; metric < metrics; metric++) {
      self[metric]!.set(tree.self[metric]!, at);
      total[metric]!.set(tree.total[metric]!, at);
    }
    for (let context = 0; context < tree.length; context++) {
      const above = tree.parent[context]!;
      parent[at + context] = above < 0 ? root : at + above;
      if (above < 0)
        for (let metric = 0; metric < metrics; metric++) total[metric]![root]! += tree.total[metric]![context]!;
    }
    at += tree.length;
  });
  return {
    length,
    frame,
    parent,
    self,
    total,
    ...(calls === null ? {} : { calls }),
    stacks: trees.reduce((sum, { stacks }) => sum + stacks, 0),
    samples: trees.reduce((sum, { samples }) => sum + samples, 0),
  };
}

function appendStrings(strings: StringTable, texts: readonly string[]): StringTable {
  const added = buildStringTable([...texts, '']);
  const bytes = new Uint8Array(strings.bytes.length + added.bytes.length);
  bytes.set(strings.bytes);
  bytes.set(added.bytes, strings.bytes.length);
  const shift = (column: Int32Array) => column.map((place) => place + strings.bytes.length);
  return {
    length: strings.length + added.length,
    bytes,
    start: joinInts(strings.start, shift(added.start)),
    end: joinInts(strings.end, shift(added.end)),
  };
}

/** Row of the empty text, which stands for no file; -1: there is none. */
function findEmpty({ start, end }: StringTable): number {
  return start.findIndex((from, index) => end[index] === from);
}

/** `name`: row of the first new frame's name, the others follow; `file`: that of the empty text. */
function appendFrames(frames: FrameTable, count: number, name: number, file: number): FrameTable {
  return {
    length: frames.length + count,
    name: joinInts(
      frames.name,
      Int32Array.from({ length: count }, (_, index) => name + index),
    ),
    file: joinInts(frames.file, new Int32Array(count).fill(file)),
    line: joinInts(frames.line, new Int32Array(count)),
  };
}

function joinInts(one: Int32Array, other: Int32Array): Int32Array {
  const joined = new Int32Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}
