import { describe, expect, it } from 'vitest';
import { eachSample, readSample } from '../../testing/corpus.ts';
import { sumKnown, viewAsPstats } from '../../testing/pstats-view.ts';
import { readBytes } from '../index.ts';

/** What `oracle.py` found in a file with Python's own marshal. */
interface Facts {
  readonly functions: number;
  readonly missingCallers: number;
  readonly edges: number;
  readonly countEdges: number;
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly self: number;
  readonly top: readonly {
    name: string;
    calls: number;
    primitive: number;
    self: number;
    total: number;
    callers: number;
  }[];
  readonly edgeCalls: number;
  readonly edgeSelf: number;
  readonly edgeTotal: number;
}

function readOracle(name: string): Record<string, Facts> {
  return JSON.parse(new TextDecoder().decode(readSample(`pstats/${name}`))) as Record<string, Facts>;
}

const oracle = new Map(Object.entries({ ...readOracle('oracle.json'), ...readOracle('oracle-py27.json') }));
const WRITERS: readonly (readonly [string, string | null])[] = [
  ['orders-py27.prof', 'cProfile (Python 2)'],
  ['orders-py36.prof', 'cProfile (Python 3)'],
  ['orders-py315.prof', 'cProfile (Python 3)'],
  ['profile-module-py27.prof', 'profile (Python 2)'],
  ['profile-module-py311.prof', 'profile (Python 3)'],
  ['prun-D-orders.prof', 'cProfile (Python 3)'],
  ['pyinstrument-busy.pstats', 'pyinstrument'],
  ['sampling-py315-busy.pstats', 'profiling.sampling (Python 3.15 or newer)'],
  ['yappi-threads-cpu.pstat', null],
  ['yappi-recursive.prof', 'yappi (Python 3)'],
  ['empty-py311.prof', null],
];

function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-9, Math.abs(expected)));
}

describe('samples read as Python reads them', () => {
  const samples = eachSample('pstats');

  it('each has an oracle', () => {
    expect(samples.map((sample) => sample.name).sort()).toEqual([...oracle.keys()].sort());
  });

  it.each(samples.map((sample) => [sample.name, sample.bytes] as const))('%s', async (name, bytes) => {
    const facts = oracle.get(name)!;
    const profile = (await readBytes(bytes, 'unknown')).profiles[0]!;
    const { functions, calls, traits } = profile;
    expect(profile.frames.length).toBe(facts.functions + facts.missingCallers);
    expect(calls.length).toBe(facts.edges);
    expectClose(sumKnown(functions.self[0]!), facts.self);
    expectClose(sumKnown(calls.self[0]!), facts.edgeSelf);
    expectClose(sumKnown(calls.total[0]!), facts.edgeTotal);
    expect([...calls.self[0]!].filter(Number.isNaN).length).toBe(facts.countEdges);
    if (traits.hasCounts) {
      expectClose(sumKnown(functions.calls), facts.calls);
      expectClose(sumKnown(functions.primitiveCalls), facts.primitiveCalls);
      expectClose(sumKnown(calls.calls), facts.edgeCalls);
    }
    const view = viewAsPstats(profile);
    for (const top of facts.top) {
      const found = view.get(top.name)!;
      expect(found, top.name).toBeDefined();
      expectClose(found.self, top.self);
      expectClose(found.total, top.total);
      expect(found.callers.size).toBe(top.callers);
      if (!traits.hasCounts) expect([found.calls, found.primitiveCalls]).toEqual([Number.NaN, Number.NaN]);
      else expect([found.calls, found.primitiveCalls]).toEqual([top.calls, top.primitive]);
    }
  });
});

it.each(WRITERS)('tells the writer of %s as far as it shows', async (name, writer) => {
  expect((await readBytes(readSample(`pstats/${name}`), name)).writer).toBe(writer);
});

it('knows which sample holds samples, and which has no counts', async () => {
  const traitsOf = async (name: string) => (await readBytes(readSample(`pstats/${name}`), name)).profiles[0]!.traits;
  expect(await traitsOf('sampling-py315-busy.pstats')).toEqual({ sampled: true, hasCounts: true });
  expect(await traitsOf('pyinstrument-busy.pstats')).toEqual({ sampled: false, hasCounts: false });
  expect(await traitsOf('orders-py36.prof')).toEqual({ sampled: false, hasCounts: true });
});
