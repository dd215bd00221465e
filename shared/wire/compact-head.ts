/**
 * The facts of packed profiles that are no columns, as JSON: few bytes, and anybody can read them.
 */
import type { ProfileWarning } from '../errors.ts';
import type { Metric, Profile, ProfileGroup, ProfileTraits, Unit } from '../model/profile.ts';
import { CLOCKS, chooseClock } from './compact-clocks.ts';
import { compactError } from './compact-streams.ts';

/** One profile: what it is, and how long its tables are. */
export interface ProfileHead {
  readonly name: string;
  readonly metrics: readonly Metric[];
  /** Per metric, the place in `CLOCKS` of the clock that its times are ticks of. */
  readonly clocks: readonly number[];
  readonly traits: ProfileTraits;
  readonly strings: number;
  readonly frames: number;
  readonly calls: number;
}

/** All of it. */
export interface GroupHead {
  readonly format: string;
  readonly writer: string | null;
  readonly warnings: readonly ProfileWarning[];
  readonly profiles: readonly ProfileHead[];
}

const UNITS: readonly unknown[] = [
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
  'bytes',
  'bytes per second',
  'percent',
  'count',
] satisfies Unit[];

/** The facts about a group. */
export function headOf({ format, writer, warnings, profiles }: ProfileGroup): GroupHead {
  return { format, writer, warnings, profiles: profiles.map(profileHeadOf) };
}

function profileHeadOf({ name, metrics, traits, strings, frames, functions, calls }: Profile): ProfileHead {
  const clocks = metrics.map((_, metric) =>
    chooseClock([functions.self[metric]!, functions.total[metric]!, calls.self[metric]!, calls.total[metric]!]),
  );
  return { name, metrics, clocks, traits, strings: strings.length, frames: frames.length, calls: calls.length };
}

/** Bytes of the facts. */
export function writeHead(head: GroupHead): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(head));
}

/** The facts, every one of them checked. @throws FormatError */
export function readHead(bytes: Uint8Array): GroupHead {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw compactError(`its facts are no JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const facts = toRecord(json, 'all');
  return {
    format: toText(facts.format, 'format'),
    writer: toTextOrNull(facts.writer, 'writer'),
    warnings: toList(facts.warnings, 'warnings').map(toWarning),
    profiles: toList(facts.profiles, 'profiles').map(toProfileHead),
  };
}

function toProfileHead(value: unknown): ProfileHead {
  const facts = toRecord(value, 'a profile');
  const traits = toRecord(facts.traits, 'traits');
  const metrics = toList(facts.metrics, 'metrics').map(toMetric);
  const clocks = toList(facts.clocks, 'clocks').map((clock) => toCount(clock, 'a clock'));
  if (metrics.length === 0) throw compactError('it has a profile without a metric');
  if (clocks.length !== metrics.length || clocks.some((clock) => clock >= CLOCKS.length)) {
    throw compactError(`its clocks are ${clocks}; one of 0 to ${CLOCKS.length - 1} is there for each metric`);
  }
  return {
    name: toText(facts.name, 'name'),
    metrics,
    clocks,
    traits: { sampled: toFlag(traits.sampled, 'sampled'), hasCounts: toFlag(traits.hasCounts, 'hasCounts') },
    strings: toCount(facts.strings, 'strings'),
    frames: toCount(facts.frames, 'frames'),
    calls: toCount(facts.calls, 'calls'),
  };
}

function toMetric(value: unknown): Metric {
  const facts = toRecord(value, 'a metric');
  if (!UNITS.includes(facts.unit)) throw compactError(`its facts have an unknown unit of a metric`);
  return { name: toText(facts.name, 'name'), unit: facts.unit as Unit };
}

function toWarning(value: unknown): ProfileWarning {
  const facts = toRecord(value, 'a warning');
  return {
    code: toText(facts.code, 'code'),
    message: toText(facts.message, 'message'),
    where: toTextOrNull(facts.where, 'where'),
    count: toCount(facts.count, 'count'),
  };
}

function refuse(what: string, expected: string): never {
  throw compactError(`in its facts, ${what} is not ${expected}`);
}

function toRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(what, 'an object');
  return value as Record<string, unknown>;
}

function toList(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(what, 'a list');
}

function toText(value: unknown, what: string): string {
  return typeof value === 'string' ? value : refuse(what, 'a text');
}

function toTextOrNull(value: unknown, what: string): string | null {
  return value === null ? null : toText(value, what);
}

function toFlag(value: unknown, what: string): boolean {
  return typeof value === 'boolean' ? value : refuse(what, 'true or false');
}

function toCount(value: unknown, what: string): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse(what, 'a whole number');
}
