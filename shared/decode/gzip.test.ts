import { randomFillSync } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { gunzip } from './gzip.ts';
import { openSource } from './source.ts';

const MEGABYTE = 1024 * 1024;

function textOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => 97 + ((i * i) % 23));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

describe('gunzip', () => {
  it.each([0, 1, 9])('unpacks what zlib packed at level %i', (level) => {
    for (const length of [0, 1, 257, 70_000, 300_000]) {
      const bytes = textOf(length);
      expect(Buffer.compare(gunzip(gzipSync(bytes, { level }), MEGABYTE).bytes, bytes)).toBe(0);
    }
  });

  it('unpacks what does not compress', () => {
    const bytes = randomFillSync(new Uint8Array(200_000));
    expect(Buffer.compare(gunzip(gzipSync(bytes), MEGABYTE).bytes, bytes)).toBe(0);
  });

  it('reads several members as one file', () => {
    const packed = join(gzipSync('first '), gzipSync('second '), gzipSync('third'));
    expect(new TextDecoder().decode(gunzip(packed, MEGABYTE).bytes)).toBe('first second third');
  });

  it('steps over the name, comment, extra field and checksum of a header', () => {
    const body = deflateRawSync('abc');
    const trailer = gzipSync('abc').subarray(-8);
    const header = Uint8Array.of(0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 0x61, 0, 0x62, 0, 1, 2);
    expect(new TextDecoder().decode(gunzip(join(header, body, trailer), MEGABYTE).bytes)).toBe('abc');
  });

  it('leaves out what follows the last member, and says how much', () => {
    expect(gunzip(join(gzipSync('abc'), textOf(5)), MEGABYTE).trailing).toBe(5);
  });

  it('names the end of a file that was cut anywhere', () => {
    const packed = Uint8Array.from(gzipSync(textOf(5000)));
    for (let length = 2; length < packed.length; length++) {
      expect(() => gunzip(packed.subarray(0, length), MEGABYTE)).toThrow(`gzip byte ${length}: the file ends`);
    }
  });

  it('names the end of a file of several members that was cut anywhere in a later one', () => {
    const members = [gzipSync(''), gzipSync(textOf(300)), gzipSync(''), gzipSync(textOf(90))];
    const packed = join(...members);
    const ends = members.map((_, i) => join(...members.slice(0, i + 1)).length);
    for (let length = 1 + (ends[0] ?? 0); length < packed.length; length++) {
      if (ends.includes(length)) continue;
      expect(() => gunzip(packed.subarray(0, length), MEGABYTE)).toThrow(`gzip byte ${length}: the file ends`);
    }
  });

  it('leaves out zeros after the last member, whole, also when that is empty', () => {
    for (const text of ['abc', '']) {
      expect(gunzip(join(gzipSync(text), new Uint8Array(70_000)), MEGABYTE)).toMatchObject({ trailing: 70_000 });
    }
  });

  it.each([16_383, 16_384, 16_385, 32_768])('takes members that end around a step: %i bytes', (length) => {
    const first = gzipSync(randomFillSync(new Uint8Array(length - 40)), { level: 0 });
    for (let gap = 0; gap < 40; gap++) {
      const named = join(first.subarray(0, 3), Uint8Array.of(8), first.subarray(4, 10), new Uint8Array(gap).fill(65));
      const packed = join(named, Uint8Array.of(0), first.subarray(10), gzipSync('second'));
      const unpacked = gunzip(packed, MEGABYTE);
      expect([unpacked.bytes.length, unpacked.trailing]).toEqual([length - 34, 0]);
    }
  });

  it('reads a header as long as the file, and ten thousand members, once', () => {
    const header = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3);
    const endless = join(header, new Uint8Array(20 * MEGABYTE).fill(65));
    const before = performance.now();
    expect(() => gunzip(endless, MEGABYTE)).toThrow('the file ends');
    expect(() => gunzip(join(gzipSync('a'), endless), MEGABYTE)).toThrow('the file ends');
    const empty = gzipSync('');
    expect(gunzip(join(...Array.from({ length: 10_000 }, () => empty)), MEGABYTE).bytes.length).toBe(0);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('survives any one flipped bit with a FormatError or the same bytes', () => {
    const bytes = textOf(400);
    const packed = gzipSync(bytes);
    for (let bit = 16; bit < packed.length * 8; bit++) {
      const damaged = Uint8Array.from(packed);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      try {
        expect(Buffer.compare(gunzip(damaged, MEGABYTE).bytes, bytes)).toBe(0);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
  });

  it('R21: stops at the most bytes that are opened', () => {
    expect(() => gunzip(gzipSync(textOf(50_000)), 40_000)).toThrow('unpacks to more than 40000 bytes');
  });

  it('R21: stops a bomb soon after 10 MB, at more than 200 times its size', () => {
    const bomb = gzipSync(new Uint8Array(64 * MEGABYTE));
    expect(() => gunzip(bomb, 512 * MEGABYTE)).toThrow('more than 200 times its size');
  });

  it('R21: lets a small file unpack to any multiple', () => {
    expect(gunzip(gzipSync(new Uint8Array(9 * MEGABYTE)), 512 * MEGABYTE).bytes.length).toBe(9 * MEGABYTE);
  });
});

describe('openSource', () => {
  it('hands on what is not packed', async () => {
    const bytes = textOf(10);
    expect((await openSource(bytes, 'app.prof')).bytes).toBe(bytes);
  });

  it('R21: takes off one layer and refuses a second', async () => {
    const once = gzipSync('abc');
    expect((await openSource(once, 'app.prof.gz')).text()).toBe('abc');
    await expect(openSource(gzipSync(once), 'app.prof.gz.gz')).rejects.toThrow('gzip inside gzip');
  });

  it('refuses a file beyond the most bytes', async () => {
    await expect(openSource(textOf(11), 'app.prof', { maxBytes: 10 })).rejects.toThrow(
      'The file has 11 bytes; at most 10',
    );
  });

  it('decodes text by its byte order mark', async () => {
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62, 0);
    expect((await openSource(utf16, 'a.txt')).text()).toBe('ab');
    expect((await openSource(Uint8Array.of(0xfe, 0xff, 0, 0x61), 'a.txt')).text()).toBe('a');
    expect((await openSource(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'a.txt')).text()).toBe('a');
  });
});
