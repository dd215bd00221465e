import { describe, expect, it } from 'vitest';
import { buildProfile, ProfileBuilder } from './build.ts';
import { checkProfile } from './check.ts';
import { getFrameKey } from './frame-key.ts';
import { buildStringTable, getString } from './strings.ts';

function smallBuilder(): ProfileBuilder {
  const builder = new ProfileBuilder();
  const main = builder.addFrame('main', 'app.py', 1);
  const helper = builder.addFrame('helper', 'app.py', 9);
  builder.setFunction(main, { calls: 1, self: [1], total: [3] });
  builder.setFunction(helper, { calls: 5, primitiveCalls: 2, self: [2], total: [2] });
  builder.addCall(main, helper, { calls: 2, self: [1], total: [1] });
  builder.addCall(helper, helper, { calls: 2, primitiveCalls: 1, self: [0.5], total: [0.5] });
  builder.addCall(main, helper, { calls: 1, self: [0.5], total: [0.5] });
  return builder;
}

describe('ProfileBuilder', () => {
  it('gives one row to a frame that is added twice', () => {
    const builder = smallBuilder();
    expect(builder.addFrame('main', 'app.py', 1)).toBe(0);
    expect(builder.addFrame('main', 'app.py', 2)).toBe(2);
  });

  it('adds up calls of one pair and groups calls by callee', () => {
    const { calls } = smallBuilder().build();
    expect([...calls.caller]).toEqual([0, 1]);
    expect([...calls.callee]).toEqual([1, 1]);
    expect([...calls.calls]).toEqual([3, 2]);
    expect([...calls.primitiveCalls]).toEqual([3, 1]);
    expect([...calls.self[0]!]).toEqual([1.5, 0.5]);
  });

  it('leaves unknown what it was not told', () => {
    const builder = new ProfileBuilder();
    builder.addFrame('f', 'app.py', 1);
    const { functions } = builder.build();
    expect([functions.calls[0], functions.self[0]![0]]).toEqual([Number.NaN, Number.NaN]);
  });

  it('names frames by file, line and name, whatever these are', () => {
    const builder = new ProfileBuilder();
    for (const name of ['__proto__', 'constructor', '<lambda>', 'ü 漢']) builder.addFrame(name, '/a b.py', -1);
    const profile = builder.build();
    expect([0, 1, 2, 3].map((frame) => getFrameKey(profile, frame))).toEqual([
      '/a b.py:-1(__proto__)',
      '/a b.py:-1(constructor)',
      '/a b.py:-1(<lambda>)',
      '/a b.py:-1(ü 漢)',
    ]);
  });
});

describe('checkProfile', () => {
  const good = () => smallBuilder().build();

  it('accepts what builders make', () => {
    expect(() => checkProfile(good())).not.toThrow();
  });

  it.each([
    [
      'a caller outside the frames',
      () => ({ ...good(), calls: { ...good().calls, caller: Int32Array.of(0, 7) } }),
      'calls.caller[1]',
    ],
    [
      'a pair that occurs twice',
      () => ({ ...good(), calls: { ...good().calls, caller: Int32Array.of(0, 0) } }),
      'one row only (row 1)',
    ],
    [
      'a column that is too short',
      () => ({ ...good(), frames: { ...good().frames, length: 3 } }),
      'frames.name has one entry per frame',
    ],
    [
      'infinite time',
      () => ({ ...good(), functions: { ...good().functions, self: [Float64Array.of(1, Infinity)] } }),
      'numbers that are too large to be added up',
    ],
    [
      'a negative count',
      () => ({ ...good(), functions: { ...good().functions, calls: Float64Array.of(-1, 5) } }),
      'functions row 0',
    ],
    [
      'more primitive calls than calls',
      () => ({ ...good(), functions: { ...good().functions, calls: Float64Array.of(1, 1) } }),
      'functions row 1',
    ],
    [
      'a string outside the bytes',
      () => ({ ...good(), strings: { ...good().strings, bytes: new Uint8Array(3) } }),
      'lies within the bytes',
    ],
  ])('names the rule that %s breaks', (_, make, rule) => {
    expect(() => buildProfile(make())).toThrow(rule);
  });
});

describe('string table', () => {
  it('gives back its texts, and nothing for -1', () => {
    const table = buildStringTable(['a', '', '\ufeffü', 'a']);
    expect([0, 1, 2, 3, -1, 9].map((index) => getString(table, index))).toEqual(['a', '', '\ufeffü', 'a', '', '']);
  });
});
