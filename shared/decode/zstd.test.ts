import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { seededRandom } from '../testing/mutate.ts';
import { openSource } from './source.ts';
import { computeXxh64Low } from './xxh64.ts';
import { unzstd } from './zstd.ts';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const MAX = 512 * 1024 * 1024;

/** Head of a block: last, type, size. */
function block(isLast: boolean, type: number, size: number, ...bytes: number[]): number[] {
  const head = (isLast ? 1 : 0) | (type << 1) | (size << 3);
  return [head & 0xff, (head >> 8) & 0xff, head >> 16, ...bytes];
}

const text = [...'main;a 3\n'].map((letter) => letter.charCodeAt(0));
/** A frame that tells its length, of one block as it is. */
const plain = [...MAGIC, 0x20, text.length, ...block(true, 0, text.length, ...text)];
/** A frame that does not, with a window of 1 KiB. */
const streamed = [...MAGIC, 0x00, 0x00, ...block(false, 0, text.length, ...text), ...block(true, 0, 0)];
/** Forty lines of stacks as zstd 1.5 packs them, with a checksum. */
const packed = Buffer.from(
  'KLUv/QRo5QMAgoYSFLCpA3jRWEtZS5LwvffeMiWps8OBwLp6Ovr5/fd7+1IJ+fh827V5qYR6en3d1sovWrGJhogOz/HOmy4LGE0gmGVQAmNJmgAphiMnqBGwsHv9M6Cj0gER/DNAgfoB5f55f/x4UoNYurIomTgJRrRBJi13prwbURzw1cfh7tI=',
  'base64',
);

/** Sums that the zstd tool puts behind these texts. */
const SUMS = [1373170073, 2844552795, 2910259609, 2725707636, 2278307154, 1076842862, 1399472646];

function unpack(bytes: readonly number[], max = MAX) {
  const { bytes: unpacked, trailing } = unzstd(Uint8Array.from(bytes), max);
  return { text: new TextDecoder().decode(unpacked), trailing };
}

describe('zstd', () => {
  it('unpacks frames with and without a length', () => {
    expect(unpack(plain)).toEqual({ text: 'main;a 3\n', trailing: 0 });
    expect(unpack(streamed)).toEqual({ text: 'main;a 3\n', trailing: 0 });
  });

  it('unpacks several frames as one file, leaves out skippable ones and what follows the last', () => {
    const skippable = [0x51, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 0xaa, 0xbb];
    expect(unpack([...skippable, ...plain, ...skippable, ...streamed, 1, 2, 3])).toEqual({
      text: 'main;a 3\nmain;a 3\n',
      trailing: 3,
    });
  });

  it('says where a file was cut short', () => {
    for (let length = 5; length < plain.length; length++) {
      expect(() => unpack(plain.slice(0, length))).toThrow(
        `zstd byte ${length}: the file ends before its packed data does, so it was cut short`,
      );
    }
  });

  it('refuses bombs, at the cap and at 200 : 1, before there is room for them', () => {
    const zeros = Array.from({ length: 120 }, () => block(false, 1, 128 * 1024, 0)).flat();
    const bomb = [...MAGIC, 0x00, 0x38, ...zeros, ...block(true, 0, 0)];
    expect(() => unpack(bomb)).toThrow('more than 200 times its size');
    expect(() => unpack(bomb, 1_000_000)).toThrow('more than 1000000 bytes');
    // Four bytes that say how long the file is, as in a frame of 1 GiB.
    const boast = [...MAGIC, 0xa0, 0, 0, 0, 0x40, ...zeros, ...block(true, 0, 0)];
    expect(() => unpack(boast)).toThrow('the head says 1073741824 bytes where 15728640 can be at most');
  });

  it('refuses windows beyond 128 MiB, dictionaries and endless blocks of nothing', () => {
    expect(() => unpack([...MAGIC, 0x00, 0xf8, ...block(true, 0, 0)])).toThrow('needs a window of 2199023255552 bytes');
    expect(() => unpack([...MAGIC, 0x21, 7, 0, ...block(true, 0, 0)])).toThrow('needs a dictionary');
    const nothing = Array.from({ length: 20_000 }, () => block(false, 0, 0)).flat();
    expect(() => unpack([...MAGIC, 0x00, 0x38, ...nothing])).toThrow('more than 10000 blocks of nothing');
  });

  it('refuses small blocks in a large window, and narrows the window of a small frame', () => {
    // Packed blocks of one byte each: raw literals, no sequences.
    const small = Array.from({ length: 100_000 }, () => block(false, 2, 3, 0x08, 0x61, 0)).flat();
    expect(() => unpack([...MAGIC, 0x00, 0x88, ...small, ...block(true, 0, 0)])).toThrow('100001 small blocks');
    const frames = Array.from({ length: 2000 }, () => [...MAGIC, 0x00, 0x88, ...block(true, 0, text.length, ...text)]);
    expect(unpack(frames.flat()).text.length).toBe(2000 * text.length);
  });

  it('takes off one layer only', async () => {
    const source = await openSource(Uint8Array.from(plain), 'x.zst');
    expect(source.text()).toBe('main;a 3\n');
    const twice = [...MAGIC, 0x20, plain.length, ...block(true, 0, plain.length, ...plain)];
    await expect(openSource(Uint8Array.from(twice), 'x')).rejects.toThrow('zstd inside zstd');
  });

  it('knows sums as zstd itself makes them, for every length of the rest', () => {
    const sums = [
      '',
      'a',
      'abc',
      'Nobody inspects',
      'the spammish repetition of 39 characters',
      'x'.repeat(64),
      'y'.repeat(77),
    ];
    expect(sums.map((one) => computeXxh64Low(new TextEncoder().encode(one)))).toEqual(SUMS);
  });

  it('refuses a frame whose checksum does not match', () => {
    expect(unpack([...packed]).text.split('\n').length).toBe(41);
    const wrong = [...packed];
    wrong[wrong.length - 1]! ^= 1;
    expect(() => unpack(wrong)).toThrow('the checksum does not match what was unpacked');
  });

  it('damaged anywhere, unpacks to something or says so', () => {
    const random = seededRandom(7);
    for (let copy = 0; copy < 1000; copy++) {
      const bytes = Uint8Array.from(copy % 2 === 0 ? packed : streamed);
      bytes[4 + Math.floor(random() * (bytes.length - 4))] = Math.floor(random() * 256);
      try {
        unzstd(bytes, MAX);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
  });
});
