/** Facts of drawn call graphs: Graphviz and GDF. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';

interface DotFacts {
  readonly nodes: number;
  readonly edges: number;
  readonly first_edges: readonly (readonly [string, string])[];
  readonly labels: readonly string[];
}

/** Checks a drawing of gprof2dot or pycallgraph. Ids of gprof2dot are numbers that stand for nothing: only names are asked. */
export const checkDot: FactCheck = (expected, group) => {
  const facts = expected as unknown as DotFacts;
  const profile = group.profiles[0]!;
  const names = new Set(listCalls(profile));
  const [first, ...others] = facts.labels;
  return [
    { fact: 'nodes', want: facts.nodes, got: profile.frames.length },
    { fact: 'edges', want: facts.edges, got: profile.calls.length },
    ...facts.first_edges
      .filter(([from]) => from.startsWith('"'))
      .map(([from, to]): Fact => {
        const call = `${from.slice(1, -1)} -> ${to.slice(1, -1)}`;
        return { fact: call, want: true, got: names.has(call) };
      }),
    ...(first === undefined ? [] : [{ fact: 'first label', want: first, got: labelNode(profile, 0) }]),
    // The labels behind it are those of calls that the first node makes.
    ...others.map((label) => ({ fact: `label ${label}`, want: true, got: labelCalls(profile, 0).includes(label) })),
  ];
};

function listCalls(profile: Profile): string[] {
  const { caller, callee, length } = profile.calls;
  return Array.from(
    { length },
    (_, call) => `${getFrameName(profile, caller[call]!)} -> ${getFrameName(profile, callee[call]!)}`,
  );
}

function labelNode(profile: Profile, frame: number): string {
  const { calls, self, total } = profile.functions;
  const module = getFrameFile(profile, frame).replace(/\.py$/, '');
  const name = `${module}:${profile.frames.line[frame]}:${getFrameName(profile, frame)}`;
  return `${name}\\n${total[0]![frame]!.toFixed(2)}%\\n(${self[0]![frame]!.toFixed(2)}%)\\n${calls[frame]}×`;
}

function labelCalls({ calls }: Profile, caller: number): string[] {
  return Array.from({ length: calls.length }, (_, call) => call)
    .filter((call) => calls.caller[call] === caller)
    .map((call) => `${calls.total[0]![call]!.toFixed(2)}%\\n${calls.calls[call]}×`);
}

interface GdfFacts {
  readonly nodes: number;
  readonly edges: number;
  readonly first_nodes: readonly string[];
}

/** Checks a GDF file of pycallgraph. Its columns for drawing are left out. */
export const checkGdf: FactCheck = (expected, group) => {
  const facts = expected as unknown as GdfFacts;
  const profile = group.profiles[0]!;
  const { calls, total } = profile.functions;
  return [
    { fact: 'nodes', want: facts.nodes, got: profile.frames.length },
    { fact: 'edges', want: facts.edges, got: profile.calls.length },
    ...facts.first_nodes.map((row, at) => {
      const [, label, , count, time] = row.split(',');
      return {
        fact: `node ${at + 1}`,
        want: [label, Number(count), Number(time)],
        got: [getFrameName(profile, at), calls[at], total[0]![at]],
      };
    }),
  ];
};
