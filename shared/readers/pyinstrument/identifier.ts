/**
 * How pyinstrument writes a frame: `function NUL file NUL first line`, then for each attribute `SOH letter value`:
 * `l` the line that ran, `c` the class, `h` whether tracebacks hide it. Frames that differ in attributes only are one.
 * `[await]`, `[self]` and `[out-of-context]` are leaves that stand for no function.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { asNumber } from '../json-values.ts';

/** A frame, and the line of it that ran (0: not told). */
export interface Identified {
  readonly frame: FrameIndex;
  readonly ranLine: number;
}

/** The frame of an identifier. */
export function identify(identifier: string, book: FrameBook): Identified {
  const attributes = identifier.split('\u0001');
  const [name = '', file = '', line = ''] = attributes[0]!.split('\0');
  const ran = attributes.find((attribute, at) => at > 0 && attribute.startsWith('l'));
  return {
    // Of a thread there is its number instead of a line.
    frame: book.frame(name, file, file === '<thread>' ? 0 : toLine(line)),
    ranLine: ran === undefined ? 0 : toLine(ran.slice(1)),
  };
}

/** A line number of text or JSON; 0 when it is none. */
export function toLine(value: unknown): number {
  const line = asNumber(value);
  return Number.isInteger(line) && Math.abs(line) < 2 ** 31 ? line : 0;
}
