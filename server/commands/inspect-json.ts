/** What a file holds, as JSON for programs: every table, in the words of the model, nothing formatted. */
import type { ProfileWarning } from '../../shared/errors.ts';
import { getCalls } from '../../shared/model/context-sums.ts';
import { getFrameName } from '../../shared/model/frame-key.ts';
import type { ContextTable, FrameIndex, Profile, ProfileGroup } from '../../shared/model/profile.ts';
import { getString } from '../../shared/model/strings.ts';
import { getTables } from '../../shared/model/tables.ts';
import { getEdgeIndex } from '../../shared/tree/edges.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import { createTree } from '../../shared/tree/trees.ts';
import type { InspectOptions } from '../cli.ts';
import { plainJson } from '../terminal.ts';
import { findSort, isListed, toFunctionJson, toNumberOrNull } from './functions.ts';
import type { InspectSubject } from './inspect.ts';
import { writeTree } from './tree-json.ts';

/** The whole description. Cost: linear without the tree. */
export function writeInspectJson(
  group: ProfileGroup,
  { file, version }: InspectSubject,
  options: InspectOptions,
): string {
  const { format, writer, about = [] } = group;
  const head = {
    tsviz: version,
    file,
    format,
    writer,
    ...(about.length > 0 ? { about: Object.fromEntries(about) } : {}),
  };
  const warnings: ProfileWarning[] = [...group.warnings];
  const profiles = group.profiles.map((profile) => {
    const described = plainJson(describeProfile(profile, file, options.limit));
    const tables = getTables(profile);
    if (!options.tree || !(tables.includes('calls') || tables.includes('contexts'))) return described;
    const prepared = profile.contexts === undefined ? prepareCallGraph(profile) : null;
    warnings.push(...(prepared?.warnings ?? []));
    const tree = createTree({ profile, metric: 0, prepared });
    return `${described.slice(0, -1)},"tree":${writeTree(tree, options)}}`;
  });
  return `${plainJson({ ...head, warnings }).slice(0, -1)},"profiles":[${profiles.join(',')}]}`;
}

function describeProfile(profile: Profile, file: string, limit: number | null): object {
  const { contexts, samples, traits } = profile;
  const frames = listFrames(profile);
  const places = new Map(frames.map((frame, index) => [frame, index]));
  const listed = frames.filter((frame) => isListed(profile, frame));
  const calls = getCalls(profile);
  return {
    name: profile.name === '' ? file : profile.name,
    tables: getTables(profile),
    metrics: profile.metrics.map(({ name, unit }) => ({ name, unit })),
    totals: {
      self: profile.functions.self.map((column) => sumKnown(column, listed)),
      calls: traits.hasCounts ? sumKnown(profile.functions.calls, listed) : null,
      primitiveCalls: traits.hasCounts ? sumKnown(profile.functions.primitiveCalls, listed) : null,
      functions: listed.length,
      edges: getTables(profile).some((table) => table === 'calls' || table === 'contexts') ? calls.length : null,
      contexts: contexts?.length ?? null,
      stacks: toNumberOrNull(contexts?.stacks),
      depth: contexts === undefined ? null : findDepth(contexts),
      samples: toNumberOrNull(contexts?.samples) ?? samples?.length ?? null,
    },
    functions: frames.slice(0, limit ?? frames.length).map((frame) => ({
      ...toFunctionJson(profile, frame),
      callers: describeCallers(profile, frame, places),
    })),
    lines: describeLines(profile),
    series: (profile.series ?? []).map(({ name, unit, group, time, value }) => {
      const [min, max] = findBounds(value);
      const at = (index: number) =>
        time.length === 0 ? null : [toNumberOrNull(time.at(index)), toNumberOrNull(value.at(index))];
      return { name, unit, group, points: time.length, min, max, first: at(0), last: at(-1) };
    }),
    spans: (profile.spans ?? []).map(({ name, start, end, values }) => ({
      name,
      start,
      end: toNumberOrNull(end),
      values: values.map(toNumberOrNull),
    })),
    measurements: (profile.measurements ?? []).map(({ name, unit, loops, values, stated }) => ({
      name,
      unit,
      loops: toNumberOrNull(loops),
      values: [...values],
      ...(stated === undefined ? {} : { stated }),
    })),
  };
}

/**
 * By self of the first metric, falling; callers without an entry of their own come last. Frames that only another thread
 * of the file has are left out.
 */
export function listFrames(profile: Profile): FrameIndex[] {
  const { compare } = findSort(['tottime']);
  const isHere = new Uint8Array(profile.frames.length);
  for (let frame = 0; frame < isHere.length; frame++) if (isListed(profile, frame)) isHere[frame] = 1;
  for (const frame of profile.calls.caller) isHere[frame] = 1;
  const frames = Array.from({ length: isHere.length }, (_, frame) => frame).filter((frame) => isHere[frame] === 1);
  return frames.sort((a, b) => compare(profile, a, b));
}

function describeCallers(profile: Profile, frame: FrameIndex, places: ReadonlyMap<FrameIndex, number>): object[] {
  const { inStart, inCalls } = getEdgeIndex(profile);
  const { caller, calls, primitiveCalls, self, total } = getCalls(profile);
  return Array.from(inCalls.subarray(inStart[frame], inStart[frame + 1]), (call) => ({
    function: places.get(caller[call] ?? -1) ?? -1,
    calls: toNumberOrNull(calls[call]),
    primitiveCalls: toNumberOrNull(primitiveCalls[call]),
    self: self.map((column) => toNumberOrNull(column[call])),
    total: total.map((column) => toNumberOrNull(column[call])),
  }));
}

function describeLines(profile: Profile): object[] {
  const { lines, strings } = profile;
  if (lines === undefined) return [];
  return Array.from({ length: lines.length }, (_, row) => {
    const frame = lines.frame[row]!;
    const text = lines.text[row]!;
    return {
      file: getString(strings, lines.file[row]!),
      function: frame < 0 ? null : getFrameName(profile, frame),
      line: lines.line[row]!,
      calls: toNumberOrNull(lines.calls[row]),
      values: lines.values.map((column) => toNumberOrNull(column[row])),
      ...(lines.totals === undefined ? {} : { totals: lines.totals.map((column) => toNumberOrNull(column[row])) }),
      ...(text < 0 ? {} : { text: getString(strings, text) }),
    };
  });
}

/** Sum of what is known, in the order of the file: the order in which pstats adds. Null when the file has none of it. */
export function sumKnown(column: Float64Array, listed: readonly FrameIndex[]): number | null {
  let [sum, isKnown] = [0, listed.length === 0];
  for (const frame of listed.toSorted((a, b) => a - b)) {
    const value = column[frame] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    isKnown = true;
  }
  return isKnown ? sum : null;
}

/** Frames of the deepest path. */
export function findDepth({ parent, length }: ContextTable): number {
  const depth = new Int32Array(length);
  let most = 0;
  for (let context = 0; context < length; context++) {
    const above = parent[context]!;
    depth[context] = above < 0 ? 1 : depth[above]! + 1;
    if (depth[context]! > most) most = depth[context]!;
  }
  return most;
}

function findBounds(values: Float64Array): readonly [number | null, number | null] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? [null, null] : [min, max];
}
