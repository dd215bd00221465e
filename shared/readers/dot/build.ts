/**
 * From a drawn graph to a profile: nodes are functions, edges are calls.
 */
import { type Numbers, ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, Metric, Profile } from '../../model/profile.ts';
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

interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** The profile of a graph; null when nothing was measured in it. `isGrouped`: names begin with their module. */
export function buildDrawing(graph: Graph, isGrouped: boolean): Profile | null {
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
  const places = new Map(
    [...labels].map(([id, label]) => [id, placeOf(label, graph.nodes.get(id)!, isGrouped)] as const),
  );
  const uses = new Map<string, number>();
  for (const place of places.values()) uses.set(keyOf(place), (uses.get(keyOf(place)) ?? 0) + 1);
  const frames = new Map<string, FrameIndex>();
  for (const [id, label] of labels) {
    const place = places.get(id)!;
    // Nodes of one name have their id behind it, so that they stay apart.
    const name = uses.get(keyOf(place))! > 1 ? `${place.name} [${id}]` : place.name;
    const frame = builder.addFrame(name, place.file, place.line);
    frames.set(id, frame);
    builder.setFunction(frame, numbersOf(label));
  }
  for (const { from, to, label } of edges) builder.addCall(frames.get(from)!, frames.get(to)!, numbersOf(label));
  return builder.build();
}

/** Name, file and line: gprof2dot has the file in the tooltip, or a process and a module above the name. */
function placeOf({ name: lines }: Label, attributes: Attributes, isGrouped: boolean): Place {
  const tooltip = splitLabel(attributes.get('tooltip') ?? '').join(' ');
  const pstats = PSTATS_NAME.exec(lines.join(' '));
  if (pstats !== null) {
    const [, module, line, name] = pstats;
    return { name: name!, file: tooltip === '' ? module! : tooltip, line: Number(line) };
  }
  // pycallgraph writes one line, and groups functions by what stands before the first dot.
  if (isGrouped) return { name: lines[0] ?? '', file: (lines[0] ?? '').split('.', 1)[0]!, line: 0 };
  // Long names are wrapped at blanks; modules have no blanks, and none of the signs of C++.
  let above = 0;
  while (above < lines.length - 1 && !/[\s<(:,]/.test(lines[above]!)) above++;
  const module = lines.slice(0, above).join(' ');
  return { name: lines.slice(above).join(' '), file: tooltip === '' ? module : tooltip, line: 0 };
}

function keyOf({ name, file, line }: Place): string {
  return `${file}:${line}(${name})`;
}
