/** What the lines and allocations views add up, on every profile of the samples and the corpus that has any of it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TsvizError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { corpusFiles, eachSample, readCorpusFile, type Sample } from '../testing/corpus.ts';
import { buildAllocationRows } from './allocation-rows.ts';
import { buildListing, GAP } from './line-listing.ts';
import { findGroup, rankGroups, rankLines } from './line-ranks.ts';
import { buildLineRows, isState, type LinesBy } from './line-rows.ts';

const FOLDERS = readdirSync(join(import.meta.dirname, '../samples'), { withFileTypes: true }).filter((each) =>
  each.isDirectory(),
);
const SAMPLES: readonly (() => Sample)[] = [
  ...FOLDERS.flatMap(({ name }) => eachSample(name)).map((sample) => () => sample),
  ...corpusFiles().map(({ file }) => () => ({ name: file, bytes: readCorpusFile(file) })),
];

async function readProfiles({ bytes, name }: Sample): Promise<readonly Profile[]> {
  try {
    return (await readBytes(bytes, name)).profiles;
  } catch (error) {
    if (error instanceof TsvizError) return [];
    throw error;
  }
}

const sumOf = (column: Float64Array) => column.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);
const isClose = (one: number, other: number) =>
  Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));

function findBrokenLines(profile: Profile, by: LinesBy): string[] {
  const rows = buildLineRows(profile, by);
  const { groups } = rows;
  const broken: string[] = [];
  const claim = (isTrue: boolean, rule: string) => {
    if (!isTrue && broken.length < 5) broken.push(rule);
  };
  claim(groups.start[groups.length] === rows.length, 'every line is in a group');
  rows.values.forEach((column, metric) => {
    if (isState(profile, metric)) return;
    claim(isClose(sumOf(column), sumOf(groups.values[metric]!)), `groups add up to their lines in metric ${metric}`);
    if (profile.lines === undefined)
      claim(
        isClose(sumOf(column), sumOf(profile.functions.self[metric]!)),
        `lines add up to functions in metric ${metric}`,
      );
    claim(rankGroups(rows, metric, 'self').length === groups.length, 'every group ranks');
    claim(
      rankLines(rows, metric, 'self').every((row) => column[row]! > 0),
      'hot lines have a value',
    );
  });
  for (let group = 0; group < groups.length; group++) {
    const { row, line } = buildListing(rows, group, null);
    const known = row.filter((each) => each >= 0);
    claim(known.length === groups.start[group + 1]! - groups.start[group]!, 'every line of a group is listed');
    let next = 0;
    line.forEach((each, item) => {
      if (row[item] === GAP) next += each;
      else {
        claim(
          each === 0 || next === 0 || each === next || each === next - 1,
          `lines stand in order (${each} after ${next - 1})`,
        );
        next = each === 0 ? next : each + 1;
      }
    });
  }
  for (const frame of new Set(rows.frame))
    if (frame >= 0) claim(findGroup(rows, frame) >= 0, 'a function of a line is found');
  return broken;
}

function findBrokenAllocations(profile: Profile): string[] {
  return (['line', 'file', 'traceback'] as const).flatMap((by) =>
    buildAllocationRows(profile, by).sums.flatMap((sum, metric) =>
      isClose(sum, sumOf(profile.contexts!.self[metric]!)) ? [] : [`allocations by ${by} add up in metric ${metric}`],
    ),
  );
}

describe('every profile', () => {
  it('has its lines once, in order, and lines and allocations add up however they are gathered', async () => {
    const broken: string[] = [];
    for (const load of SAMPLES) {
      const sample = load();
      for (const profile of await readProfiles(sample)) {
        const hasLines = profile.lines !== undefined || profile.traits.linesRan === true;
        const hasBytes = profile.contexts !== undefined && profile.metrics.some(({ unit }) => unit === 'bytes');
        const found = [
          ...(hasLines ? [...findBrokenLines(profile, 'function'), ...findBrokenLines(profile, 'file')] : []),
          ...(hasBytes ? findBrokenAllocations(profile) : []),
        ];
        broken.push(...found.map((rule) => `${sample.name}: ${rule}`));
      }
    }
    expect(broken).toEqual([]);
  }, 120_000);
});
