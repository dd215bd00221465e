/** Opens the pickle that a file is, and notes what stands behind it. */
import { type Pickle, type PickleRules, readPickle } from '../decode/pickle.ts';
import type { PickleValue, PickleValues } from '../decode/pickle-values.ts';
import type { Source } from '../decode/source.ts';
import { FormatError } from '../errors.ts';
import type { Notes } from './notes.ts';

/** A pickle with what its reader needs for messages. */
export class PickledProfile {
  readonly values: PickleValues;
  readonly root: PickleValue;
  readonly #rules: PickleRules;

  constructor({ values, root }: Pickle, rules: PickleRules) {
    this.values = values;
    this.root = root;
    this.#rules = rules;
  }

  /** Refuses a value that is not what the format has in its place. */
  fail(expected: string, found: PickleValue): never {
    const { format, advice } = this.#rules;
    throw new FormatError(`${format}: expected ${expected}, found ${this.values.describe(found)}`, {
      format,
      offset: 0,
      advice,
    });
  }

  /** Refuses a file whose values, written out, are more than any profile has. */
  failTooMany(what: string): never {
    const { format, advice } = this.#rules;
    throw new FormatError(`${format}: the file has more than ${what}, which no profile has`, {
      format,
      offset: 0,
      advice,
    });
  }
}

/** Reads the pickle in `source`. @throws FormatError */
export function openPickle(source: Source, rules: PickleRules, notes: Notes): PickledProfile {
  const pickle = readPickle(source.bytes, rules);
  const trailing = source.bytes.length - pickle.end;
  if (trailing > 0) {
    notes.add(
      'trailing-bytes',
      (count) => `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the end of the profile: left out.`,
      () => `byte ${pickle.end}`,
      trailing,
    );
  }
  if (source.trailingBytes > 0) {
    notes.add(
      'trailing-gzip-bytes',
      (count) => `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the compressed data: left out.`,
      () => null,
      source.trailingBytes,
    );
  }
  const { rounded } = pickle.values;
  if (rounded > 0) {
    notes.add(
      'rounded-integer',
      (count) => `${count} ${count === 1 ? 'number is' : 'numbers are'} too large to be exact: rounded to 16 digits.`,
      () => null,
      rounded,
    );
  }
  return new PickledProfile(pickle, rules);
}
