import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getKey, type OracleEdges, readOracle } from '../../e2e/oracle.ts';
import { ProfileBuilder } from '../model/build.ts';
import { getFrameKey, getFrameName } from '../model/frame-key.ts';
import { readBytes } from '../readers/index.ts';
import { type Edge, findCallees, findCallers, getCallerCount } from './edges.ts';

describe('edges', () => {
  it('lists callers and callees with the widest edge first and unknown ones last', () => {
    const builder = new ProfileBuilder();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => builder.addFrame(name, 'x.py', 1)) as [
      number,
      number,
      number,
      number,
    ];
    builder.addCall(a, d, { calls: 9, self: [1], total: [1] });
    builder.addCall(b, d, { calls: 2 });
    builder.addCall(c, d, { calls: 1, self: [5], total: [5] });
    builder.addCall(d, d, { calls: 3 });
    const profile = builder.build();
    const names = (edges: Edge[]) => edges.map((edge) => getFrameName(profile, edge.frame)).join(' ');
    expect(names(findCallers(profile, d))).toBe('c a d b');
    expect(names(findCallees(profile, d))).toBe('d');
    expect(names(findCallees(profile, a))).toBe('d');
    expect(findCallers(profile, a)).toEqual([]);
    expect(getCallerCount(profile, d)).toBe(4);
  });

  it.each(['notes', 'lib2to3', 'pydoc'])('has the callers and callees that pstats has for %s', async (name) => {
    const oracle = readOracle(name);
    const bytes = readFileSync(new URL(`../../public/samples/${name}.prof`, import.meta.url));
    const profile = (await readBytes(bytes, `${name}.prof`)).profiles[0]!;
    const frames = new Map(
      Array.from({ length: profile.frames.length }, (_, frame) => [getFrameKey(profile, frame), frame]),
    );
    const compare = (edges: Edge[], expected: OracleEdges, of: string) => {
      expect(edges.length, of).toBe(expected.count);
      for (const each of expected.widest) {
        const edge = edges.find(({ frame }) => getFrameKey(profile, frame) === getKey(each))!;
        expect([edge.calls, edge.primitiveCalls], of).toEqual([each.calls, each.primitiveCalls]);
        expect(edge.self).toBeCloseTo(each.self, 12);
        expect(edge.total).toBeCloseTo(each.total, 12);
      }
    };
    for (const each of oracle.byTotal) {
      compare(findCallers(profile, frames.get(getKey(each))!), each.callers, getKey(each));
      compare(findCallees(profile, frames.get(getKey(each))!), each.callees, getKey(each));
    }
  });
});
