/**
 * Which edges enter and which leave a function.
 *
 * Calls stand in the order of their callees, so those that enter a function are one run of edge numbers and only its
 * start is kept; those that leave it are grouped by a counting sort.
 */

/** Members of group g are `items[start[g]] .. items[start[g + 1] - 1]`, in their original order. */
export interface Adjacency {
  /** Length: groups + 1. */
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Groups the numbers 0 .. keys.length-1 by their key. Linear (a counting sort). */
export function groupByKey(keys: Int32Array, groups: number): Adjacency {
  const start = countKeys(keys, groups);
  const items = new Int32Array(keys.length);
  // Each start is moved along while its group fills; in the end it is where the next group begins.
  for (let index = 0; index < keys.length; index++) items[start[keys[index]!]!++] = index;
  start.copyWithin(1, 0, groups);
  start[0] = 0;
  return { start, items };
}

/** Where the run of each key begins in a rising sequence of keys; one more at the end. Linear. */
export function findRuns(keys: Int32Array, groups: number): Int32Array {
  return countKeys(keys, groups);
}

/** Sums of the numbers of smaller keys. */
function countKeys(keys: Int32Array, groups: number): Int32Array {
  const start = new Int32Array(groups + 1);
  for (let index = 0; index < keys.length; index++) start[keys[index]! + 1]!++;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  return start;
}

/**
 * A few members of many groups, such as the roots: sorted pairs of group and member, each pair as one number.
 * Groups are below 2^26 and members below 2^27: more would not fit into a file that is read.
 */
export type FewPairs = Float64Array;

const FACTOR = 2 ** 27;

/** Pairs in order; `groups[at]` is the group of member `first + at`, -1 for none. */
export function sortPairs(groups: Int32Array, first: number): FewPairs {
  const pairs = new Float64Array(groups.length);
  let count = 0;
  for (let at = 0; at < groups.length; at++) if (groups[at]! >= 0) pairs[count++] = groups[at]! * FACTOR + first + at;
  return pairs.slice(0, count).sort();
}

/** Position of a group's first pair. Cost: log of the pairs. */
export function findPairs(pairs: FewPairs, group: number): number {
  const wanted = group * FACTOR;
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Member at a position if it is one of the group's, else -1. */
export function getPair(pairs: FewPairs, at: number, group: number): number {
  if (at >= pairs.length) return -1;
  const member = pairs[at]! - group * FACTOR;
  return member < FACTOR ? member : -1;
}
