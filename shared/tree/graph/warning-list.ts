/**
 * Collects what contradicts itself in a file: one warning per kind, counted, with the place of the first.
 */
import type { ProfileWarning } from '../../errors.ts';

/** A kind of contradiction: a stable code, and the sentence that is shown. */
export interface WarningKind {
  readonly code: string;
  readonly message: string;
}

/** The contradictions that the call tree can meet, and what it makes of each. */
export const CONTRADICTIONS = {
  notANumber: { code: 'time-not-a-number', message: 'A time is infinite or not a number; the tree takes it as 0.' },
  negative: { code: 'negative-time', message: 'A time is negative; the tree takes it as 0.' },
  totalBelowSelf: {
    code: 'total-below-self',
    message: "A function's cumulative time is below its own time; the tree raises it to its own time.",
  },
  edgeTotalBelowSelf: {
    code: 'call-total-below-self',
    message: "A caller entry's cumulative time is below its own time; the tree raises it to its own time.",
  },
  callerWithoutEntry: {
    code: 'caller-without-entry',
    message: 'A caller has no entry of its own; the tree takes its numbers from the calls it makes.',
  },
  callsWithoutTimes: {
    code: 'calls-without-times',
    message: 'Caller entries have counts but no times; the tree shares the times out by count.',
  },
  entryBelowCallers: {
    code: 'entry-below-callers',
    message: "A function's own entry is smaller than its callers' entries together; the tree goes by the callers.",
  },
  lostCall: {
    code: 'lost-call',
    message:
      'Two pieces of code have one label, and the callers of one of them are lost; the tree puts the call back where alone it fits.',
  },
  rootsExceedTotal: {
    code: 'roots-exceed-total',
    message: 'Callers are missing, so that callees look like roots; the tree leaves out roots beyond the total time.',
  },
  unreached: {
    code: 'unreached-functions',
    message: 'No root leads to some functions; the tree makes the costliest of each such group a root.',
  },
  rootsDiffer: {
    code: 'roots-differ-from-self',
    message: "The functions' own times do not add up to the time of the roots.",
  },
  unbalanced: {
    code: 'unbalanced-times',
    message: "Callers' and callees' times do not balance; the tree draws no conclusions from small differences.",
  },
} as const satisfies Record<string, WarningKind>;

/** Warnings being collected. */
export class WarningList {
  readonly #counts = new Map<WarningKind, { where: string | null; count: number }>();

  /** Notes one occurrence, or `count` of them; `where` names the place and is asked for the first one only. */
  add(kind: WarningKind, where: (() => string) | null = null, count = 1): void {
    const known = this.#counts.get(kind);
    if (known) known.count += count;
    else this.#counts.set(kind, { where: where ? where() : null, count });
  }

  /** All of them, in the order first met. */
  toArray(): ProfileWarning[] {
    return Array.from(this.#counts, ([kind, { where, count }]) => ({
      code: kind.code,
      message: kind.message,
      where,
      count,
    }));
  }
}
