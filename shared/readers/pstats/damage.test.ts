import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { checkProfile } from '../../model/check.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import { corpusFiles, eachSample, readCorpusFile, type Sample } from '../../testing/corpus.ts';
import { mutate, seededRandom } from '../../testing/mutate.ts';
import { readBytes } from '../index.ts';
import { pstatsReader } from './index.ts';

/** Damaged copies of each sample: a few hundred, or as many as asked for (10,000 take about a minute). */
const MUTATIONS = Number(process.env.TSVIZ_MUTATIONS ?? 200);
const CUTS = 400;

const samples = eachSample('pstats');

/** Reads bytes that may be damaged: a profile that keeps the rules, or null for a `FormatError`. Anything else fails. */
function readDamaged(bytes: Uint8Array, where: string): boolean {
  let group: ProfileGroup;
  try {
    group = pstatsReader.read(new Source(bytes), () => {});
  } catch (error) {
    if (!(error instanceof FormatError)) throw new Error(`${where} ended in ${String(error)}`, { cause: error });
    return false;
  }
  for (const profile of group.profiles) {
    checkProfile(profile);
    for (let index = 0; index < profile.strings.length; index++) getString(profile.strings, index);
    const { self, total } = profile.functions;
    for (const value of [...self[0]!, ...total[0]!])
      if (!Number.isNaN(value)) expect(Math.abs(value)).toBeLessThan(1e301);
  }
  return true;
}

describe('every pstats sample', () => {
  it('opens under the name unknown, plain and gzipped alike', async () => {
    for (const { name, bytes } of samples) {
      const plain = await readBytes(bytes, 'unknown');
      const packed = await readBytes(gzipSync(bytes), 'unknown');
      expect(plain.format, name).toBe('pstats');
      expect(packed.profiles[0]!.functions, name).toEqual(plain.profiles[0]!.functions);
      expect(packed.warnings, name).toEqual(plain.warnings);
    }
  });

  it('tells its stages, and needs its bytes no longer when the profile is built', async () => {
    for (const { name, bytes } of samples) {
      const mine = bytes.slice();
      const stages: string[] = [];
      const group = await readBytes(mine, 'unknown', {
        onStage: (stage) => {
          stages.push(stage);
          if (stage === 'build') mine.fill(0xff);
        },
      });
      expect(stages, name).toEqual(['sniff', 'read', 'build']);
      expect(group, name).toEqual(await readBytes(bytes, 'unknown'));
    }
    const stages: string[] = [];
    await readBytes(gzipSync(samples[0]!.bytes), 'unknown', { onStage: (stage) => stages.push(stage) });
    expect(stages).toEqual(['unpack', 'sniff', 'read', 'build']);
  });

  it('keeps its names once, and nothing else of the file', () => {
    for (const { name, bytes } of samples) {
      const { strings } = pstatsReader.read(new Source(bytes), () => {}).profiles[0]!;
      expect(strings.bytes.length, name).toBe(strings.end.at(-1) ?? 0);
      expect(strings.bytes.buffer.byteLength, name).toBeLessThan(bytes.length / 2 + 1024);
      const texts = Array.from({ length: strings.length }, (_, index) => getString(strings, index));
      expect(new Set(texts).size, name).toBe(texts.length);
    }
  });

  it('is plain data that passes between threads', () => {
    for (const { name, bytes } of samples) {
      const group = pstatsReader.read(new Source(bytes), () => {});
      expect(structuredClone(group).profiles[0]!.calls, name).toEqual(group.profiles[0]!.calls);
    }
  });

  it('cut at any length is refused with the place where it ends or breaks', () => {
    for (const { name, bytes } of samples) {
      const step = Math.max(1, Math.floor(bytes.length / CUTS));
      for (let length = 0; length < bytes.length; length += step) {
        expect(readDamaged(bytes.subarray(0, length), `${name} cut at ${length}`), `${name} cut at ${length}`).toBe(
          false,
        );
      }
    }
  });

  it('of the corpus cut at any length is refused too', () => {
    for (const { file } of corpusFiles('pstats')) {
      const bytes = readCorpusFile(file);
      const step = Math.max(1, Math.floor(bytes.length / 40));
      for (let length = 0; length < bytes.length; length += step) {
        expect(readDamaged(bytes.subarray(0, length), `${file} cut at ${length}`)).toBe(false);
      }
    }
  });
});

describe(`${MUTATIONS} damaged copies of each pstats sample are a profile or a FormatError`, () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'R23: %s',
    (name, { bytes }: Sample) => {
      const random = seededRandom(bytes.length);
      let opened = 0;
      for (let copy = 0; copy < MUTATIONS; copy++) {
        if (readDamaged(mutate(bytes, random), `${name}, copy ${copy}`)) opened++;
      }
      expect(opened).toBeLessThan(MUTATIONS);
    },
    MUTATIONS * 100 + 20_000,
  );
});
