/**
 * tar archive → members: blocks of 512 bytes, a header and the data of each file.
 *
 *   0 name  124 size  148 sum of the header  156 type  257 `ustar`  345 front of the name
 *
 * Names beyond 100 bytes come in members of their own before the file: GNU's (type L), or pax's (type x, lines
 * `length key=value`). Links, devices and folders are left out.
 */
import { FormatError } from '../errors.ts';
import type { Member } from './archive.ts';
import { isTar } from './magic.ts';
import { CapError } from './packed-output.ts';

const BLOCK = 512;
const TYPE = 156;

/** What a tar archive holds. */
export interface TarListing {
  readonly members: readonly Member[];
  /** False when the empty blocks at the end are missing: files may be missing too. */
  readonly isWhole: boolean;
}

/** Members of a tar archive. @throws FormatError when it is damaged or ends within a file. */
export function listTar(bytes: Uint8Array): TarListing {
  const members: Member[] = [];
  let at = 0;
  let longName = '';
  let longSize = -1;
  while (at + BLOCK <= bytes.length && bytes[at] !== 0) {
    if (!isTar(bytes, at)) throw faultAt(at, 'expected the header of a file');
    const type = String.fromCharCode(bytes[at + TYPE]!);
    const ownSize = readNumber(bytes, at + 124, 12);
    const size = longSize >= 0 && (type === '0' || type === '\0' || type === '7') ? longSize : ownSize;
    const start = at + BLOCK;
    const end = start + size;
    if (!(end <= bytes.length)) {
      throw faultAt(bytes.length, 'the archive ends within a file, so it was cut short');
    }
    if (type === 'L') longName = readText(bytes, start, size);
    else if (type === 'x') {
      const extra = readExtra(readText(bytes, start, size));
      longName = extra.get('path') ?? longName;
      const told = Number(extra.get('size') ?? Number.NaN);
      longSize = Number.isSafeInteger(told) && told >= 0 ? told : -1;
    } else {
      if (type === '0' || type === '\0' || type === '7') {
        const name = longName || readName(bytes, at);
        if (!name.endsWith('/')) members.push({ name, read: (maxBytes) => readMember(bytes, start, end, maxBytes) });
      }
      longName = '';
      longSize = -1;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { members, isWhole: at < bytes.length };
}

function readMember(bytes: Uint8Array, start: number, end: number, maxBytes: number): Uint8Array {
  if (end - start > maxBytes) {
    throw new CapError(`The files in the tar archive have more than ${maxBytes} bytes, the most that is opened`, {
      format: 'tar',
      offset: start,
    });
  }
  return bytes.subarray(start, end);
}

/** A number in octal; or in binary, where the first bit is set. NaN for anything else. */
function readNumber(bytes: Uint8Array, start: number, length: number): number {
  if ((bytes[start]! & 0x80) !== 0) {
    let value = bytes[start]! & 0x7f;
    for (let at = start + 1; at < start + length; at++) value = value * 256 + bytes[at]!;
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  const text = readText(bytes, start, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function readName(bytes: Uint8Array, at: number): string {
  const isPosix = readText(bytes, at + 257, 5) === 'ustar' && bytes[at + 262] === 0;
  const front = isPosix ? readText(bytes, at + 345, 155) : '';
  const name = readText(bytes, at, 100);
  return front === '' ? name : `${front}/${name}`;
}

/** Text up to the first zero. */
function readText(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const zero = field.indexOf(0);
  return new TextDecoder().decode(zero < 0 ? field : field.subarray(0, zero));
}

function readExtra(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const blank = line.indexOf(' ');
    const equals = line.indexOf('=', blank);
    if (blank > 0 && equals > 0) values.set(line.slice(blank + 1, equals), line.slice(equals + 1));
  }
  return values;
}

function faultAt(offset: number, found: string): FormatError {
  return new FormatError(`tar byte ${offset}: ${found}`, {
    format: 'tar',
    offset,
    advice: 'Copy the archive again: it is not whole',
  });
}
