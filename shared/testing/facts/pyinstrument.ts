/** Facts of pyinstrument's files. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { sumByName } from './names.ts';
import { compareTop, type StackFacts } from './stacks.ts';

/** A number that is told as text, with or without a unit. */
function tell(group: ProfileGroup, name: string): number | null {
  const value = group.about?.find(([key]) => key === name)?.[1];
  return value === undefined ? null : Number.parseFloat(value);
}

function sum(profile: Profile): number {
  return profile.contexts!.self[0]!.reduce((all, own) => all + own, 0);
}

function countNames(profile: Profile): number {
  return new Set(Array.from(profile.frames.line, (_, frame) => getFrameName(profile, frame))).size;
}

function deepest(profile: Profile): number {
  const { parent, length } = profile.contexts!;
  const depths = new Int32Array(length);
  for (let at = 0; at < length; at++) depths[at] = parent[at]! < 0 ? 1 : depths[parent[at]!]! + 1;
  return depths.reduce((most, depth) => Math.max(most, depth), 0);
}

/** Contexts without parent, and those below `above`. */
function childrenOf(profile: Profile, above: number): number[] {
  return Array.from(profile.contexts!.parent.keys()).filter((at) => profile.contexts!.parent[at] === above);
}

interface SessionFacts {
  readonly start_time?: number;
  readonly duration?: number;
  readonly sample_count?: number;
  readonly cpu_time?: number;
  readonly min_interval?: number;
  readonly max_interval?: number;
  readonly target_description?: string;
  readonly frame_records?: number;
  readonly records_time?: number;
  readonly root_time?: number;
  readonly tree_nodes?: number;
  readonly root_children?: readonly (readonly [name: string, file: string, time: number])[];
  readonly by_function_name?: StackFacts;
}

/** Sessions: records in order, and sums by function name. */
export const checkSession: FactCheck = (expected, group) => {
  const facts = expected as SessionFacts;
  const profile = group.profiles[0]!;
  const contexts = profile.contexts!;
  const samples = profile.samples!;
  const names = facts.by_function_name!;
  const { self, total, stacks } = sumByName(profile, (frame) => getFrameName(profile, frame));
  const [child, childFile, childTime] = facts.root_children![0]!;
  // pyinstrument's own tree begins at the frame above this one, has a box for every run of equal calls, and one for
  // what each record did itself.
  const isChild = (at: number) =>
    getFrameName(profile, contexts.frame[at]!) === child && getFrameFile(profile, contexts.frame[at]!) === childFile;
  const top = Array.from(contexts.frame.keys()).find(isChild)!;
  let cut = 0;
  for (let at = contexts.parent[top]!; at >= 0 && contexts.parent[at]! >= 0; at = contexts.parent[at]!) cut++;
  let boxes = samples.length - cut;
  const depth = (at: number) => {
    let count = 0;
    for (let up = at; up >= 0; up = contexts.parent[up]!) count++;
    return count;
  };
  for (let row = 0; row < samples.length; row++) boxes += depth(samples.context[row]!) - samples.continued[row]!;
  return [
    { fact: 'duration', want: facts.duration, got: tell(group, 'duration') },
    { fact: 'sample_count', want: facts.sample_count, got: tell(group, 'samples') },
    { fact: 'cpu_time', want: facts.cpu_time, got: tell(group, 'CPU time') },
    { fact: 'min_interval', want: facts.min_interval, got: tell(group, 'shortest interval') },
    { fact: 'max_interval', want: facts.max_interval, got: tell(group, 'longest interval') },
    { fact: 'target', want: facts.target_description, got: group.about?.find(([key]) => key === 'target')?.[1] },
    {
      fact: 'start_time',
      want: Math.round(facts.start_time! * 1000),
      got: Date.parse(group.about?.find(([key]) => key === 'start')?.[1] ?? ''),
    },
    { fact: 'frame_records', want: facts.frame_records, got: samples.length },
    { fact: 'records_time', want: facts.records_time, got: sum(profile) },
    { fact: 'root_time', want: facts.root_time, got: samples.end - samples.start[0]! },
    { fact: 'tree_nodes', want: facts.tree_nodes, got: boxes },
    { fact: 'root child', want: childTime, got: contexts.total[0]![top] },
    { fact: 'samples', want: names.samples, got: contexts.samples },
    { fact: 'total_weight', want: names.total_weight, got: sum(profile) },
    { fact: 'distinct_frames', want: names.distinct_frames, got: countNames(profile) },
    { fact: 'distinct_stacks', want: names.distinct_stacks, got: stacks },
    { fact: 'max_depth', want: names.max_depth, got: deepest(profile) },
    ...compareTop('top10_self', names.top10_self, self),
    ...compareTop('top10_total', names.top10_total, total),
  ];
};

