import { describe, expect, it } from 'vitest';
import { getBlockFills } from '../../shared/color/fills.ts';
import { PALETTES } from '../../shared/color/palette.ts';
import { BlockKind, type Blocks } from '../../shared/layout/blocks.ts';
import { layoutBlocks } from '../../shared/layout/layout.ts';
import { fixedTree } from '../../shared/testing/fixed-tree.ts';
import { getIcicleGeometry, getRowAt, getRowTop } from './icicle-geometry.ts';
import type { BlockLabel } from './label.ts';
import { getBlockBox, type IcicleFrame, type PaintContext, paintIcicle } from './paint-icicle.ts';
import { type MarkContext, paintMarks } from './paint-marks.ts';
import { Flag, type Scene, WHOLE } from './scene.ts';
import { getFonts, TextMeasure } from './text.ts';

/** Every letter is six wide. */
const measure = new TextMeasure({ font: '', measureText: (text) => ({ width: text.length * 6 }) });

/** Writes down what is drawn: `#fill x,y w×h` and `"text" x,y`. */
class Recorder implements PaintContext, MarkContext {
  readonly calls: string[] = [];
  fillStyle: string | CanvasGradient | CanvasPattern = '';
  globalAlpha = 1;
  font = '';
  measureText(text: string) {
    return { width: text.length * 6 };
  }
  fillRect(x: number, y: number, width: number, height: number) {
    this.calls.push(`${this.fillStyle} ${x},${y} ${width}×${height}`);
  }
  fillText(text: string, x: number, y: number) {
    this.calls.push(`"${text}" ${x},${y}`);
  }
  clearRect() {
    this.calls.push('clear');
  }
  strokeStyle: string | CanvasGradient | CanvasPattern = '';
  lineWidth = 1;
  setLineDash() {}
  stroke() {
    this.calls.push(`hairlines ${this.strokeStyle}`);
  }
  beginPath() {}
  moveTo() {}
  lineTo() {}
  fill() {
    this.calls.push(`lines ${this.fillStyle}`);
  }
}

const tree = fixedTree(`
main 100
  load 50 ~
  draw 30
    line 29
  a 0.5
  b 0.5`);
const blocks = layoutBlocks(tree, {
  root: 0,
  minWidth: 0.01,
  maxDepth: Number.POSITIVE_INFINITY,
  cutoff: 0,
  measuredOnly: false,
  unfolded: new Set(),
});

const COLOR = 4;

function sceneOf(shown: Blocks, flags: (block: number) => number): Scene {
  const names = ['main', 'load', 'draw', 'self', 'gathered', 'line', 'self'];
  return {
    blocks: shown,
    color: new Uint8Array(shown.length).fill(COLOR),
    flags: Uint8Array.from({ length: shown.length }, (_, i) => flags(i)),
    label: (block): BlockLabel =>
      shown.kind[block] === BlockKind.node
        ? { prefix: '', name: names[block]!, time: '1 s', share: '', place: '', strong: false }
        : { texts: [names[block]!] },
  };
}

const isEstimated = (block: number) => (blocks.node[block] === 2 ? Flag.estimated : 0);

function frameOf(
  options: { flame?: boolean; dpr?: number; camera?: typeof WHOLE; flags?: (block: number) => number } = {},
): IcicleFrame {
  const { flame = false, dpr = 1, camera = WHOLE, flags = isEstimated } = options;
  const geometry = getIcicleGeometry({ width: 1000, height: 100, dpr }, { flame, compact: false });
  return {
    geometry,
    theme: 'light',
    fonts: getFonts('sans-serif', 12, dpr),
    layers: [{ scene: sceneOf(blocks, flags), camera, hole: -1 }],
    above: null,
    ticks: [{ x: 0, text: '0' }],
    labelAlpha: 1,
  };
}

function record(frame: IcicleFrame): string[] {
  const recorder = new Recorder();
  paintIcicle(recorder, measure, frame);
  return recorder.calls;
}

const fills = getBlockFills('light');

