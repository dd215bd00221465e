/**
 * Rebuilt trees of small programs, as a person would check them.
 */
import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { profileOf, profileOfCalls } from '../testing/profile-of.ts';
import { findBrokenRule } from '../testing/tree-rules.ts';
import { type TreeTextOptions, treeText } from '../testing/tree-text.ts';
import { openWidest } from '../testing/widest-first.ts';
import { createCallersTree, createCallTree, createTreeOfFunction } from './call-graph-tree.ts';
import { type CallTree, Certainty } from './call-tree.ts';
import { getContextCache } from './context/context-cache.ts';
import { findNode } from './paths.ts';
import { prepareCallGraph } from './prepare.ts';

function openTree(profile: Profile): CallTree {
  return createCallTree(profile, prepareCallGraph(profile));
}

function show(profile: Profile, options?: TreeTextOptions): string {
  return `\n${treeText(openTree(profile), options)}\n`;
}

function codesOf(profile: Profile): string[] {
  return prepareCallGraph(profile).warnings.map(({ code }) => code);
}

describe('what the file proves', () => {
  it('an empty profile is a root of nothing', () => {
    const tree = openTree(profileOfCalls(''));
    expect([tree.length, tree.total[0], tree.childCount[0], tree.firstChild[0]]).toEqual([1, 0, 0, 0]);
  });

  it('one function is one node', () => {
    const tree = openTree(profileOf('main 3'));
    openWidest(tree, 10);
    expect(treeText(tree)).toBe('main 3');
    expect([tree.length, tree.calls[1], tree.self[1], tree.certainty[1]]).toEqual([2, 1, 3, Certainty.exact]);
  });

  it('a chain of single callers is exact to its end', () => {
    const profile = profileOf('main;a;b;c 1 x7 \n main;a;b 2 \n main;d 4');
    expect(show(profile)).toBe(`
main 7
  d 4
  a 3
    b 3
      c 1
`);
  });

  it('shows every root, the costliest first', () => {
    expect(show(profileOf('start 1 \n start;f 2 \n thread 4 \n end;f 1'))).toBe(`
thread 4
start 3
  f 2
end 1
  f 1
`);
  });

  it('a function is a root and is called from inside too', () => {
    expect(show(profileOf('exec 1 \n exec;main 1 \n exec;main;exec 2 \n exec;main;exec;f 3'), { depth: 4 })).toBe(`
exec 7
  main 6
    exec 5
      f 3
`);
  });

  it('a callee that ran once goes to the only caller with as much time', () => {
    expect(show(profileOf('main;a;run;big 9 \n main;b;run;small 1 \n main;b;run;small 1 x3'))).toBe(`
main 11
  a 9
    run 9
      big 9
  b 2
    run 2
      small 2
`);
  });

  it('sums that are equal to the nanosecond are matched, and said to be', () => {
    const stacks = 'main;a;run;x 3.000100007 x2 \n main;a;run;y 1.700000011 x4 \n main;b;run;z 4.100020013 x3';
    expect(show(profileOf(`${stacks} \n main;b;run;v 2.900070029 x2`), { digits: 1 })).toBe(`
main 11.7
  b 7
    run 7
      z 4.1 =
      v 2.9 =
  a 4.7
    run 4.7
      x 3 =
      y 1.7 =
`);
  });

  it('sums that are equal because the clock is coarse are not matched', () => {
    expect(show(profileOf('main;a;f;g 3 \n main;a;f;h 1 \n main;b;f;g 1 \n main;b;f;h 2'), { digits: 1 })).toBe(`
main 7
  a 4
    f 4
      g 2.3 ~1..4
      h 1.7 ~0..3
  b 3
    f 3
      g 1.7 ~0..3
      h 1.3 ~0..3
`);
  });

  it('what nothing proves is estimated, between bounds that hold', () => {
    expect(show(profileOf('main;a;run;f 4 x2 \n main;a;run;g 2 x2 \n main;b;run;f 1 x2 \n main;b;run;g 5 x2'))).toBe(`
main 12
  a 6
    run 6
      g 3.5 ~1..6
      f 2.5 ~0..5
  b 6
    run 6
      g 3.5 ~1..6
      f 2.5 ~0..5
`);
  });
});

