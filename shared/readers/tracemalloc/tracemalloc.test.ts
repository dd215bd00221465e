import { expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readSample } from '../../testing/corpus.ts';
import { readBytes } from '../index.ts';

const readKnown = (name: string) => readBytes(readSample(`tracemalloc/known-${name}.tracemalloc`), 'unknown');

/** The tree of a profile, two blanks a level, with bytes and blocks that are a place's own. */
function stackText(profile: Profile): string {
  const { contexts } = profile;
  const depth: number[] = [];
  const rows = Array.from(contexts!.frame, (frame, context) => {
    depth[context] = (depth[contexts!.parent[context]!] ?? -1) + 1;
    const own = contexts!.self.map((column) => column[context]).join(' ');
    return `${'  '.repeat(depth[context])}${getFrameKey(profile, frame)} ${own}`;
  });
  return rows.join('\n');
}

const KNOWN = `/app/main.py:10(main.py:10) 28 1
  /app/load.py:5(load.py:5) 0 0
    C:\\lib\\parse.py:70(parse.py:70) 172 2`;

it.each([0, 1, 2, 3, 4, 5])('turns tracebacks round, root first, in protocol %d', async (protocol) => {
  const group = await readKnown(`protocol-${protocol}`);
  expect(group).toMatchObject({ format: 'tracemalloc', writer: 'tracemalloc', warnings: [] });
  expect(group.about).toEqual([['traceback limit', '3']]);
  expect(group.profiles.map(({ name }) => name)).toEqual(['']);
  const profile = group.profiles[0]!;
  expect(stackText(profile)).toBe(KNOWN);
  expect(profile.metrics.map(({ name, unit }) => [name, unit])).toEqual([
    ['size', 'bytes'],
    ['blocks', 'count'],
  ]);
  expect(profile.traits.linesRan).toBe(true);
  expect([profile.contexts!.samples, profile.contexts!.stacks]).toEqual([3, 2]);
});

it('reads traces of three as Python up to 3.8 wrote them, and blocks beyond 32 bits', async () => {
  const { profiles } = await readKnown('py36');
  expect(stackText(profiles[0]!)).toBe(KNOWN.replace('172 2', `${100 + 2 ** 33} 2`));
});

it('keeps the domains of extension modules apart', async () => {
  const { profiles } = await readKnown('domains');
  expect(profiles.map(({ name }) => name)).toEqual(['Python', 'domain 389047']);
  expect(stackText(profiles[0]!)).toBe(KNOWN);
  expect(stackText(profiles[1]!)).toBe(
    KNOWN.replace('28 1', '0 0').replace('load.py:5) 0 0', 'load.py:5) 0 1').replace('172 2', '4096 1'),
  );
});

it('opens a snapshot without blocks', async () => {
  const { profiles, warnings } = await readKnown('empty');
  expect([profiles.length, profiles[0]!.contexts!.length, warnings]).toEqual([1, 0, []]);
});

it.each([
  ['K\x05', 'tracemalloc: expected a list of traces, found the number 5'],
  [']K\x05a', 'tracemalloc: expected a trace as (domain, size, frames), found the number 5'],
  [']K\x00NK\x01\x87a', 'tracemalloc: expected the size of a block, found None'],
  [']U\x01xK\x01)\x87a', 'tracemalloc: expected the domain of a trace, found the text "x"'],
  [']K\x00K\x01N\x87a', 'tracemalloc: expected the frames of a trace, found None'],
  [']K\x00K\x01K\x07\x85\x87a', 'tracemalloc: expected a frame as (file, line), found the number 7'],
])('refuses traces of another shape: %j', async (list, message) => {
  const text = `\x80\x02ctracemalloc\nSnapshot\n)\x81}U\x06tracesctracemalloc\n_Traces\n)\x81}U\x07_traces${list}sbsb.`;
  await expect(
    readBytes(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
      'unknown',
    ),
  ).rejects.toThrow(message);
});

it('counts blocks without a traceback', async () => {
  const text =
    '\x80\x02ctracemalloc\nSnapshot\n)\x81}U\x06tracesctracemalloc\n_Traces\n)\x81}U\x07_traces]K\x00K\x09)\x87asbsb.';
  const { profiles, warnings } = await readBytes(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    'unknown',
  );
  expect(stackText(profiles[0]!)).toBe(':0(<unknown>) 9 1');
  expect(warnings).toMatchObject([{ code: 'empty-traceback', count: 1 }]);
});