describe('painting an icicle', () => {
  it('draws rows of 19 pixels below the ruler, with a pixel of surface between blocks', () => {
    const calls = record(frameOf());
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 0,18 999×19`);
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 500,38 299×19`);
    expect(calls).toContain(`${fills.lit.self[COLOR]} 800,38 189×19`);
  });

  it('puts thinned ground and lines where a block is estimated', () => {
    const calls = record(frameOf());
    expect(calls).toContain(`${fills.lit.estimated[COLOR]} 0,38 499×19`);
    expect(calls).toContain(`lines ${fills.lit.lines[COLOR]}`);
  });

  it('draws hairlines over the ground of a gathered block', () => {
    const calls = record(frameOf());
    const ground = calls.indexOf(`${PALETTES.light.gathered} 990,38 9×19`);
    expect(ground).toBeGreaterThan(0);
    expect(calls.indexOf(`hairlines ${fills.lit.gatheredLine}`)).toBeGreaterThan(ground);
  });

  it('writes labels five pixels from the left edge on the baseline of their row', () => {
    const calls = record(frameOf());
    expect(calls).toContain('"main" 5,32');
    expect(calls).toContain('"  1 s" 29,32');
    expect(calls).toContain('"draw" 505,52');
  });

  it('keeps a label in the window when its block begins left of it', () => {
    const calls = record(frameOf({ camera: { from: 0.25, to: 0.75, top: 0 } }));
    expect(calls).toContain('"main" 5,32');
    expect(calls).toContain('"load" 5,52');
    expect(calls).toContain('"draw" 505,52');
  });

  it('draws a flame upside down, its ruler at the bottom', () => {
    const calls = record(frameOf({ flame: true }));
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 0,63 999×19`);
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 500,43 299×19`);
    expect(calls).toContain('"0" 4,94');
  });

  it('draws at device pixels', () => {
    const calls = record(frameOf({ dpr: 1.5 }));
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 0,27 1498×28`);
    expect(calls.filter((call) => /\d\.\d/.test(call.replace(/".*"/, '')))).toEqual([]);
  });

  it('dims what does not match a search and underlines what does', () => {
    const calls = record(frameOf({ flags: (block) => (block === 2 ? Flag.match : Flag.dim) }));
    expect(calls).toContain(`${fills.dim.plain[COLOR]} 0,18 999×19`);
    expect(calls).toContain(`${fills.lit.plain[COLOR]} 500,38 299×19`);
    expect(calls).toContain(`${PALETTES.light.match} 500,55 299×2`);
  });

  it('leaves labels away while a zoom is on its way', () => {
    expect(record({ ...frameOf(), labelAlpha: 0 }).filter((call) => call.startsWith('"'))).toEqual(['"0" 4,12']);
  });

  it('writes nothing into rows that the edge cuts', () => {
    const calls = record({ ...frameOf(), layers: [{ ...frameOf().layers[0]!, camera: { from: 0, to: 1, top: 0.5 } }] });
    expect(calls).not.toContain('"main" 5,22');
    expect(calls).toContain('"draw" 505,42');
  });

  it('shows the caller above the zoomed node at 30 % of its colour', () => {
    const above = { color: COLOR, flags: 0, row: 0, texts: ['↑ caller  2 s', '↑ caller'] };
    const calls = record({ ...frameOf({ camera: { from: 0, to: 1, top: -1 } }), above });
    expect(calls).toContain(`${fills.lit.above[COLOR]} 0,18 1000×19`);
    expect(calls).toContain('"↑ caller  2 s" 5,32');
    expect(calls).toContain('"main" 5,52');
  });

  it('has a place for every block that picking finds again', () => {
    const g = getIcicleGeometry({ width: 1000, height: 100, dpr: 1.25 }, { flame: true, compact: true });
    for (let row = 0; row < 4; row++) {
      const y = getRowTop(g, row) + (g.row - g.gap) / 2;
      expect(getRowAt(g, y, 0)).toBe(row);
    }
    const layer = { scene: sceneOf(blocks, () => 0), camera: WHOLE };
    expect(getBlockBox(g, layer, 1, 0)).toEqual({ x: 0, y: 0, width: 624, height: 19 });
  });
});

describe('marks', () => {
  const mark = (marks: { same?: number[]; selected?: number; hovered?: number }) => {
    const recorder = new Recorder();
    const frame = frameOf();
    paintMarks(recorder, frame.geometry, 'light', frame.layers[0]!, { same: [], selected: -1, hovered: -1, ...marks });
    return recorder.calls;
  };

  it('outlines the selected block with two pixels of ink and a halo inside', () => {
    const { select, selectHalo } = PALETTES.light;
    expect(mark({ selected: 2 })).toEqual([
      'clear',
      `${select} 499,37 301×2`,
      `${select} 499,56 301×2`,
      `${select} 499,37 2×21`,
      `${select} 798,37 2×21`,
      `${selectHalo} 501,39 297×1`,
      `${selectHalo} 501,55 297×1`,
      `${selectHalo} 501,39 1×17`,
      `${selectHalo} 797,39 1×17`,
    ]);
  });

  it('draws one pixel round blocks of the same function, none round the hovered one twice', () => {
    const calls = mark({ same: [1, 2], hovered: 2 });
    expect(calls.filter((call) => call.endsWith('×1'))).toHaveLength(2);
    expect(calls.filter((call) => call.endsWith('×2'))).toHaveLength(2);
  });
});
