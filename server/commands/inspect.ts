/** `tsviz inspect`: what a file holds, as a few lines for people or as JSON for programs. */
import { getCalls } from '../../shared/model/context-sums.ts';
import type { Profile, ProfileGroup } from '../../shared/model/profile.ts';
import { getTables } from '../../shared/model/tables.ts';
import { getListedName } from '../../shared/tree/frame-text.ts';
import { formatCount, formatMetric } from '../../shared/units/format.ts';
import type { InspectOptions } from '../cli.ts';
import { plain } from '../terminal.ts';
import { isListed } from './functions.ts';
import { listFrames, sumKnown, writeInspectJson } from './inspect-json.ts';

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
  return options.json ? writeInspectJson(group, subject, options) : writeText(group, subject, options);
}

function writeText(group: ProfileGroup, { file }: InspectSubject, options: InspectOptions): string {
  const lines = [
    `${plain(file)}: ${group.format}${group.writer === null ? '' : `, written by ${plain(group.writer)}`}`,
  ];
  for (const [name, value] of group.about ?? []) lines.push(`  ${plain(name)}: ${plain(value)}`);
  for (const profile of group.profiles) {
    if (group.profiles.length > 1 || profile.name !== '') lines.push('', `${plain(profile.name || 'part')}:`);
    for (const line of [...writeFunctions(profile, options), ...writeOthers(profile)]) lines.push(line);
  }
  if (group.warnings.length > 0) lines.push('', 'Notes about the file:');
  for (const { message, where, count: times } of group.warnings) {
    lines.push(`  ${plain(message)}${where === null ? '' : ` (${times > 1 ? 'first ' : ''}at ${plain(where)})`}`);
  }
  return `${lines.join('\n')}\n`;
}

function writeFunctions(profile: Profile, options: InspectOptions): string[] {
  const frames = listFrames(profile).filter((frame) => isListed(profile, frame));
  const { contexts } = profile;
  if (frames.length === 0 && !getTables(profile).includes('calls')) return [];
  const unit = profile.metrics[0]?.unit ?? 'seconds';
  const self = profile.functions.self[0] ?? new Float64Array();
  const calls = sumKnown(profile.functions.calls, frames);
  const counts = profile.traits.hasCounts
    ? [count(calls ?? 0, 'call'), count(sumKnown(profile.functions.primitiveCalls, frames) ?? 0, 'primitive call')]
    : contexts !== undefined && contexts.samples > 0
      ? [count(contexts.samples, 'sample')]
      : ['calls unknown'];
  const sizes = [count(frames.length, 'function'), count(getCalls(profile).length, 'edge')];
  if (contexts !== undefined) sizes.push(count(contexts.length, 'context'));
  const sum = sumKnown(self, frames);
  const lines = [`  ${[...counts, ...(sum === null ? [] : [formatMetric(sum, unit)]), ...sizes].join(' · ')}`];
  const few = sum === null ? [] : frames.slice(0, options.limit ?? FEW);
  if (few.length > 0) lines.push('', `Most ${profile.metrics[0]?.name ?? 'time'} of their own:`);
  for (const frame of few) {
    const value = formatMetric(self[frame] ?? Number.NaN, unit);
    lines.push(`  ${value.padStart(10)}  ${plain(getListedName(profile, frame))}`);
  }
  return lines;
}

function writeOthers({ lines, series = [], spans = [], measurements = [] }: Profile): string[] {
  const sizes = [
    ...(lines === undefined ? [] : [count(lines.length, 'line')]),
    ...(series.length === 0 ? [] : [`series ${series.map(({ name }) => plain(name)).join(', ')}`]),
    ...(spans.length === 0 ? [] : [count(spans.length, 'span')]),
  ];
  const timed = measurements.map(({ name, unit, values, stated }) => {
    const best =
      values.length > 0
        ? values.reduce((least, value) => Math.min(least, value))
        : (stated?.best ?? stated?.mean ?? Number.NaN);
    return `  ${formatMetric(best, unit).padStart(10)}  ${plain(name)}`;
  });
  return [
    ...(sizes.length === 0 ? [] : [`  ${sizes.join(' · ')}`]),
    ...(timed.length === 0 ? [] : ['', 'Best per loop:', ...timed]),
  ];
}

function count(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}
