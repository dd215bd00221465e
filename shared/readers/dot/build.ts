/**
 * From a drawn graph to a profile: nodes are functions, edges are calls.
 */
import { type Numbers, ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, Metric, Profile } from '../../model/profile.ts';
import type { Notes } from '../notes.ts';
import type { Attributes, Graph } from './graph.ts';
import { type Label, type Measure, parseEdgeLabel, parseLabel, splitLabel } from './label.ts';

const MEASURES: readonly (readonly [Measure, Metric])[] = [
  ['seconds', { name: 'time', unit: 'seconds' }],
  ['percent', { name: 'share of time', unit: 'percent' }],
  ['memory in', { name: 'memory in', unit: 'bytes' }],
  ['memory out', { name: 'memory out', unit: 'bytes' }],
];
/** `module:line:function`, as gprof2dot names the functions of pstats files. */
const PSTATS_NAME = /^([^:]*):(-?\d{1,9}):(.+)$/;

/** The profile of a graph; null when nothing was measured in it. */
export function buildDrawing(graph: Graph, notes: Notes): Profile | null {
  const labels = new Map<string, Label>();
  for (const [id, attributes] of graph.nodes) labels.set(id, parseLabel(attributes.get('label') ?? id));
  const edges = graph.edges.map((edge) => ({ ...edge, label: parseEdgeLabel(edge.attributes.get('label') ?? '') }));
  const all = [...labels.values(), ...edges.map(({ label }) => label)];
  const measures = MEASURES.filter(([measure]) =>
    all.some(({ self, total }) => self.has(measure) || total.has(measure)),
  );
  const hasCounts = all.some(({ calls }) => !Number.isNaN(calls));
  if (measures.length === 0 && !hasCounts) return null;
  // Calls alone: there is no time to show, and the profile says so by having none.
  if (measures.length === 0) measures.push(MEASURES[0]!);
  const builder = new ProfileBuilder({
    metrics: measures.map(([, metric]) => metric),
    traits: { sampled: false, hasCounts },
  });
  const numbersOf = ({ calls, self, total }: Omit<Label, 'name'>): Numbers => ({
    calls,
    self: measures.map(([measure]) => self.get(measure) ?? Number.NaN),
    total: measures.map(([measure]) => total.get(measure) ?? Number.NaN),
  });
  const frames = new Map<string, FrameIndex>();
  const known = new Map<FrameIndex, Numbers>();
  for (const [id, label] of labels) {
    const { name, file, line } = placeOf(label, graph.nodes.get(id)!);
    const frame = builder.addFrame(name, file, line);
    const numbers = numbersOf(label);
    const other = known.get(frame);
    if (other !== undefined) {
      notes.add(
        'same-name',
        (count) =>
          `${count} ${count === 1 ? 'node has' : 'nodes have'} the name of another one: their numbers are added up.`,
        () => name,
      );
    }
    const sum = other === undefined ? numbers : addUp(other, numbers);
    frames.set(id, frame);
    known.set(frame, sum);
    builder.setFunction(frame, sum);
  }
  for (const { from, to, label } of edges) builder.addCall(frames.get(from)!, frames.get(to)!, numbersOf(label));
  return builder.build();
}

/** Name, file and line: gprof2dot has the file in the tooltip, or a process and a module above the name. */
function placeOf({ name: lines }: Label, attributes: Attributes): { name: string; file: string; line: number } {
  const tooltip = splitLabel(attributes.get('tooltip') ?? '').join(' ');
  const pstats = PSTATS_NAME.exec(lines.join(' '));
  if (pstats !== null) {
    const [, module, line, name] = pstats;
    return { name: name!, file: tooltip === '' ? module! : tooltip, line: Number(line) };
  }
  // Long names are wrapped at blanks; modules have no blanks, and none of the signs of C++.
  let above = 0;
  while (above < lines.length - 1 && !/[\s<(:,]/.test(lines[above]!)) above++;
  const module = lines.slice(0, above).join(' ');
  return { name: lines.slice(above).join(' '), file: tooltip === '' ? module : tooltip, line: 0 };
}

function addUp(one: Numbers, other: Numbers): Numbers {
  const sum = (a: readonly number[] = [], b: readonly number[] = []) => a.map((value, at) => value + (b[at] ?? 0));
  return {
    calls: (one.calls ?? Number.NaN) + (other.calls ?? Number.NaN),
    self: sum(one.self, other.self),
    total: sum(one.total, other.total),
  };
}
