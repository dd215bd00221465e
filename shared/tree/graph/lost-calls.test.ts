import { describe, expect, it } from 'vitest';
import type { Profile } from '../../model/profile.ts';
import { profileOfCalls } from '../../testing/profile-of.ts';
import { treeText } from '../../testing/tree-text.ts';
import { openWidest } from '../../testing/widest-first.ts';
import { createCallTree } from '../call-graph-tree.ts';
import { type CallTree, Certainty } from '../call-tree.ts';
import { findNode } from '../paths.ts';
import { prepareCallGraph } from '../prepare.ts';

/** What `python -m cProfile -m app` leaves behind when a library evaluates a string: two `<string>`, one entry. */
const LOST = `
  exec          2/1  1  95
  string        1    2  2
  eval          1    1  3
  run           1    3  94
  app           1    60 90
  other         1    0  3
  run > exec    1    0  90
  eval > string 1    2  2
  string > run  1    3  94
  exec > app    1    60 90
  other > eval  1    1  3
  app > other   1    0  3
  app > work    9    27 27
  work          9    27 27
`;

function openTree(profile: Profile): CallTree {
  const tree = createCallTree(profile, prepareCallGraph(profile));
  openWidest(tree, 100);
  return tree;
}

function getCodes(profile: Profile): string[] {
  return prepareCallGraph(profile).warnings.map((warning) => warning.code);
}

describe('a call that the file lost to another one of the same label', () => {
  it('is put back where alone it fits, and said', () => {
    const profile = profileOfCalls(LOST);
    expect(getCodes(profile)).toContain('lost-call');
    const text = treeText(openTree(profile));
    expect(text.split('\n').map((line) => line.trim().split(' ')[0])).toEqual(
      'exec string run exec app work other eval string'.split(' '),
    );
  });

  it('is called matched, and what is below it is no surer', () => {
    const profile = profileOfCalls(LOST);
    const tree = openTree(profile);
    const [exec, string, , run] = [0, 1, 2, 3];
    const node = findNode(tree, [exec, string]);
    expect([tree.total[node], tree.certainty[node]]).toEqual([94, Certainty.matched]);
    const below = findNode(tree, [exec, string, run]);
    expect([tree.total[below], tree.certainty[below]]).toEqual([94, Certainty.matched]);
  });

  it('stays lost where two functions could have made it', () => {
    const profile = profileOfCalls(`${LOST}\n main2 1 0 99`);
    expect(getCodes(profile)).not.toContain('lost-call');
  });

  it('stays lost where it is too small to be seen', () => {
    const profile = profileOfCalls(
      'main 1 99.1 100 \n f 1 0.1 0.1 \n main > f 1 0.1 0.1 \n f > g 1 0.8 0.8 \n g 1 0.8 0.8',
    );
    expect(getCodes(profile)).not.toContain('lost-call');
  });

  it('leaves a graph alone in which nothing is lost', () => {
    const profile = profileOfCalls('main 1 1 4 \n main > a 2 3 3 \n a 2 3 3');
    expect(getCodes(profile)).toEqual([]);
  });
});

describe('the one root of a circle', () => {
  it("has its function's own total when all outermost calls are the root's, whatever else was lost", () => {
    // exec's children add up to 0.5 more than all self times: another label took half a second with it.
    const profile = profileOfCalls(`
      exec        2/1 1    10
      main        1   8.5  9
      exec > main 1   8.5  9
      main > exec 1   0    0
    `);
    const tree = openTree(profile);
    expect([tree.total[1], tree.certainty[1]]).toEqual([10, Certainty.exact]);
    const main = findNode(tree, [0, 1]);
    expect([tree.total[main], tree.certainty[main]]).toEqual([9, Certainty.exact]);
  });
});
