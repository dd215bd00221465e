import { describe, expect, it } from 'vitest';
import { getString } from '../model/strings.ts';
import { fixedTree } from '../testing/fixed-tree.ts';
import type { CallTree } from '../tree/call-tree.ts';
import type { Blocks } from './blocks.ts';
import { type LayoutOptions, layoutBlocks } from './layout.ts';
import { measuredShare } from './measured.ts';

const ALL: LayoutOptions = {
  root: 0,
  minWidth: 0.01,
  maxDepth: Number.POSITIVE_INFINITY,
  cutoff: 0,
  measuredOnly: false,
  unfolded: new Set(),
};

/** One line per level: `name x0..x1` in thousandths. */
function blocksText(tree: CallTree, blocks: Blocks): string {
  const rows: string[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const frame = tree.frame[blocks.node[i]!]!;
    const name = frame < 0 ? 'all' : getString(tree.profile.strings, tree.profile.frames.name[frame]!);
    const kinds = [name, 'self', `+${blocks.count[i]}`, `(${name})`, 'gap'];
    const range = `${Math.round(blocks.x0[i]! * 1000)}..${Math.round(blocks.x1[i]! * 1000)}`;
    const text = `${kinds[blocks.kind[i]!]} ${range}`;
    const depth = blocks.depth[i]!;
    rows[depth] = rows[depth] === undefined ? text : `${rows[depth]} | ${text}`;
  }
  return rows.join('\n');
}

function layoutText(text: string, options: Partial<LayoutOptions> = {}): string {
  const tree = fixedTree(text);
  return blocksText(tree, layoutBlocks(tree, { ...ALL, ...options }));
}

const SHOP = `
main 100
  pay 30
  load 50
    read 40
  tick 0.4
  tock 0.5`;

