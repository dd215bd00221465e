import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const HEAD = 'import time: self [us] | cumulative | imported package\n';
const ROWS = `import time:        10 |         10 |     json.scanner
import time:        20 |         30 |   json.decoder
import time:         5 |          5 |   json.encoder
import time:       100 |        134 | json
import time:         7 |          7 | site
`;

/** Paths of contexts with own time, in order of names. */
function pathsOf(profile: Profile): [string, number][] {
  const { frame, parent, self, length } = profile.contexts!;
  const paths: string[] = [];
  for (let at = 0; at < length; at++) {
    const above = parent[at]! < 0 ? '' : `${paths[parent[at]!]}/`;
    paths.push(above + getFrameName(profile, frame[at]!));
  }
  return paths.map((path, at): [string, number] => [path, self[0]![at]!]).sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('a log of imports', () => {
  it('has own times below 0 where threads import at once', async () => {
    const { profiles, warnings } = await read(`${HEAD}import time:        30 |         30 |   email
no newlineimport time:       -20 |         10 | http.client
`);
    expect(pathsOf(profiles[0]!)).toEqual([
      ['http.client', -20],
      ['http.client/email', 30],
    ]);
    expect([...profiles[0]!.functions.total[0]!].toSorted()).toEqual([10, 30]);
    expect([...profiles[0]!.samples!.start]).toEqual([0, 30]);
    expect(warnings).toEqual([]);
  });

  it('has children before their parents', async () => {
    const { profiles, about } = await read(HEAD + ROWS);
    expect(pathsOf(profiles[0]!)).toEqual([
      ['json', 100],
      ['json/json.decoder', 20],
      ['json/json.decoder/json.scanner', 10],
      ['json/json.encoder', 5],
      ['site', 7],
    ]);
    expect(profiles[0]!.metrics).toEqual([{ name: 'time', unit: 'microseconds' }]);
    expect(about).toEqual([['imports', '5']]);
  });

  it('says whole times itself: rounded row by row, they may be less than their parts', async () => {
    const { functions, contexts, frames } = (await read(HEAD + ROWS)).profiles[0]!;
    const json = frames.name.indexOf(frames.name[3]!);
    expect(functions.total[0]![json]).toBe(134);
    expect(Math.max(...contexts!.total[0]!)).toBe(135);
  });

  it('is a timeline: imports in their order, each import within the one that asked for it', async () => {
    const profile = (await read(HEAD + ROWS)).profiles[0]!;
    const { context, start, continued, end } = profile.samples!;
    const names = [...context].map((at) => getFrameName(profile, profile.contexts!.frame[at]!));
    expect(names).toEqual(['json.scanner', 'json.decoder', 'json.encoder', 'json', 'site']);
    expect([...start, end]).toEqual([0, 10, 30, 35, 135, 142]);
    expect([...continued]).toEqual([0, 2, 1, 1, 0]);
  });

  it('is found among whatever else was written to the error output, even on its own lines', async () => {
    const noisy = `warning: x\n${HEAD}Traceback:${ROWS.replace('import time:         5', '.import time:         5')}3 | 4 | x\n`;
    expect(pathsOf((await read(noisy)).profiles[0]!)).toEqual(pathsOf((await read(HEAD + ROWS)).profiles[0]!));
  });

  it('of 3.14 has imports from the cache: calls that take no time', async () => {
    const { profiles, about, warnings } = await read(
      `${HEAD}import time: cached    | cached     |   sys\nimport time: cached    | cached     |   sys\nimport time:       100 |        100 | app\n`,
    );
    expect(pathsOf(profiles[0]!)).toEqual([
      ['app', 100],
      ['app/sys', 0],
    ]);
    expect([...profiles[0]!.contexts!.calls!].sort()).toEqual([1, 2]);
    expect(about).toEqual([
      ['imports', '1'],
      ['cached imports', '2'],
    ]);
    expect(warnings).toMatchObject([{ code: 'cached-imports', count: 2 }]);
  });

  it('that breaks off shows what has no parent yet by itself, and says so', async () => {
    const cut = HEAD + ROWS.split('\n').slice(0, 3).join('\n');
    const { profiles, warnings } = await read(cut);
    expect(pathsOf(profiles[0]!).map(([path]) => path)).toEqual([
      'json.decoder',
      'json.decoder/json.scanner',
      'json.encoder',
    ]);
    expect(warnings).toMatchObject([{ code: 'missing-parent', count: 2 }]);
  });

  it('of several processes is several profiles', async () => {
    const { profiles } = await read(HEAD + ROWS + HEAD + ROWS.split('\n').slice(-2).join('\n'));
    expect(profiles.map(({ name, contexts }) => [name, contexts!.length])).toEqual([
      ['process 1', 5],
      ['process 2', 1],
    ]);
  });

  it('with a head alone is refused', async () => {
    await expect(read(HEAD)).rejects.toThrow('importtime: the log has a head, but no import');
  });
});
