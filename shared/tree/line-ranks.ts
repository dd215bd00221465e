/** Order of lines, and of what they are gathered in, by a metric. */
import type { FrameIndex } from '../model/profile.ts';
import { isState, type LineGroup, type LineRow, type LineRows } from './line-rows.ts';

/** What ranks: the line alone, or with what it calls. */
export type LineMeasure = 'self' | 'total';

/** Column of lines by which they rank; the values alone where totals are not told apart. */
export function getLineColumn(rows: LineRows, metric: number, measure: LineMeasure): Float64Array {
  return (measure === 'total' ? rows.totals?.[metric] : undefined) ?? rows.values[metric]!;
}

/** The same of functions or files. */
export function getGroupColumn({ groups }: LineRows, metric: number, measure: LineMeasure): Float64Array {
  return (measure === 'total' ? groups.totals?.[metric] : undefined) ?? groups.values[metric]!;
}

/** All groups, largest first; what is not known last, equals in the order of the profile. */
export function rankGroups(rows: LineRows, metric: number, measure: LineMeasure): Int32Array {
  return rank(getGroupColumn(rows, metric, measure), () => true);
}

/** Lines with a value above zero, hottest first. */
export function rankLines(rows: LineRows, metric: number, measure: LineMeasure): Int32Array {
  return rank(getLineColumn(rows, metric, measure), (value) => value > 0);
}

function rank(column: Float64Array, isWanted: (value: number) => boolean): Int32Array {
  const order: number[] = [];
  column.forEach((value, row) => {
    if (isWanted(value)) order.push(row);
  });
  const size = (row: number) => (Number.isNaN(column[row]!) ? -Infinity : column[row]!);
  return Int32Array.from(order.sort((a, b) => Math.sign(size(b) - size(a)) || a - b));
}

/** Share of a line in its function or file, which must have shares; NaN of nothing. */
export function getShareOfGroup(rows: LineRows, metric: number, measure: LineMeasure, row: LineRow): number {
  return divide(getLineColumn(rows, metric, measure)[row]!, getGroupColumn(rows, metric, measure)[rows.group[row]!]!);
}

/** Share of a value in all lines; NaN where sums say nothing. */
export function getShareOfAll(rows: LineRows, metric: number, value: number): number {
  return divide(value, rows.wholes[metric]!);
}

/** Whether lines of a group are shares of it: states are not, nor are amounts of both signs. Linear in its lines. */
export function hasShares(rows: LineRows, metric: number, measure: LineMeasure, group: LineGroup): boolean {
  if (isState(rows.profile, metric)) return false;
  const column = getLineColumn(rows, metric, measure);
  const { start } = rows.groups;
  for (let row = start[group]!; row < start[group + 1]!; row++) if (column[row]! < 0) return false;
  return true;
}

/** Largest value among the lines of a group, at least 0: what bars and the heat of states are measured by. */
export function getLargest(rows: LineRows, column: Float64Array, group: LineGroup): number {
  let largest = 0;
  const { start } = rows.groups;
  for (let row = start[group]!; row < start[group + 1]!; row++) if (column[row]! > largest) largest = column[row]!;
  return largest;
}

const known = new WeakMap<LineRows, Int32Array>();

/** The group that a function is in; -1: none of its lines is known. */
export function findGroup(rows: LineRows, frame: FrameIndex): LineGroup {
  if (frame < 0) return -1;
  let groups = known.get(rows);
  if (groups === undefined) {
    groups = mapFrames(rows);
    known.set(rows, groups);
  }
  return groups[frame] ?? -1;
}

/** Group of each frame: that of its lines, else that of its name and file, else that of its file. */
function mapFrames({ profile: { frames }, frame, group, groups, by }: LineRows): Int32Array {
  const found = new Int32Array(frames.length).fill(-1);
  for (let at = groups.length - 1; at >= 0; at--) if (groups.frame[at]! >= 0) found[groups.frame[at]!] = at;
  for (let row = frame.length - 1; row >= 0; row--) if (frame[row]! >= 0) found[frame[row]!] = group[row]!;
  const byName = new Map<string, number>();
  const byFile = new Map<number, number>();
  for (let at = 0; at < groups.length; at++) {
    const of = groups.frame[at]!;
    if (by === 'file' || of < 0) byFile.set(groups.file[at]!, at);
    else byName.set(`${frames.name[of]!} ${frames.file[of]!}`, at);
  }
  for (let of = 0; of < frames.length; of++) {
    if (found[of]! >= 0) continue;
    found[of] = byName.get(`${frames.name[of]!} ${frames.file[of]!}`) ?? byFile.get(frames.file[of]!) ?? -1;
  }
  return found;
}

function divide(value: number, base: number): number {
  return base > 0 ? value / base : Number.NaN;
}
