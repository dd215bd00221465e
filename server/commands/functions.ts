/** The functions that a file lists, sorted and chosen as pstats does it, and as JSON. */
import { UsageError } from '../../shared/errors.ts';
import type { FrameIndex, Profile } from '../../shared/model/profile.ts';
import { getFile, getFullName, getPstatsName } from '../../shared/tree/frame-text.ts';

/** One function in JSON. Numbers that the file does not have are null. */
export interface FunctionJson {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly calls: number | null;
  readonly primitiveCalls: number | null;
  readonly self: readonly (number | null)[];
  readonly total: readonly (number | null)[];
}

/** True when the file has an entry for a frame; false for one that is only named as a caller. */
export function isListed(profile: Profile, frame: FrameIndex): boolean {
  const { calls, self, total } = profile.functions;
  return ![calls, ...self, ...total].every((column) => Number.isNaN(column[frame]));
}

/** Frames with an entry, in the order of the file. */
export function getListedFrames(profile: Profile): FrameIndex[] {
  const frames: FrameIndex[] = [];
  for (let frame = 0; frame < profile.frames.length; frame++) if (isListed(profile, frame)) frames.push(frame);
  return frames;
}

/** A frame's own numbers as JSON. */
export function toFunctionJson(profile: Profile, frame: FrameIndex): FunctionJson {
  const { calls, primitiveCalls, self, total } = profile.functions;
  return {
    name: getFullName(profile, frame),
    file: getFile(profile, frame),
    line: profile.frames.line[frame] ?? 0,
    calls: toNumberOrNull(calls[frame]),
    primitiveCalls: toNumberOrNull(primitiveCalls[frame]),
    self: self.map((column) => toNumberOrNull(column[frame])),
    total: total.map((column) => toNumberOrNull(column[frame])),
  };
}

/** A number for JSON, which has no NaN. */
export function toNumberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

type Compare = (profile: Profile, a: FrameIndex, b: FrameIndex) => number;

interface SortKey {
  /** What pstats calls the order in its "Ordered by" line. */
  readonly title: string;
  readonly compare: Compare;
}

const byFile: Compare = (profile, a, b) => compareText(getFile(profile, a), getFile(profile, b));
const byLine: Compare = (profile, a, b) => (profile.frames.line[a] ?? 0) - (profile.frames.line[b] ?? 0);
const byName: Compare = (profile, a, b) => compareText(getFullName(profile, a), getFullName(profile, b));
const byCalls: SortKey = { title: 'call count', compare: falling((profile) => profile.functions.calls) };
const byTotal: SortKey = { title: 'cumulative time', compare: falling((profile) => profile.functions.total[0]) };
const bySelf: SortKey = { title: 'internal time', compare: falling((profile) => profile.functions.self[0]) };
const byFileName: SortKey = { title: 'file name', compare: byFile };

/** pstats' sort keys, in its order; a key may be cut as far as it stays the only one. */
const SORT_KEYS: ReadonlyMap<string, SortKey> = new Map([
  ['calls', byCalls],
  ['ncalls', byCalls],
  ['cumtime', byTotal],
  ['cumulative', byTotal],
  ['filename', byFileName],
  ['line', { title: 'line number', compare: byLine }],
  ['module', byFileName],
  ['name', { title: 'function name', compare: byName }],
  ['nfl', { title: 'name/file/line', compare: (p, a, b) => byName(p, a, b) || byFile(p, a, b) || byLine(p, a, b) }],
  ['pcalls', { title: 'primitive call count', compare: falling((profile) => profile.functions.primitiveCalls) }],
  ['stdname', { title: 'standard name', compare: (p, a, b) => compareText(getPstatsName(p, a), getPstatsName(p, b)) }],
  ['time', bySelf],
  ['tottime', bySelf],
]);

/** Order of a listing: how it is called, and frames compared. */
export function findSort(words: readonly string[]): SortKey {
  const keys = words.map(findKey);
  return {
    title: keys.map(({ title }) => title).join(', '),
    compare: (profile, a, b) => {
      for (const { compare } of keys) {
        const order = compare(profile, a, b);
        if (order !== 0) return order;
      }
      return 0;
    },
  };
}

function findKey(word: string): SortKey {
  const exact = SORT_KEYS.get(word);
  if (exact !== undefined) return exact;
  const matches = new Set(
    [...SORT_KEYS].filter(([name]) => word !== '' && name.startsWith(word)).map(([, key]) => key),
  );
  const [only] = matches;
  if (only !== undefined && matches.size === 1) return only;
  throw new UsageError(`--sort does not know "${word}"; it knows ${[...SORT_KEYS.keys()].join(', ')} and none`);
}

/** Large to small, unknown last. */
function falling(getColumn: (profile: Profile) => Float64Array | undefined): Compare {
  return (profile, a, b) => {
    const column = getColumn(profile);
    const left = column?.[a] ?? Number.NaN;
    const right = column?.[b] ?? Number.NaN;
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return right - left;
  };
}

/** Order of texts by code point, as Python has it. UTF-16 order differs beyond U+FFFF only, where surrogates sort low. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) {
      const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
      if (isHigh(left) !== isHigh(right)) return isHigh(left) ? 1 : -1;
      return left - right;
    }
  }
  return a.length - b.length;
}
