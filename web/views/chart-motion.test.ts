import { describe, expect, it } from 'vitest';
import { BlockKind, type Blocks } from '../../shared/layout/blocks.ts';
import { layoutBlocks } from '../../shared/layout/layout.ts';
import { findBlock } from '../../shared/layout/pick.ts';
import { fixedTree } from '../../shared/testing/fixed-tree.ts';
import { project, type Scene, WHOLE } from '../paint/scene.ts';
import { readChartKey } from './chart-keys.ts';
import { findMotion, type Moment, type Picture } from './chart-motion.ts';
import { sayBlock } from './chart-speech.ts';

const tree = fixedTree(`
main 100
  load 60
  draw 40 ~
    line 40
work 100`);
const OPTIONS = { minWidth: 0.01, maxDepth: 99, cutoff: 0, measuredOnly: false, unfolded: new Set<number>() };
const layout = (root: number): Blocks => layoutBlocks(tree, { root, ...OPTIONS });
const sceneOf = (blocks: Blocks): Scene => ({
  blocks,
  color: new Uint8Array(blocks.length),
  flags: new Uint8Array(blocks.length),
  label: () => ({ texts: [] }),
});
const picture = (root: number): Picture => ({ scene: sceneOf(layout(root)), camera: WHOLE });
const all = picture(0);
const nodeOf = (total: number) => all.scene.blocks.node[all.scene.blocks.value.indexOf(total, 1)]!;
const draw = nodeOf(40);

/** Left and right edge and row of a node's block in the last layer that has it. */
function placeIn(moment: Moment, node: number): number[] {
  for (const { scene, camera } of [...moment.layers].reverse()) {
    const block = findBlock(scene.blocks, node);
    if (block < 0) continue;
    const edges = [scene.blocks.x0[block]!, scene.blocks.x1[block]!].map((x) => project(camera, x));
    return [...edges, scene.blocks.depth[block]! - camera.top].map((n) => Math.round(n * 1000) / 1000);
  }
  return [];
}

describe('a zoom on its way', () => {
  it('takes the block from its place to the whole width', () => {
    const motion = findMotion(tree, all, picture(draw))!;
    expect(placeIn(motion.at(1000), draw)).toEqual([0.3, 0.5, 2]);
    expect(placeIn(motion.at(1120), draw)).toEqual([0.15, 0.75, 1]);
    expect(placeIn(motion.at(1240), draw)).toEqual([0, 1, 0]);
  });

  it('takes it back again', () => {
    const motion = findMotion(tree, picture(draw), all)!;
    expect(placeIn(motion.at(0), draw)).toEqual([0, 1, 0]);
    expect(placeIn(motion.at(120), draw)).toEqual([0.15, 0.75, 1]);
    const end = motion.at(240);
    expect(end.done).toBe(true);
    expect(placeIn(end, draw)).toEqual([0.3, 0.5, 2]);
  });

  it('moves the coarser picture along with the finer one', () => {
    const moment = findMotion(tree, all, picture(draw))!.at(0);
    expect(moment.layers).toHaveLength(2);
    expect(placeIn({ ...moment, layers: [moment.layers[0]!] }, draw)).toEqual([0.3, 0.5, 2]);
    expect(moment.layers[0]!.hole).toBe(findBlock(all.scene.blocks, draw));
  });

  it('brings labels in over the last third', () => {
    const motion = findMotion(tree, all, picture(draw))!;
    motion.at(0);
    expect([0, 160, 200, 240].map((now) => Math.round(motion.at(now).labelAlpha * 100))).toEqual([0, 0, 50, 100]);
  });

  it('has nothing to move between pictures that do not contain each other', () => {
    expect(findMotion(tree, picture(nodeOf(60)), picture(draw))).toBe(null);
    expect(findMotion(tree, all, all)).toBe(null);
  });
});

describe('keys in a chart', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
    readChartKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

  it('walk, zoom and go out', () => {
    expect(
      ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter', 'Backspace', 'Escape'].map((key) => press(key)),
    ).toEqual(['parent', 'child', 'previous', 'next', 'zoom', 'out', 'out']);
  });

  it('leave all others, and those with modifiers, to the page', () => {
    expect([press('x'), press('ArrowUp', { altKey: true }), press('Enter', { ctrlKey: true })]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('what is said of a block', () => {
  const { blocks } = all.scene;
  const say = (node: number) =>
    sayBlock(tree, tree.total[0]!, blocks, findBlock(blocks, node)).replaceAll('\u202f', ' ');

  it('has name, time, share, level and certainty', () => {
    expect(say(nodeOf(60))).toBe('app.load, 60.0 s, 30.0 % of all, level 3, measured');
    expect(say(draw)).toBe('app.draw, about 40.0 s, 20.0 % of all, level 3, estimated, between 0 s and 80.0 s');
    expect(say(0)).toBe('all, 200 s, 100 % of all, level 1, all roots');
  });

  it('names self time as what it is', () => {
    const one = fixedTree('main 10\n  a 4');
    const shown = layoutBlocks(one, { root: 0, ...OPTIONS });
    const self = shown.kind.indexOf(BlockKind.self);
    expect(sayBlock(one, one.total[0]!, shown, self).replaceAll('\u202f', ' ')).toBe(
      'self time of app.main, 6.00 s, 60.0 % of all, level 2',
    );
  });

  it('says how to go on below the last level', () => {
    const deep = fixedTree('main 10\n  a 10\n    b 4');
    const shown = layoutBlocks(deep, { root: 0, ...OPTIONS, mostLevels: 1 });
    expect(sayBlock(deep, deep.total[0]!, shown, shown.length - 1).replaceAll('\u202f', ' ')).toBe(
      'more below app.a, 10.0 s, 100 % of all, level 3; Enter zooms to it',
    );
  });
});
