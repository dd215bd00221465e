/**
 * The one door to all readers: bytes in, profiles out, whatever the format.
 */

import { isGzip } from '../decode/gzip.ts';
import { openSource, type Source, type SourceOptions } from '../decode/source.ts';
import { UnknownFormatError } from '../errors.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { pstatsReader } from './pstats/index.ts';
import type { Reader } from './reader.ts';

/** All readers, in the order in which they are asked. */
export const READERS: readonly Reader[] = [pstatsReader];

/** What can be opened, for the empty page. */
export const READABLE_SENTENCE =
  'pstats files of cProfile, profile, %prun -D, PyCharm, yappi, pyinstrument and Python 3.15’s sampling profiler, plain or gzipped';

/** A format by a look at the first bytes. */
export interface SniffedFormat {
  readonly id: string;
  readonly title: string;
}

/** Format of a file by its head (some kB are enough), or null when it is no profile. Never throws. */
export function sniffFormat(head: Uint8Array): SniffedFormat | null {
  if (isGzip(head)) return { id: 'gzip', title: 'gzip' };
  const reader = READERS.find((candidate) => candidate.sniff(head) !== 'no');
  return reader === undefined ? null : { id: reader.id, title: reader.title };
}

/**
 * Reads the profiles of one file.
 *
 * @throws UnknownFormatError when no reader knows the bytes, FormatError when they break the format's rules.
 */
export function readProfile(source: Source): ProfileGroup {
  const sniffed = READERS.map((reader) => reader.sniff(source.bytes));
  const sure = sniffed.indexOf('yes');
  const chosen = sure >= 0 ? sure : sniffed.indexOf('maybe');
  const reader = READERS[chosen];
  if (reader === undefined) throw new UnknownFormatError('Not a profile that tsviz knows', { offset: 0 });
  return reader.read(source);
}

/** Opens and reads a file's bytes: `openSource`, then `readProfile`. */
export async function readBytes(bytes: Uint8Array, name: string, options?: SourceOptions): Promise<ProfileGroup> {
  return readProfile(await openSource(bytes, name, options));
}
