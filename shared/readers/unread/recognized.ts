/**
 * What is said about a file that no reader takes.
 */

/** A kind of file that is known by name only. */
export interface Recognized {
  /** Stable short name, such as `speedscope`. */
  readonly id: string;
  /** The kind with its article, as it stands in a sentence: `a speedscope profile (JSON)`. */
  readonly what: string;
  /** True when it holds a profile, so that a listing shows it. */
  readonly isProfile: boolean;
  /** What to do, as one imperative sentence. */
  readonly advice: string;
  /** What else was found, and where: ` that breaks off at byte 12`. Empty when there is nothing to say. */
  readonly found?: string;
}

/** How to make what can be read. */
export const MAKE_PSTATS = 'Make a pstats file: python -m cProfile -o app.prof app.py';

/** A profile of a format that is not read. */
export function profileKind(id: string, what: string, advice: string = MAKE_PSTATS): Recognized {
  return { id, what, isProfile: true, advice };
}

/** A file that is no profile at all. */
export function otherKind(id: string, what: string, advice: string = MAKE_PSTATS): Recognized {
  return { id, what, isProfile: false, advice };
}
