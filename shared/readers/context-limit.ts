/** The most paths of calls that are kept of one file. */
import { FormatError } from '../errors.ts';

/** A tree of so many contexts takes about 500 MB with all that is derived from it. */
export const MAX_CONTEXTS = 5_000_000;

/** @throws FormatError when a tree has grown beyond what can be shown. */
export function refuseTooManyContexts(contexts: number, format: string): void {
  if (contexts <= MAX_CONTEXTS) return;
  throw new FormatError(`${format}: the file has more than ${MAX_CONTEXTS} different paths of calls`, {
    format,
    offset: 0,
    advice: 'Record for a shorter time, or with less depth',
  });
}
