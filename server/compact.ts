/** The answer that holds a profile in the compact form, packed while it is being made. */
import { pipeline, Readable } from 'node:stream';
import { type BrotliCompress, createBrotliCompress, createGzip, type Gzip, constants as zlib } from 'node:zlib';
import { ABOUT_HEADER } from '../shared/protocol/api.ts';
import { describeProfile, type StoredProfile } from './files/store.ts';
import { printAbout } from './opened.ts';
import type { Pieces } from './pieces.ts';

/** Brotli counts in 30 bits. */
const MOST_HINTED = 2 ** 30 - 1;

/** An answer on its way. */
export interface CompactAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** The answer for whoever accepts these encodings. */
export function answerCompact(
  profile: StoredProfile,
  compact: Pieces,
  accepted: string | string[] | undefined,
): CompactAnswer {
  // The compact form is shorter than the file, but as telling: brotli chooses its ways by what is to come.
  const packer = choosePacker(String(accepted ?? ''), describeProfile(profile).bytes);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="profile"',
    [ABOUT_HEADER]: printAbout(profile),
    vary: 'accept-encoding',
  };
  const pieces = Readable.from(compact);
  if (packer === null) return { headers, body: pieces };
  // Trouble ends the answer half way, which the page sees.
  const body = pipeline(pieces, packer.stream, () => {});
  return { headers: { ...headers, 'content-encoding': packer.encoding }, body };
}

/**
 * Brotli makes a tenth less of the compact form than gzip does, in the same time; browsers take it on this machine only.
 * Each piece leaves at once: the page unpacks it while the next one comes.
 */
function choosePacker(
  accepted: string,
  bytes: number,
): { readonly encoding: string; readonly stream: BrotliCompress | Gzip } | null {
  if (/\bbr\b/.test(accepted)) {
    const params = { [zlib.BROTLI_PARAM_QUALITY]: 4, [zlib.BROTLI_PARAM_SIZE_HINT]: Math.min(bytes, MOST_HINTED) };
    return { encoding: 'br', stream: createBrotliCompress({ params, flush: zlib.BROTLI_OPERATION_FLUSH }) };
  }
  return /\bgzip\b/.test(accepted) ? { encoding: 'gzip', stream: createGzip({ flush: zlib.Z_SYNC_FLUSH }) } : null;
}
