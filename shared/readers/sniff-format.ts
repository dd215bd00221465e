/** Any format of a file by its head: those that are read, those that are known by name only, packed files and archives. */
import { isArchive, isGzip, isPacked, isZip } from '../decode/magic.ts';
import { type SniffedFormat, sniffReadable } from './sniff.ts';
import { recognize } from './unread/index.ts';

/** Format of a file by its head (64 kB are plenty, 16 bytes do for pstats), or null when it is no profile. Never throws. */
export function sniffFormat(head: Uint8Array): SniffedFormat | null {
  if (isPacked(head)) {
    const id = isGzip(head) ? 'gzip' : 'zstd';
    return { id, title: id, isReadable: false };
  }
  if (isArchive(head)) {
    const id = isZip(head) ? 'zip' : 'tar';
    return { id, title: `${id} archive`, isReadable: false };
  }
  const readable = sniffReadable(head);
  if (readable !== null) return readable;
  const kind = recognize(head);
  return kind.isProfile ? { id: kind.id, title: kind.what.replace(/^(probably )?an? /, ''), isReadable: false } : null;
}