interface JsonFacts {
  readonly duration?: number;
  readonly sample_count?: number;
  readonly cpu_time?: number;
  readonly nodes?: number;
  readonly distinct_functions?: number;
  readonly root_time?: number;
  readonly children?: readonly (readonly [string, number])[];
}

/** The JSON renderer's files. */
export const checkRenderedJson: FactCheck = (expected, group) => {
  const facts = expected as JsonFacts;
  const profile = group.profiles[0]!;
  const contexts = profile.contexts!;
  return [
    { fact: 'duration', want: facts.duration, got: tell(group, 'duration') },
    { fact: 'sample_count', want: facts.sample_count, got: tell(group, 'samples') },
    { fact: 'cpu_time', want: facts.cpu_time, got: tell(group, 'CPU time') },
    { fact: 'nodes', want: facts.nodes, got: contexts.length },
    { fact: 'distinct_functions', want: facts.distinct_functions, got: countNames(profile) },
    { fact: 'root_time', want: facts.root_time, got: contexts.total[0]![0] },
    {
      fact: 'children',
      want: facts.children,
      got: childrenOf(profile, 0).map((at) => [getFrameName(profile, contexts.frame[at]!), contexts.total[0]![at]]),
    },
  ];
};

interface FrameFacts {
  readonly nodes?: number;
  readonly identifiers?: number;
  readonly root?: { readonly identifier: string; readonly time: number };
  readonly root_children?: readonly (readonly [identifier: string, time: number])[];
}

/** `{ session, frame_tree }`. Siblings with one identifier are one context, so there are as many as nodes at most. */
export const checkFrameJson: FactCheck = (expected, group) => {
  const facts = expected as FrameFacts;
  const profile = group.profiles[0]!;
  const contexts = profile.contexts!;
  const identify = (at: number) => {
    const frame = contexts.frame[at]!;
    return `${getFrameName(profile, frame)}\0${getFrameFile(profile, frame)}\0${profile.frames.line[frame]}`;
  };
  const children: Fact[] = (facts.root_children ?? []).map(([identifier, time]) => {
    const at = childrenOf(profile, 0).find((child) => identify(child) === identifier) ?? -1;
    return { fact: `root child ${identifier}`, want: time, got: contexts.total[0]![at] };
  });
  return [
    { fact: 'nodes, siblings of one frame told as one', want: true, got: contexts.length <= facts.nodes! },
    { fact: 'identifiers', want: facts.identifiers, got: profile.frames.length },
    { fact: 'root', want: facts.root?.identifier, got: identify(0) },
    { fact: 'root time', want: facts.root?.time, got: contexts.total[0]![0] },
    ...children,
  ];
};

/** Printed trees: the facts are about their text, of which only the head is kept. */
export const checkPrintedTree: FactCheck = (expected, group) => {
  const { first_lines: head } = expected as { readonly first_lines?: readonly string[] };
  const text = (head ?? []).join('\n');
  return [
    { fact: 'samples', want: Number(/Samples:\s+(\d+)/.exec(text)?.[1]), got: tell(group, 'samples') },
    { fact: 'duration', want: Number(/Duration:\s+([\d.]+)/.exec(text)?.[1]), got: tell(group, 'duration') },
    { fact: 'CPU time', want: Number(/CPU time:\s+([\d.]+)/.exec(text)?.[1]), got: tell(group, 'CPU time') },
  ];
};