describe('layout', () => {
  it('places children widest first, then self time, and leaves what is too small empty', () => {
    expect(layoutText(SHOP)).toBe(
      ['main 0..1000', 'load 0..500 | pay 500..800 | self 800..991', 'read 0..400 | self 400..500'].join('\n'),
    );
  });

  it('gathers and counts what is narrower than a block once it is wide enough together', () => {
    expect(layoutText(SHOP, { minWidth: 0.006 })).toBe(
      ['main 0..1000', 'load 0..500 | pay 500..800 | self 800..991 | +2 991..1000', 'read 0..400 | self 400..500'].join(
        '\n',
      ),
    );
  });

  it('gives every block the width of the value it prints', () => {
    const tree = fixedTree(SHOP);
    const blocks = layoutBlocks(tree, { ...ALL, minWidth: 0.006 });
    for (let i = 0; i < blocks.length; i++) {
      expect(blocks.x1[i]! - blocks.x0[i]!).toBeCloseTo(blocks.value[i]! / 100, 12);
    }
  });

  it('shows the only root instead of "all", and "all" over several', () => {
    expect(layoutText('main 10')).toBe('main 0..1000');
    expect(layoutText('main 6\nworker 4')).toBe('all 0..1000\nmain 0..600 | worker 600..1000');
    expect(layoutText('main 10\ndisable 0.000001')).toBe('main 0..1000');
  });

  it('lays out below any node', () => {
    const tree = fixedTree(SHOP);
    layoutBlocks(tree, ALL);
    const load = 2;
    expect(blocksText(tree, layoutBlocks(tree, { ...ALL, root: load }))).toBe(
      'load 0..1000\nread 0..800 | self 800..1000',
    );
  });

  it('opens nothing that is too narrow to see, and nothing out of view', () => {
    const text = 'main 100\n  a 60\n    b 60\n  c 39\n    d 39\n  e 1\n    f 1';
    const narrow = fixedTree(text);
    layoutBlocks(narrow, { ...ALL, minWidth: 0.5 });
    expect(narrow.opened.map((node) => narrow.total[node])).toEqual([100, 100, 60]);
    const viewed = fixedTree(text);
    expect(blocksText(viewed, layoutBlocks(viewed, { ...ALL, view: [0.7, 0.8] }))).toBe(
      'main 0..1000\na 0..600 | c 600..990 | e 990..1000\nd 600..990',
    );
  });

  it('stops at a depth and at a cutoff when asked', () => {
    expect(layoutText(SHOP, { maxDepth: 1 })).toBe('main 0..1000\nload 0..500 | pay 500..800 | self 800..991');
    expect(layoutText(SHOP, { cutoff: 0.35 })).toBe(
      'main 0..1000\nload 0..500 | self 500..691 | +3 691..1000\nread 0..400 | self 400..500',
    );
  });

  const DEEP = `
f 100 ~
  f 90 ~
    f 80 ~
      f 70 ~
        f 60 ~
          f 50 ~
            f 40 ~
              f 30 ~`;

  it('folds an estimated recursion that is already three times on the path', () => {
    expect(layoutText(DEEP).split('\n').at(-1)).toBe('(f) 0..700 | self 700..800');
  });

  it('does not fold what was measured', () => {
    expect(layoutText(DEEP.replaceAll(' ~', ''))).not.toContain('(');
  });

  it('opens a folded recursion by another three when it is unfolded or zoomed', () => {
    const tree = fixedTree(DEEP);
    const folded = 4;
    layoutBlocks(tree, ALL);
    expect(
      blocksText(tree, layoutBlocks(tree, { ...ALL, unfolded: new Set([folded]) }))
        .split('\n')
        .at(-1),
    ).toBe('(f) 0..400 | self 400..500');
    expect(
      blocksText(tree, layoutBlocks(tree, { ...ALL, root: folded }))
        .split('\n')
        .at(-1),
    ).toBe('(f) 0..571 | self 571..714');
  });

  it('leaves a gap where only measured blocks are wanted', () => {
    const text = 'main 100\n  a 40\n  b 30 ~\n  c 20 ~\n  d 5';
    expect(layoutText(text, { measuredOnly: true })).toBe(
      'main 0..1000\na 0..400 | gap 400..900 | d 900..950 | self 950..1000',
    );
  });

  it('says how much of the drawn width is measured', () => {
    const tree = fixedTree('main 100\n  a 40\n  b 40 ~\n  c 0.4 ~');
    const share = measuredShare(layoutBlocks(tree, { ...ALL, minWidth: 0.001 }), tree);
    expect(share.measured).toBeCloseTo(140 / 180, 12);
    expect(share.estimated).toBeCloseTo(40 / 180, 12);
  });

  it('draws a profile without any time as one block', () => {
    expect(layoutText('main 0\n  a 0')).toBe('main 0..1000');
    expect(layoutText('')).toBe('all 0..1000');
  });

  it('leaves the narrowest closed when there are too many, and says that something is there', () => {
    expect(layoutText(SHOP, { mostNodes: 1 })).toBe(
      'main 0..1000\nload 0..500 | pay 500..800 | self 800..991\n+0 0..500',
    );
  });

  it('leaves closed what is too deep, says so, and goes on from there when it is zoomed', () => {
    const text = 'a 10\n  b 10\n    c 10\n      d 10\n  e 0';
    expect(layoutText(text, { mostLevels: 2 })).toBe('a 0..1000\nb 0..1000\nc 0..1000\n+0 0..1000');
    const tree = fixedTree(text);
    layoutBlocks(tree, { ...ALL, mostLevels: 2 });
    const c = tree.length - 1;
    expect(blocksText(tree, layoutBlocks(tree, { ...ALL, root: c, mostLevels: 2 }))).toBe('c 0..1000\nd 0..1000');
  });

  it('says of a leaf at the last level nothing', () => {
    expect(layoutText('a 10\n  b 9\n    c 8', { mostLevels: 2 })).toBe(
      'a 0..1000\nb 0..900 | self 900..1000\nc 0..800 | self 800..900',
    );
  });

  it('lays out a chain of 100,000 levels in less time than a person notices', () => {
    const depth = 100_000;
    const tree = fixedTree('main 1');
    const chain: CallTree = {
      ...tree,
      profile: tree.profile,
      length: depth,
      frame: new Int32Array(depth),
      parent: Int32Array.from({ length: depth }, (_, i) => i - 1),
      firstChild: Int32Array.from({ length: depth }, (_, i) => (i + 1 < depth ? i + 1 : 0)),
      childCount: Int32Array.from({ length: depth }, (_, i) => (i + 1 < depth ? 1 : 0)),
      depth: Int32Array.from({ length: depth }, (_, i) => i),
      total: new Float64Array(depth).fill(1),
      self: new Float64Array(depth),
      certainty: new Uint8Array(depth).fill(3),
      open: () => undefined,
    };
    const start = performance.now();
    const blocks = layoutBlocks(chain, { ...ALL, root: 1, mostNodes: depth, mostLevels: depth });
    expect(blocks.maxDepth).toBe(depth - 2);
    // Quadratic climbing takes half a minute here; the bound is far from both.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
