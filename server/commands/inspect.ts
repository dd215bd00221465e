/** `tsviz inspect`: what a file holds, as a few lines for people or as JSON for programs. */
import type { ProfileWarning } from '../../shared/errors.ts';
import type { FrameIndex, Profile, ProfileGroup } from '../../shared/model/profile.ts';
import { createCallTree } from '../../shared/tree/call-graph-tree.ts';
import { getEdgeIndex } from '../../shared/tree/edges.ts';
import { getPstatsName } from '../../shared/tree/frame-text.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import { formatCount, formatMetric } from '../../shared/units/format.ts';
import type { InspectOptions } from '../cli.ts';
import { plain, plainJson } from '../terminal.ts';
import { findSort, isListed, toFunctionJson, toNumberOrNull } from './functions.ts';
import { writeTree } from './tree-json.ts';

/** Functions that the text lists unless told otherwise. */
const FEW = 10;

/** What is said besides the profile. */
export interface InspectSubject {
  /** Base name. */
  readonly file: string;
  readonly version: string;
}

/** The description, as text or JSON. Cost: linear without the tree. */
export function inspect(group: ProfileGroup, subject: InspectSubject, options: InspectOptions): string {
  return options.json ? writeJson(group, subject, options) : writeText(group, subject, options);
}

function writeJson(group: ProfileGroup, { file, version }: InspectSubject, options: InspectOptions): string {
  const head = { tsviz: version, file, format: group.format, writer: group.writer };
  const warnings: ProfileWarning[] = [...group.warnings];
  const profiles = group.profiles.map((profile) => {
    const described = plainJson(describeProfile(profile, file, options.limit));
    if (!options.tree) return described;
    const prepared = prepareCallGraph(profile);
    warnings.push(...prepared.warnings);
    return `${described.slice(0, -1)},"tree":${writeTree(createCallTree(profile, prepared), options)}}`;
  });
  return `${plainJson({ ...head, warnings }).slice(0, -1)},"profiles":[${profiles.join(',')}]}`;
}

function describeProfile(profile: Profile, file: string, limit: number | null): object {
  const frames = sortBySelf(profile);
  const places = new Map(frames.map((frame, index) => [frame, index]));
  const listed = frames.filter((frame) => isListed(profile, frame));
  return {
    name: profile.name === '' ? file : profile.name,
    tables: ['calls'],
    metrics: profile.metrics,
    totals: {
      self: profile.functions.self.map((column) => sumKnown(column, listed)),
      calls: profile.traits.hasCounts ? sumKnown(profile.functions.calls, listed) : null,
      primitiveCalls: profile.traits.hasCounts ? sumKnown(profile.functions.primitiveCalls, listed) : null,
      functions: listed.length,
      edges: profile.calls.length,
      contexts: null,
      stacks: null,
      depth: null,
      samples: null,
    },
    functions: frames.slice(0, limit ?? frames.length).map((frame) => ({
      ...toFunctionJson(profile, frame),
      callers: describeCallers(profile, frame, places),
    })),
    lines: [],
    series: [],
    spans: [],
    measurements: [],
  };
}

/** By self of the first metric, falling; callers without an entry of their own come last. */
function sortBySelf(profile: Profile): FrameIndex[] {
  const { compare } = findSort(['tottime']);
  const frames = Array.from({ length: profile.frames.length }, (_, frame) => frame);
  return frames.sort((a, b) => compare(profile, a, b));
}

function describeCallers(profile: Profile, frame: FrameIndex, places: ReadonlyMap<FrameIndex, number>): object[] {
  const { inStart, inCalls } = getEdgeIndex(profile);
  const { caller, calls, primitiveCalls, self, total } = profile.calls;
  return Array.from(inCalls.subarray(inStart[frame], inStart[frame + 1]), (call) => ({
    function: places.get(caller[call] ?? -1) ?? -1,
    calls: toNumberOrNull(calls[call]),
    primitiveCalls: toNumberOrNull(primitiveCalls[call]),
    self: self.map((column) => toNumberOrNull(column[call])),
    total: total.map((column) => toNumberOrNull(column[call])),
  }));
}

/** Sum of what is known, in the order of the file: the order in which pstats adds. */
function sumKnown(column: Float64Array, listed: readonly FrameIndex[]): number {
  let sum = 0;
  for (const frame of listed.toSorted((a, b) => a - b)) {
    const value = column[frame] ?? Number.NaN;
    if (!Number.isNaN(value)) sum += value;
  }
  return sum;
}

function writeText(group: ProfileGroup, { file }: InspectSubject, options: InspectOptions): string {
  const lines = [
    `${plain(file)}: ${group.format}${group.writer === null ? '' : `, written by ${plain(group.writer)}`}`,
  ];
  for (const profile of group.profiles) {
    const frames = sortBySelf(profile).filter((frame) => isListed(profile, frame));
    const unit = profile.metrics[0]?.unit ?? 'seconds';
    const self = profile.functions.self[0] ?? new Float64Array();
    const counts = profile.traits.hasCounts
      ? [
          count(sumKnown(profile.functions.calls, frames), 'call'),
          count(sumKnown(profile.functions.primitiveCalls, frames), 'primitive call'),
        ]
      : ['calls unknown'];
    const sizes = [count(frames.length, 'function'), count(profile.calls.length, 'edge')];
    lines.push(`  ${[...counts, formatMetric(sumKnown(self, frames), unit), ...sizes].join(' · ')}`);
    const few = frames.slice(0, options.limit ?? FEW);
    if (few.length > 0) lines.push('', 'Most time of their own:');
    for (const frame of few)
      lines.push(
        `  ${formatMetric(self[frame] ?? Number.NaN, unit).padStart(10)}  ${plain(getPstatsName(profile, frame))}`,
      );
  }
  if (group.warnings.length > 0) lines.push('', 'Notes about the file:');
  for (const { message, where, count: times } of group.warnings) {
    lines.push(`  ${plain(message)}${where === null ? '' : ` (${times > 1 ? 'first ' : ''}at ${plain(where)})`}`);
  }
  return `${lines.join('\n')}\n`;
}

function count(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}
