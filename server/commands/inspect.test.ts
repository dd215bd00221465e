import { describe, expect, it } from 'vitest';
import { readBytes } from '../../shared/readers/index.ts';
import { eachSample, readSample } from '../../shared/testing/corpus.ts';
import { type InspectOptions, parseCommandLine } from '../cli.ts';
import { inspect } from './inspect.ts';

interface Caller {
  readonly function: number;
  readonly calls: number | null;
  readonly self: readonly (number | null)[];
}
interface Described {
  readonly tsviz: string;
  readonly file: string;
  readonly format: string;
  readonly writer: string | null;
  readonly warnings: readonly { readonly code: string }[];
  readonly profiles: readonly {
    readonly name: string;
    readonly totals: Readonly<Record<string, number | null>> & { readonly self: readonly number[] };
    readonly functions: readonly {
      readonly name: string;
      readonly self: readonly (number | null)[];
      readonly callers: readonly Caller[];
    }[];
    readonly tree?: NodeJson;
  }[];
}
interface NodeJson {
  readonly name: string;
  readonly self: number;
  readonly total: number;
  readonly certainty: string;
  readonly low: number;
  readonly high: number;
  readonly children: readonly NodeJson[];
  readonly omitted?: { readonly nodes: number; readonly total: number };
}

function parse(line: string): InspectOptions {
  const request = parseCommandLine(['inspect', 'x', ...line.split(' ').filter(Boolean)], '0.0.0');
  if (request.verb !== 'inspect') throw new Error('not the verb inspect');
  return request.options;
}

async function textOf(sample: string, line = ''): Promise<string> {
  const group = await readBytes(readSample(sample), 'app.prof');
  return inspect(group, { file: 'app.prof', version: '1.2.3' }, parse(line));
}

const jsonOf = async (sample: string, line = ''): Promise<Described> =>
  JSON.parse(await textOf(sample, `--json ${line}`));

function* walk(root: NodeJson): Generator<NodeJson> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    stack.push(...node.children);
  }
}

describe('inspect --json', () => {
  it('says what the file is, and its totals as pstats has them', async () => {
    const { profiles, warnings, ...head } = await jsonOf('pstats/orders-py36.prof');
    expect(head).toEqual({ tsviz: '1.2.3', file: 'app.prof', format: 'pstats', writer: 'cProfile (Python 3)' });
    expect(warnings).toEqual([]);
    expect(profiles[0]?.totals).toEqual({
      self: [0.020683000000000003],
      calls: 55925,
      primitiveCalls: 51403,
      functions: 244,
      edges: 410,
      contexts: null,
      stacks: null,
      depth: null,
      samples: null,
    });
  });

  it('lists functions by self, falling, and callers by their place in the whole list', async () => {
    const whole = (await jsonOf('pstats/orders-py36.prof')).profiles[0]?.functions ?? [];
    const selfs = whole.map(({ self }) => self[0] ?? Number.NaN);
    expect(selfs).toEqual(selfs.toSorted((a, b) => b - a));
    const cut = (await jsonOf('pstats/orders-py36.prof', '-n 1')).profiles[0]?.functions ?? [];
    expect(cut).toEqual(whole.slice(0, 1));
    expect(whole[cut[0]?.callers[0]?.function ?? -1]?.name).toBe('main');
  });

  it.each(['pstats/pyinstrument-busy.pstats', 'bad/negative-counts.prof'])(
    'has null for what %s does not know',
    async (sample) => {
      const [profile] = (await jsonOf(sample)).profiles;
      expect(profile?.totals.calls).toBeNull();
      expect(profile?.functions[0]).toMatchObject({ calls: null, primitiveCalls: null });
    },
  );

  it('counts functions of the file, and lists callers that it does not list with nothing known', async () => {
    const [profile] = (await jsonOf('pstats/orphan-caller.prof')).profiles;
    const unknown = profile?.functions.filter(({ self }) => self[0] === null) ?? [];
    expect(unknown.length).toBeGreaterThan(0);
    expect(profile?.totals.functions).toBe((profile?.functions.length ?? 0) - unknown.length);
  });
});

describe('inspect --json --tree', () => {
  it('of every sample keeps children within their parent, widest first', async () => {
    for (const { name } of eachSample('pstats')) {
      const tree = (await jsonOf(`pstats/${name}`, '--tree --max-nodes 500')).profiles[0]?.tree;
      if (tree === undefined) throw new Error(`${name} has no tree`);
      expect(tree.name).toBe('all');
      for (const node of walk(tree)) {
        const below = node.children.reduce((sum, child) => sum + child.total, 0) + (node.omitted?.total ?? 0);
        expect(node.self + below - node.total, `${name} ${node.name}`).toBeLessThanOrEqual(
          1e-6 * Math.max(1, tree.total),
        );
        expect(['exact', 'matched', 'bounded', 'inferred']).toContain(node.certainty);
        const totals = node.children.map((child) => child.total);
        expect(totals).toEqual(totals.toSorted((a, b) => b - a));
      }
    }
  });

  it('opens the widest first, so many nodes and no more, and counts what is left out', async () => {
    const tree = (await jsonOf('pstats/orders-py36.prof', '--tree --max-nodes 5 --min-share 0')).profiles[0]?.tree;
    const nodes = [...walk(tree as NodeJson)];
    expect(nodes.map(({ name }) => name.replace(/.*\((.*)\)$/, '$1'))).toEqual([
      'all',
      '<built-in method builtins.exec>',
      '<module>',
      'main',
      'gen_orders',
    ]);
    expect(nodes[3]?.omitted?.nodes).toBeGreaterThan(0);
  });

  it('leaves out what is narrower than --min-share', async () => {
    const tree = (await jsonOf('pstats/orders-py36.prof', '--tree --min-share 0.1')).profiles[0]?.tree as NodeJson;
    for (const node of walk(tree)) expect(node.total).toBeGreaterThanOrEqual(0.1 * tree.total);
  });

  it('may be deeper than any stack of ours', async () => {
    const line = '--json --tree --min-share 0 --max-nodes 20000';
    expect(await textOf('pstats/direct-recursion-py311.prof', line)).toContain('"tree":{"name":"all"');
  });
});

describe('inspect', () => {
  it('tells people the same in a few lines', async () => {
    expect(await textOf('pstats/orders-py36.prof', '-n 2')).toBe(
      [
        'app.prof: pstats, written by cProfile (Python 3)',
        '  55,925 calls · 51,403 primitive calls · 20.7\u202fms · 244 functions · 410 edges',
        '',
        'Most time of their own:',
        '     2.36\u202fms  orders.py:61(gen_orders)',
        '     1.69\u202fms  /home/app/py/versions/3.6.15/lib/python3.6/json/encoder.py:204(iterencode)',
        '',
      ].join('\n'),
    );
  });

  it('tells notes about the file', async () => {
    expect(await textOf('bad/trailing-garbage-pstats.prof')).toContain(
      'Notes about the file:\n  140 bytes follow the end of the profile',
    );
  });

  it.each(['', '--json', '--json --tree'])('leaves nothing for a terminal to obey (%s)', async (line) => {
    expect(await textOf('bad/html-injection.prof', line)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
