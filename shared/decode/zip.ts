/**
 * zip archive → members.
 *
 *   local header, data        for each member
 *   central directory         a header for each: flags, method, sums, sizes, name, where its local header is
 *   end record                where the directory is, how many members it has
 *
 * The directory counts, as for every unpacker; members are stored (method 0) or deflated (8). Archives above 4 GB
 * (zip64), in several pieces, or with a password are refused.
 */
import { FormatError, UnsupportedVersionError } from '../errors.ts';
import type { Member } from './archive.ts';
import { computeCrc, inflate } from './inflate.ts';
import { CapError, PackedOutput } from './packed-output.ts';

const END_SIGNATURE = 0x06054b50;
const HEADER_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const HEADER_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const ADVICE = 'Unpack it, and open the profiles inside';

/** Members of a zip archive, folders left out. @throws FormatError when its directory is not whole. */
export function listZip(bytes: Uint8Array): Member[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
    throw refuse(end, 'the archive is in the zip64 format, which is for more than 4 GB or 65,535 files');
  }
  if (view.getUint16(end + 4, true) !== 0) throw refuse(end, 'this is one piece of an archive in several');
  // What stands before an archive (a program that unpacks itself) moves everything.
  const start = end - size;
  const base = start - offset;
  if (base < 0) throw faultAt(end, 'the directory of the archive is not where it should be');
  const members: Member[] = [];
  let unread = bytes.length;
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + HEADER_BYTES > end || view.getUint32(at, true) !== HEADER_SIGNATURE) {
      throw faultAt(at, `expected the entry of file ${index + 1} of ${count}`);
    }
    const nameEnd = at + HEADER_BYTES + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw faultAt(at, `the entry of file ${index + 1} is longer than the directory`);
    const name = new TextDecoder().decode(bytes.subarray(at + HEADER_BYTES, nameEnd));
    const header = at;
    if (!name.endsWith('/')) {
      members.push({
        name,
        read: (maxBytes) => {
          const place = findMember(view, header, base);
          // Files that share their bytes make a small archive a large one, however little each is packed.
          unread -= place.end - place.start;
          if (unread < 0)
            throw new CapError('zip: files in the archive lie over each other', { format: 'zip', offset: header });
          return readMember(bytes, view, header, place, maxBytes);
        },
      });
    }
    at = next;
  }
  return members;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw faultAt(view.byteLength, 'the archive ends before its directory does, so it was cut short');
}

/** Where the packed bytes of a member begin and end. */
function findMember(view: DataView, header: number, base: number): { readonly start: number; readonly end: number } {
  const flags = view.getUint16(header + 8, true);
  const packedSize = view.getUint32(header + 20, true);
  const size = view.getUint32(header + 24, true);
  const local = base + view.getUint32(header + 42, true);
  if ((flags & ENCRYPTED) !== 0) throw refuse(header, 'the file in it has a password');
  if (packedSize === 0xffffffff || size === 0xffffffff) throw refuse(header, 'the file in it is larger than 4 GB');
  if (local + LOCAL_BYTES > view.byteLength || view.getUint32(local, true) !== LOCAL_SIGNATURE) {
    throw faultAt(local, 'expected the beginning of a file');
  }
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const end = start + packedSize;
  if (end > view.byteLength) throw faultAt(view.byteLength, 'the archive ends within a file, so it was cut short');
  return { start, end };
}

function readMember(
  bytes: Uint8Array,
  view: DataView,
  header: number,
  { start, end }: { readonly start: number; readonly end: number },
  maxBytes: number,
): Uint8Array {
  const method = view.getUint16(header + 10, true);
  const size = view.getUint32(header + 24, true);
  const unpacked = unpack(bytes.subarray(0, end), start, method, size, maxBytes);
  if (unpacked.length !== size || computeCrc(unpacked, 0, unpacked.length) !== view.getUint32(header + 16, true)) {
    throw faultAt(start, 'the checksum does not match what was unpacked, so the file is damaged');
  }
  return unpacked;
}

function unpack(packed: Uint8Array, start: number, method: number, size: number, maxBytes: number): Uint8Array {
  // A size is a promise: more than that is not unpacked to find out how much it is.
  const output = new PackedOutput('zip', Math.min(size, maxBytes));
  if (size > maxBytes) output.refuse(size, packed.length - start);
  if (method === 0) {
    output.refuse(packed.length - start, packed.length - start);
    return packed.subarray(start);
  }
  if (method !== 8)
    throw refuse(start, `the file in it is packed by method ${method}, expected 0 (stored) or 8 (deflate)`);
  inflate(packed, start, start, output, faultAt);
  return output.take();
}

function faultAt(offset: number, found: string): FormatError {
  return new FormatError(`zip byte ${offset}: ${found}`, {
    format: 'zip',
    offset,
    advice: 'Copy the archive again: it is not whole',
  });
}

function refuse(offset: number, found: string): FormatError {
  return new UnsupportedVersionError(`zip byte ${offset}: ${found}`, { format: 'zip', offset, advice: ADVICE });
}
