/** One fact that another program has computed about a file, beside what was read from the file. */
import type { ProfileGroup } from '../../model/profile.ts';

/** A fact by its name, as it should be and as it is. Numbers may differ by 1e-9 of their size. */
export interface Fact {
  readonly fact: string;
  readonly want: unknown;
  readonly got: unknown;
}

/** Compares what is expected of a file with what was read. Each fact that the format has must be among the answers. */
export type FactCheck = (expected: Record<string, unknown>, group: ProfileGroup) => readonly Fact[];
