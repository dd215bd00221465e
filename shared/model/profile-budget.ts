/**
 * How large the profiles of a file may get together. A small file can ask for large tables: every profile has a number
 * of every function for every metric, whether or not it says anything of them.
 */
import { FormatError } from '../errors.ts';

/** Pairs of numbers (16 bytes each) of functions, in all profiles together. */
const MAX_PAIRS = 24_000_000;
/** What a profile takes at least, as if it had so many functions. */
const LEAST_FUNCTIONS = 500;
/** More kinds of numbers than anybody could choose from. */
const MAX_METRICS = 1_000;
/** Numbers (8 bytes each) in a column set of one profile that grows: its contexts, or what ran one after the other. */
const MAX_VALUES = 2 ** 24;

const ADVICE = 'Record less at once: fewer threads, fewer kinds of values, or a shorter time';

/** Counts what the profiles of one file take. */
export class ProfileBudget {
  #pairs = 0;
  #profiles = 0;

  /** A profile of so many functions and metrics is about to be made. @throws FormatError when all are too large */
  claim(functions: number, metrics: number): void {
    refuseTooManyMetrics(metrics);
    this.#profiles += 1;
    // The counts are one pair, every metric's self and total another.
    this.#pairs += Math.max(functions, LEAST_FUNCTIONS) * (metrics + 1);
    if (this.#pairs <= MAX_PAIRS) return;
    const parts = `${functions} functions and ${metrics} kinds of values`;
    throw refuse(`The file has at least ${this.#profiles} profiles (or threads) of ${parts}`);
  }
}

/** @throws FormatError when nobody could choose from so many metrics */
export function refuseTooManyMetrics(metrics: number): void {
  if (metrics > MAX_METRICS) throw refuse(`The file has ${metrics} kinds of values`);
}

/** @throws FormatError when columns of so many rows, one per metric, would fill the memory */
export function refuseTooManyValues(rows: number, metrics: number): void {
  if (rows * metrics > MAX_VALUES) throw refuse(`The file has ${rows} rows or more of ${metrics} kinds of values`);
}

function refuse(found: string): FormatError {
  return new FormatError(`${found}, more than can be shown`, { offset: 0, advice: ADVICE });
}
