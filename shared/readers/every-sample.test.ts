import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { checkProfile } from '../model/check.ts';
import type { Profile, ProfileGroup } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { getTables } from '../model/tables.ts';
import { corpusFiles, readCorpusFile, readSample } from '../testing/corpus.ts';
import { mutate, seededRandom } from '../testing/mutate.ts';
import { Head } from './head.ts';
import { readBytes } from './index.ts';
import { FORMATS } from './sniff.ts';

/** Damaged copies of each sample: a few, or as many as asked for (1,000 take some minutes). */
const MUTATIONS = Number(process.env.TSVIZ_MUTATIONS ?? 12);
const CUTS = Number(process.env.TSVIZ_CUTS ?? 12);
/** Ten times what any of them should take: a guard against hangs, no measurement. */
const LIMIT_MS = 20_000;
/** Large ones are cut and damaged less often. */
const LARGE_BYTES = 200_000;

interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const SAMPLES = resolve(import.meta.dirname, '../samples');
/** Folders that hold no profiles of one format each; pstats has a test of its own for damage. */
const OTHER_FOLDERS = new Set(['bad', 'truth']);
const NO_SAMPLE = /^(README\.md|facts\.json|oracle.*|make_.*\.py)$/;

const samples: readonly Named[] = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !OTHER_FOLDERS.has(entry.name))
  .flatMap(({ name }) =>
    readdirSync(join(SAMPLES, name))
      .filter((file) => !NO_SAMPLE.test(file))
      .map((file) => ({ name: `${name}/${file}`, bytes: readSample(`${name}/${file}`) })),
  );
const corpus: readonly Named[] = corpusFiles().map(({ file }) => ({
  name: `corpus ${file}`,
  bytes: readCorpusFile(file),
}));
const files = [...samples, ...corpus];

/** Every rule that a profile keeps, whatever the file was. */
function check(profile: Profile, where: string): void {
  checkProfile(profile);
  for (let index = 0; index < profile.strings.length; index++) getString(profile.strings, index);
  expect(getTables(profile).length, where).toBeGreaterThan(0);
  const { contexts } = profile;
  if (contexts === undefined) return;
  profile.metrics.forEach((_, metric) => {
    let [selfs, roots, size] = [0, 0, 0];
    for (let context = 0; context < contexts.length; context++) {
      selfs += contexts.self[metric]![context]!;
      size += Math.abs(contexts.self[metric]![context]!);
      if (contexts.parent[context]! < 0) roots += contexts.total[metric]![context]!;
    }
    expect(Math.abs(selfs - roots), `${where}: selfs sum to the roots`).toBeLessThanOrEqual(1e-9 * size);
  });
}

/** Reads bytes that may be damaged: a profile, or null for a `FormatError`. Anything else fails. */
async function readDamaged(bytes: Uint8Array, where: string): Promise<ProfileGroup | null> {
  try {
    const group = await readBytes(bytes, 'unknown');
    for (const profile of group.profiles) check(profile, where);
    return group;
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw new Error(`${where} ended in ${String(error)}`, { cause: error });
  }
}

describe('every file of every format', () => {
  it.each(files.map((file) => [file.name, file.bytes] as const))(
    'opens under the name unknown, plain and gzipped alike: %s',
    async (name, bytes) => {
      const plain = await readBytes(bytes.slice(), 'unknown');
      for (const profile of plain.profiles) check(profile, name);
      // What is packed already would be packed twice.
      if (bytes[0] === 0x1f || bytes[0] === 0x28) return;
      const packed = await readBytes(gzipSync(bytes), 'unknown');
      expect(packed.format).toBe(plain.format);
      expect(packed.profiles.map(({ functions }) => functions)).toEqual(
        plain.profiles.map(({ functions }) => functions),
      );
    },
    LIMIT_MS,
  );

  it(
    'is sure of one format only, and of that by its head alone',
    async () => {
      const wrong: string[] = [];
      for (const { name, bytes } of files) {
        if (bytes[0] === 0x1f || bytes[0] === 0x28 || (bytes[0] === 0x50 && bytes[1] === 0x4b)) continue;
        const { format } = await readBytes(bytes.slice(), 'unknown');
        const head = new Head(bytes);
        const sure = FORMATS.filter((each) => each.sniff(head) === 'yes').map(({ id }) => id);
        const others = sure.filter((id) => id !== format);
        if (others.length > 0) wrong.push(`${name} (${format}): ${others.join(', ')} say yes too`);
      }
      expect(wrong).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each(files.filter(({ name }) => !name.startsWith('pstats')).map((file) => [file.name, file.bytes] as const))(
    `R23: cut at ${CUTS} lengths, and in ${MUTATIONS} damaged copies, is a profile or a FormatError: %s`,
    async (name, bytes) => {
      const share = bytes.length > LARGE_BYTES ? 0.25 : 1;
      const cuts = Math.ceil(CUTS * share);
      for (let cut = 0; cut < cuts; cut++) {
        await readDamaged(bytes.slice(0, Math.floor((bytes.length * cut) / cuts)), `${name} cut ${cut} of ${cuts}`);
      }
      const random = seededRandom(bytes.length);
      for (let copy = 0; copy < MUTATIONS * share; copy++)
        await readDamaged(mutate(bytes, random), `${name}, copy ${copy}`);
    },
    LIMIT_MS + MUTATIONS * 500,
  );
});
