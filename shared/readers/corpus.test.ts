import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkProfile } from '../model/check.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { corpusFiles, readCorpusFile, readSample } from '../testing/corpus.ts';
import type { Fact } from '../testing/facts/fact.ts';
import { FACT_CHECKS } from '../testing/facts/index.ts';
import { readBytes } from './index.ts';

interface Line {
  readonly file: string;
  readonly reader: string;
  readonly facts: number;
  readonly wrong: readonly string[];
}

const SAMPLES = resolve(import.meta.dirname, '../samples');
/** Numbers that were computed in another order of additions. */
const TOLERANCE = 1e-9;

function isSame(want: unknown, got: unknown): boolean {
  if (typeof want === 'number' && typeof got === 'number') {
    return want === got || Math.abs(want - got) <= TOLERANCE * Math.abs(want);
  }
  if (Array.isArray(want) && Array.isArray(got)) {
    return want.length === got.length && want.every((each, at) => isSame(each, got[at]));
  }
  return want === got;
}

async function check(file: string, format: string, expected: unknown, bytes: Uint8Array): Promise<Line> {
  const group: ProfileGroup = await readBytes(bytes, 'unknown');
  for (const profile of group.profiles) checkProfile(profile);
  const compare = FACT_CHECKS[format];
  if (compare === undefined) return { file, reader: group.format, facts: 0, wrong: [`no check of ${format} facts`] };
  const facts: readonly Fact[] = compare((expected ?? {}) as Record<string, unknown>, group);
  const wrong = facts
    .filter(({ want, got }) => !isSame(want, got))
    .map(({ fact, want, got }) => `${fact}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
  return { file, reader: group.format, facts: facts.length, wrong };
}

/** Facts about samples in the repository: `facts.json` of a folder, `{ file: { format, expect } }`. */
function listSampleFacts(): { readonly file: string; readonly format: string; readonly expect: unknown }[] {
  return readdirSync(SAMPLES).flatMap((folder) => {
    let facts: Record<string, { format: string; expect: unknown }>;
    try {
      facts = JSON.parse(readFileSync(join(SAMPLES, folder, 'facts.json'), 'utf8'));
    } catch {
      return [];
    }
    return Object.entries(facts).map(([name, fact]) => ({ file: `${folder}/${name}`, ...fact }));
  });
}

describe('facts of other programs hold', () => {
  const lines: Line[] = [];
  afterAll(() => {
    const width = Math.max(0, ...lines.map(({ file }) => file.length));
    const print = ({ file, reader, facts, wrong }: Line) =>
      `${file.padEnd(width)}  ${reader.padEnd(18)} ${String(facts).padStart(5)} facts  ${wrong.length === 0 ? 'all hold' : `${wrong.length} wrong`}`;
    if (lines.length > 0) console.log(lines.map(print).join('\n'));
  });

  for (const { file, format, expect: expected } of listSampleFacts()) {
    it(`sample ${file}`, async () => {
      const line = await check(file, format, expected, readSample(file));
      expect(line.wrong).toEqual([]);
    });
  }

  for (const { file, format, expect: expected } of corpusFiles()) {
    it(`corpus ${file}`, async () => {
      const line = await check(file, format, expected, readCorpusFile(file));
      lines.push(line);
      expect(line.wrong).toEqual([]);
    });
  }
});
