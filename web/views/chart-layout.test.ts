import { describe, expect, it } from 'vitest';
import { assignColors } from '../../shared/color/colors.ts';
import { packageOf } from '../../shared/color/packages.ts';
import type { Blocks } from '../../shared/layout/blocks.ts';
import { fixedTree } from '../../shared/testing/fixed-tree.ts';
import { Layout } from './chart-layout.ts';
import type { ChartProps } from './chart-props.ts';

const nothing = (): void => undefined;

function getProps(): ChartProps {
  const tree = fixedTree(`
main 100
  load 60
    read 50
      parse 20
  draw 40 ~`);
  const packages = packageOf(tree.profile);
  return {
    ...{ tree, packages, colors: assignColors(tree.profile, packages, 'package'), whole: 100, theme: 'light' },
    ...{ zoom: 0, selected: -1, selectedFrame: -1, matches: null, maxDepth: 9, cutoff: 0, measuredOnly: false },
    ...{ flame: false, compact: false, printing: false, motion: false },
    gestures: null,
    ...{ onHover: nothing, onSelect: nothing, onZoom: nothing, onZoomOut: nothing, onMeasured: nothing },
  };
}

describe('a layout', () => {
  const detail = { minWidth: 0.01, view: [0, 1], wholeMinWidth: 0.01 } as const;

  it('in the smallest slices comes to what it comes to at once', () => {
    const slices = new Layout(getProps(), detail, new Set());
    let [blocks, times]: [Blocks | null, number] = [slices.work(0), 1];
    for (; blocks === null; times++) blocks = slices.work(0);
    expect(times).toBeGreaterThan(3);
    expect(blocks).toEqual(new Layout(getProps(), detail, new Set()).finish());
    expect(slices.finish()).toBe(blocks);
  });
});
