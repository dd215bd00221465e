/**
 * The one door to all readers: bytes in, profiles out, whatever the format.
 */

import { isGzip } from '../decode/gzip.ts';
import { openSource, type Source, type SourceOptions } from '../decode/source.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { pstatsReader } from './pstats/index.ts';
import type { Reader, StageHook } from './reader.ts';
import { describeUnread, recognize } from './unread/index.ts';

/** All readers, in the order in which they are asked. */
export const READERS: readonly Reader[] = [pstatsReader];

/** What can be opened, for the empty page. */
export const READABLE_SENTENCE =
  'pstats files of cProfile, profile, %prun -D, PyCharm, yappi, pyinstrument and Python 3.15’s sampling profiler, plain or gzipped';

/** A format by a look at the first bytes. */
export interface SniffedFormat {
  readonly id: string;
  /** What people call it, without an article. */
  readonly title: string;
  /** False for profiles that are known by name only, and for gzip, which may hold anything. */
  readonly isReadable: boolean;
}

/** Format of a file by its head (64 kB are plenty, 16 bytes do for pstats), or null when it is no profile. Never throws. */
export function sniffFormat(head: Uint8Array): SniffedFormat | null {
  if (isGzip(head)) return { id: 'gzip', title: 'gzip', isReadable: false };
  const reader = findReader(head);
  if (reader !== undefined) return { id: reader.id, title: reader.title, isReadable: true };
  const kind = recognize(head);
  return kind.isProfile ? { id: kind.id, title: kind.what.replace(/^(probably )?an? /, ''), isReadable: false } : null;
}

function findReader(head: Uint8Array): Reader | undefined {
  const sniffed = READERS.map((reader) => reader.sniff(head));
  const sure = sniffed.indexOf('yes');
  return READERS[sure >= 0 ? sure : sniffed.indexOf('maybe')];
}

/** What may be chosen about reading a file, and who is told how far it is. */
export interface ReadOptions extends SourceOptions {
  readonly onStage?: StageHook;
}

/**
 * Reads the profiles of one file.
 *
 * @throws UnknownFormatError when no reader knows the bytes, FormatError when they break the format's rules.
 */
export function readProfile(source: Source, onStage: StageHook = () => {}): ProfileGroup {
  onStage('sniff');
  const reader = findReader(source.bytes);
  if (reader === undefined) throw describeUnread(source.bytes);
  onStage('read');
  return reader.read(source, onStage);
}

/** Opens and reads a file's bytes: `openSource`, then `readProfile`. */
export async function readBytes(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ProfileGroup> {
  if (isGzip(bytes)) options.onStage?.('unpack');
  return readProfile(await openSource(bytes, name, options), options.onStage);
}
