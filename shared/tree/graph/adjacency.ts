/**
 * Which edges enter and which leave a function: edge numbers grouped by one of their ends.
 */

/** Members of group g are `items[start[g]] .. items[start[g + 1] - 1]`, in their original order. */
export interface Adjacency {
  /** Length: groups + 1. */
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Groups the numbers 0 .. keys.length-1 by their key; a key of -1 is in no group. Linear (a counting sort). */
export function groupByKey(keys: Int32Array, groups: number): Adjacency {
  const start = new Int32Array(groups + 1);
  for (const key of keys) if (key >= 0) start[key + 1]!++;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  const items = new Int32Array(start[groups]!);
  const next = start.slice(0, groups);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (key >= 0) items[next[key]!++] = index;
  }
  return { start, items };
}