describe('recursion', () => {
  // fib(20): 21891 calls, one of them from outside; 3 s in the function itself.
  const fib = profileOfCalls('main 1 1 4 \n main > fib 1 0.001 3 \n fib > fib 21890/2 2.999 2.999 \n fib 21891/1 3 3');

  it('first calls are exact, deeper ones estimated and ever narrower', () => {
    const tree = openTree(fib);
    const widths = [];
    for (let node = findNode(tree, [0, 1]); widths.length < 6; node = tree.firstChild[node]!) {
      tree.open(node);
      widths.push({ total: tree.total[node]!, self: tree.self[node]!, certainty: tree.certainty[node]! });
    }
    expect(widths[0]).toEqual({ total: 3, self: 0.001, certainty: Certainty.exact });
    expect(widths[1]!.total).toBe(2.999);
    expect(widths[1]!.certainty).toBe(Certainty.exact);
    for (let depth = 2; depth < widths.length; depth++) {
      expect(widths[depth]!.certainty).toBe(Certainty.inferred);
      expect(widths[depth]!.total).toBeLessThan(widths[depth - 1]!.total);
    }
  });

  it('opening ten thousand nodes of it neither hangs nor overflows', () => {
    const tree = openTree(fib);
    openWidest(tree, 10_000);
    expect(findBrokenRule(tree)).toBe(null);
  });

  it('functions that call each other keep their self time and calls over the tree', () => {
    const stacks = 'main 1 \n main;even 1 \n main;even;odd 1 \n main;even;odd;even 1 \n main;even;odd;even;odd 1';
    const tree = openTree(profileOf(stacks));
    const self = new Float64Array(3);
    const calls = new Float64Array(3);
    for (const node of openWidest(tree, 2000)) {
      self[tree.frame[node]!]! += tree.self[node]!;
      calls[tree.frame[node]!]! += tree.calls[node]!;
    }
    expect([...self].map((value) => value.toFixed(4))).toEqual(['1.0000', '2.0000', '2.0000']);
    expect([...calls].map((value) => value.toFixed(3))).toEqual(['1.000', '2.000', '2.000']);
  });

  it('a function that never ran inside itself is not drawn below itself', () => {
    // The edges make a circle, but no call of x or y was made inside another one.
    expect(show(profileOf('main;x 1 \n main;x;y 2 \n main;y 4 \n main;y;x 3'))).toBe(`
main 10
  y 7
    x 3
  x 3
    y 2
`);
  });
});

