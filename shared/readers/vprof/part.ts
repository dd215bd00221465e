/** What the parts of a vprof file have in common. */
import type { Profile } from '../../model/profile.ts';
import { asNumber } from '../json-values.ts';

/** A part that was read: is there anything in it, and how to build its profile when all parts are read. */
export interface Part {
  readonly isEmpty: boolean;
  readonly build: () => Profile;
}

/** A line number of JSON; 0 when it is none. */
export function toLine(value: unknown): number {
  const line = asNumber(value);
  return Number.isInteger(line) && Math.abs(line) < 2 ** 31 ? line : 0;
}
