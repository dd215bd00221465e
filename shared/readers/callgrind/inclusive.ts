/**
 * Inclusive costs of functions.
 *
 * The format has inclusive costs of calls only. A function's own are its self and those of its calls to others, as
 * KCachegrind computes them: roots have no callers whose calls could be added up, but every function has its body. In a
 * cycle (`a` calls `b` calls `a`) that counts the same costs once per round; no function can have more than all of the
 * cycle together: the self of its functions and the calls that leave it.
 */
import type { CallTable } from '../../model/profile.ts';

/** Number of the cycle of each function; alone in it, unless functions call each other in rounds. */
export interface Cycles {
  readonly of: Int32Array;
  /** Functions in each cycle. */
  readonly size: Int32Array;
}

/** Strongly connected components (Tarjan), without recursion. */
export function findCycles(functions: number, calls: Pick<CallTable, 'length' | 'caller' | 'callee'>): Cycles {
  const first = new Int32Array(functions + 1);
  for (let call = 0; call < calls.length; call++) first[calls.caller[call]! + 1]!++;
  for (let at = 0; at < functions; at++) first[at + 1]! += first[at]!;
  const callees = new Int32Array(calls.length);
  const next = first.slice();
  for (let call = 0; call < calls.length; call++) callees[next[calls.caller[call]!]!++] = calls.callee[call]!;

  const of = new Int32Array(functions).fill(-1);
  const order = new Int32Array(functions).fill(-1);
  const low = new Int32Array(functions);
  const cursor = first.slice();
  const path: number[] = [];
  const open: number[] = [];
  const sizes: number[] = [];
  let count = 0;
  for (let root = 0; root < functions; root++) {
    if (order[root]! >= 0) continue;
    path.push(root);
    while (path.length > 0) {
      const at = path[path.length - 1]!;
      if (order[at]! < 0) {
        order[at] = low[at] = count++;
        open.push(at);
      }
      if (cursor[at]! < first[at + 1]!) {
        const callee = callees[cursor[at]!++]!;
        if (order[callee]! < 0) path.push(callee);
        else if (of[callee]! < 0) low[at] = Math.min(low[at]!, order[callee]!);
        continue;
      }
      path.pop();
      const above = path[path.length - 1];
      if (above !== undefined) low[above] = Math.min(low[above]!, low[at]!);
      if (low[at] !== order[at]) continue;
      let size = 0;
      for (let member = -1; member !== at; size++) {
        member = open.pop()!;
        of[member] = sizes.length;
      }
      sizes.push(size);
    }
  }
  return { of, size: Int32Array.from(sizes) };
}

/** Inclusive costs of functions in one metric; see above. */
export function sumInclusive(self: Float64Array, calls: CallTable, metric: number, cycles: Cycles): Float64Array {
  const costs = calls.total[metric]!;
  const total = self.slice();
  const whole = new Float64Array(cycles.size.length);
  for (let at = 0; at < self.length; at++) whole[cycles.of[at]!]! += Number.isNaN(self[at]!) ? 0 : self[at]!;
  for (let call = 0; call < calls.length; call++) {
    const caller = calls.caller[call]!;
    const callee = calls.callee[call]!;
    if (caller === callee) continue;
    total[caller]! += costs[call]!;
    if (cycles.of[caller] !== cycles.of[callee]) whole[cycles.of[caller]!]! += costs[call]!;
  }
  for (let at = 0; at < total.length; at++) {
    const cycle = cycles.of[at]!;
    if (cycles.size[cycle]! > 1 && total[at]! > whole[cycle]!) total[at] = whole[cycle]!;
  }
  return total;
}

/**
 * Functions that are called from outside the profile although they have callers: a cycle (or a function that calls
 * itself) without a caller outside of it was entered somewhere. It is taken for the function that costs most beyond
 * what its callers account for.
 */
export function findEntries(self: Float64Array, calls: CallTable, cycles: Cycles): number[] {
  const beyond = self.slice();
  const isEntered = new Uint8Array(cycles.size.length);
  const isCalled = new Uint8Array(cycles.size.length);
  for (let call = 0; call < calls.length; call++) {
    const caller = calls.caller[call]!;
    const callee = calls.callee[call]!;
    isCalled[cycles.of[callee]!] = 1;
    if (cycles.of[caller] !== cycles.of[callee]) isEntered[cycles.of[callee]!] = 1;
    if (caller === callee) continue;
    beyond[caller]! += calls.total[0]![call]!;
    beyond[callee]! -= calls.total[0]![call]!;
  }
  const best = new Map<number, number>();
  for (let at = 0; at < self.length; at++) {
    const cycle = cycles.of[at]!;
    if (Number.isNaN(self[at]!) || isEntered[cycle] === 1 || isCalled[cycle] === 0) continue;
    const known = best.get(cycle);
    if (known === undefined || beyond[at]! > beyond[known]!) best.set(cycle, at);
  }
  return [...best.values()];
}
