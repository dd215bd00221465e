import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../../shared/model/build.ts';
import { fixedTree } from '../../../shared/testing/fixed-tree.ts';
import { Certainty } from '../../../shared/tree/call-tree.ts';
import { buildFunctionRows } from '../../../shared/tree/function-rows.ts';
import { createSubtree } from '../../../shared/tree/subtree.ts';
import { getBlockAmounts, getEstimate, getFullPlace, getFunctionAmounts, getLabel, getPlaceParts } from './numbers.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

/** Tree `main > parse`, both opened: node 1 and node 2. */
function openedTree() {
  const tree = fixedTree('main 10\n  parse 4 ~');
  tree.open(0);
  tree.open(1);
  return tree;
}

describe('getBlockAmounts', () => {
  it('prints measured numbers plainly', () => {
    const { total, self } = getBlockAmounts(openedTree(), 1, 10);
    expect([total.text, total.share, self.text].map(plain)).toEqual(['10.0 s', '100 %', '6.00 s']);
  });

  it('marks every number of an estimated block', () => {
    const { total, self } = getBlockAmounts(openedTree(), 2, 10);
    expect([total.text, self.text].map(plain)).toEqual(['≈ 4.00 s', '≈ 4.00 s']);
  });

  it('tells a bounded total as a range', () => {
    const tree = openedTree();
    tree.certainty[2] = Certainty.bounded;
    tree.low[2] = 3.9;
    tree.high[2] = 4.1;
    expect(plain(getBlockAmounts(tree, 2, 10).total.text)).toBe('3.90–4.10 s');
  });

  it('leaves unknown calls unknown, also where the block is estimated', () => {
    const tree = openedTree();
    tree.calls[2] = Number.NaN;
    const { calls, perCall } = getBlockAmounts(tree, 2, 10);
    expect([calls.text, perCall.text]).toEqual(['–', '–']);
  });

  it('never says that less than one call was made', () => {
    const tree = openedTree();
    tree.calls[2] = 0.2;
    expect(plain(getBlockAmounts(tree, 2, 10).calls.text)).toBe('≈ 1');
  });
});

describe('getEstimate', () => {
  it('gives no reason for measured blocks', () => {
    expect(getEstimate(openedTree(), 1)).toBeNull();
    expect(getEstimate(openedTree(), 0)).toBeNull();
  });

  it('holds the bounds and the time of the block above', () => {
    expect(getEstimate(openedTree(), 2)).toMatchObject({ value: 4, low: 0, high: 8, above: 10, isCut: false });
  });

  it('does not take a tree that was cut at an estimated block for a recursion', () => {
    const cut = createSubtree(openedTree(), 2);
    expect(getEstimate(cut, 1)).toMatchObject({ shared: -1, isCut: true });
  });
});

describe('names and numbers of functions', () => {
  const builder = new ProfileBuilder();
  const frames = [
    ['parse', '/app/readers.py', 7],
    ['parse', '/app/states.py', 9],
    ["<method 'match' of 're.Pattern' objects>", '~', 0],
    ['collect', '/app/__init__.py', 0],
    ['_x', '/app/pkg/__init__.py', 3],
  ].map(([name, file, line]) => builder.addFrame(String(name), String(file), Number(line)));
  builder.setFunction(frames[0]!, { calls: 8, primitiveCalls: 2, self: [1], total: [3] });
  const profile = builder.build();

  it('puts the module before names that say too little', () => {
    expect(frames.map((frame) => getLabel(profile, frame))).toEqual([
      'readers.parse',
      'states.parse',
      're.Pattern.match',
      'collect',
      'pkg._x',
    ]);
    expect(getLabel(profile, -1)).toBe('all');
  });

  it('gives whole paths, and lines where there are some', () => {
    expect(frames.map((frame) => getFullPlace(profile, frame))).toEqual([
      '/app/readers.py:7',
      '/app/states.py:9',
      'built-in',
      '/app/__init__.py',
      '/app/pkg/__init__.py:3',
    ]);
  });

  it('gives file and directory apart, of Windows too', () => {
    expect(frames.map((frame) => getPlaceParts(profile, frame))).toEqual([
      { file: 'readers.py:7', directory: '/app' },
      { file: 'states.py:9', directory: '/app' },
      { file: 'built-in', directory: '' },
      { file: '__init__.py', directory: '/app' },
      { file: '__init__.py:3', directory: '/app/pkg' },
    ]);
    const more = new ProfileBuilder();
    for (const [file, line] of [
      ['C:\\a b\\m.py', 2],
      ['D:\\m.py', 3],
      ['m.py', 4],
      ['/m.py', 5],
    ] as const)
      more.addFrame('f', file, line);
    const windows = more.build();
    expect(Array.from({ length: 4 }, (_, frame) => getPlaceParts(windows, frame))).toEqual([
      { file: 'm.py:2', directory: 'C:\\a b' },
      { file: 'm.py:3', directory: 'D:\\' },
      { file: 'm.py:4', directory: '' },
      { file: 'm.py:5', directory: '/' },
    ]);
  });

  it('never says that a function took more than all of the time', () => {
    const rows = buildFunctionRows(profile);
    expect(plain(getFunctionAmounts(rows, frames[0]!, 3).total.share)).toBe('100 %');
    expect(plain(getFunctionAmounts(rows, frames[0]!, 3).self.share)).toBe('100 %');
  });

  it('tells the numbers of a function as the file states them', () => {
    const amounts = getFunctionAmounts(buildFunctionRows(profile), frames[0]!);
    expect(
      [
        amounts.total.text,
        amounts.total.share,
        amounts.calls.text,
        amounts.primitiveCalls.text,
        amounts.perCall.text,
      ].map(plain),
    ).toEqual(['3.00 s', '100 %', '8', '2', '1.50 s']);
    expect(getFunctionAmounts(buildFunctionRows(profile), frames[1]!).calls.text).toBe('–');
  });
});