describe('files that say less, or contradict themselves', () => {
  it('callers with counts only get times by count, and are estimates', () => {
    const text =
      'main 1 1 9 \n a 1 1 5.5 \n b 1 1 2.5 \n f 4 6 6 \n main > a 1 ? ? \n main > b 1 ? ? \n a > f 3 ? ? \n b > f 1 ? ?';
    expect(show(profileOfCalls(text))).toBe(`
main 9
  a 5.5
    f 4.5 ~0..4.5
  b 2.5
    f 1.5 ~0..1.5
`);
    expect(codesOf(profileOfCalls(text))).toContain('calls-without-times');
  });

  it('a caller without an entry is a function all the same', () => {
    const profile = profileOfCalls('f 2 3 3 \n lost ? ? ? \n lost > f 2 3 3');
    expect(show(profile)).toBe('\nlost 3\n  f 3\n');
    expect(codesOf(profile)).toEqual(['caller-without-entry']);
  });

  it('totals that the file does not tell are at least the own times, and no contradiction', () => {
    expect(codesOf(profileOfCalls('main 1 2 ? \n f 1 3 3'))).not.toContain('total-below-self');
    expect(codesOf(profileOfCalls('main 1 2 1 \n f 1 3 3'))).toContain('total-below-self');
  });

  it('a function without numbers is nobody’s caller where there are no calls', () => {
    expect(codesOf(profileOfCalls('f 1 3 3 \n lost ? ? ?'))).toEqual([]);
  });

  it('negative and impossible times are zero, counted and named', () => {
    const profile = profileOfCalls('main 1 -5 3 \n main > f 1 4 2 \n f 1 4 2');
    const { warnings } = prepareCallGraph(profile);
    expect(warnings.find(({ code }) => code === 'negative-time')).toEqual({
      code: 'negative-time',
      message: 'A time is negative; the tree takes it as 0.',
      where: 'app.py:1(main)',
      count: 1,
    });
    expect(findBrokenRule(openTree(profile))).toBe(null);
  });

  it('callees of more time than their callers have are cut down to them', () => {
    const tree = openTree(profileOfCalls('main 1 1 3 \n main > a 1 5 5 \n a 1 5 5'));
    openWidest(tree, 10);
    expect(findBrokenRule(tree)).toBe(null);
    expect(tree.total[findNode(tree, [0, 1])]).toBeLessThanOrEqual(3);
  });

  it('calls are unknown where the file has none, or counts samples', () => {
    const text = 'main 1 1 3 \n main > a 2 2 2 \n a 2 2 2';
    for (const traits of [
      { sampled: true, hasCounts: true },
      { sampled: false, hasCounts: false },
    ]) {
      const tree = openTree(profileOfCalls(text, { traits }));
      openWidest(tree, 10);
      expect([...tree.calls.subarray(0, tree.length)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
  });
});

describe('trees from a function', () => {
  const stacks = 'main;a;f;g 3 \n main;a;f;h 1 \n main;b;f;g 1 \n main;b;f;h 2 \n main;b;f 1';

  it('below it: its callees, measured, wherever it is called from', () => {
    const profile = profileOf(stacks);
    const tree = createTreeOfFunction(profile, prepareCallGraph(profile), 2);
    expect(treeText(tree)).toBe('f 8\n  g 4\n  h 3');
    expect(tree.self[1]).toBe(1);
    expect(tree.calls[1]).toBe(2);
  });

  it('above it: its callers, and theirs', () => {
    const profile = profileOf(`${stacks} \n main;c;a;f;g 2`);
    const prepared = prepareCallGraph(profile);
    expect(`\n${treeText(createCallersTree(profile, prepared, 2))}\n`).toBe(`
f 10
  a 6
    main 4
    c 2
      main 2
  b 4
    main 4
`);
    expect(treeText(createCallersTree(profile, prepared, 0))).toBe('main 10');
  });

  it('of a recursive function: its outermost calls, so that no time is counted twice', () => {
    const profile = profileOf('main;f 1 \n main;f;f 1 \n main;f;f;f 1 \n main;g;f 2');
    const prepared = prepareCallGraph(profile);
    const tree = createTreeOfFunction(profile, prepared, 1);
    expect([tree.total[1], profile.functions.total[0]![1]]).toEqual([5, 5]);
    expect(createCallersTree(profile, prepared, 1).total[1]).toBe(5);
  });
});

describe('a prepared graph', () => {
  it('is plain data: a copy made for another thread gives the same tree', () => {
    const profile = profileOf('main;a;f;g 3 \n main;a;f;h 1 \n main;b;f;g 1 \n main;b;f;f 2');
    const prepared = prepareCallGraph(profile);
    const copy = structuredClone({ profile, prepared });
    expect(treeText(createCallTree(copy.profile, copy.prepared), { depth: 6 })).toBe(
      treeText(createCallTree(profile, prepared), { depth: 6 }),
    );
  });

  it('has the matrix of a function solved when its first node is opened, and no other one', () => {
    const profile = profileOf('main;a;f;g 3 \n main;a;f;h 1 \n main;b;f;g 1 \n main;b;f;h 2');
    const prepared = prepareCallGraph(profile);
    const solved = getContextCache(profile, prepared);
    const tree = createCallTree(profile, prepared);
    expect(solved.size).toBe(0);
    tree.open(1);
    expect(solved.size).toBe(1);
    const shared = [findNode(tree, [0, 1, 2, 3]), findNode(tree, [0, 5, 2, 3])];
    expect(shared.every((node) => node > 0)).toBe(true);
    expect(solved.size).toBe(4); // main, a, b, and f once
  });

  it('is of one metric, in its own unit', () => {
    const profile = profileOfCalls('main 1 10 30 \n main > a 2 20 20 \n a 2 20 20', {
      metrics: [{ name: 'memory', unit: 'bytes' }],
    });
    expect(show(profile)).toBe('\nmain 30\n  a 20\n');
  });
});
