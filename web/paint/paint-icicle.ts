/**
 * An icicle on a canvas: fills, then the lines of estimates, then labels, then search marks, then the ruler.
 *
 * Spaces: unit x and depth (blocks) → rows and pixels by camera and `IcicleGeometry`. Everything is drawn in
 * device pixels on whole numbers. Levels and blocks out of sight are never looked at.
 */

import { type BlockFills, type FillSet, getBlockFills } from '../../shared/color/fills.ts';
import { PALETTES, type Theme } from '../../shared/color/palette.ts';
import { type BlockIndex, BlockKind } from '../../shared/layout/blocks.ts';
import { findFirstEndingAfter } from '../../shared/layout/pick.ts';
import { addHatch, type Box, type PathContext } from './hatch.ts';
import { getBaseline, getRowTop, type IcicleGeometry } from './icicle-geometry.ts';
import { fitLabel, isTooNarrow, type LabelPiece } from './label.ts';
import { Flag, isInHole, type Layer, project } from './scene.ts';
import type { Fonts, MeasuringContext, TextMeasure } from './text.ts';

/** What painting needs of a 2D context; tests record the calls. */
export interface PaintContext extends MeasuringContext, PathContext {
  fillStyle: string | CanvasGradient | CanvasPattern;
  globalAlpha: number;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  beginPath(): void;
  fill(): void;
  stroke(): void;
  setLineDash(segments: number[]): void;
}

/** The row above the zoomed node: its caller. */
export interface AboveRow {
  readonly color: number;
  readonly flags: number;
  /** 0, or less when it is scrolled away. */
  readonly row: number;
  /** Texts, longest first. */
  readonly texts: readonly string[];
}

/** A mark of the ruler. */
export interface Tick {
  /** In device pixels. */
  readonly x: number;
  readonly text: string;
}

/** Everything one picture of the icicle is made from. */
export interface IcicleFrame {
  readonly geometry: IcicleGeometry;
  readonly theme: Theme;
  readonly fonts: Fonts;
  readonly layers: readonly Layer[];
  readonly above: AboveRow | null;
  readonly ticks: readonly Tick[];
  /** 0 while a zoom is on its way, up to 1 as labels come in. */
  readonly labelAlpha: number;
}

/** Space between a block's left edge and its label; label and both edges together take 9. */
const PAD = 5;
const PAD_BOTH = 9;
/** Blocks at least this wide give a pixel of surface on their right. */
const GAP_FROM = 3;
/** Narrower estimated blocks have the ground without lines. */
const HATCH_FROM = 9;
const MATCH_FROM = 4;
const MATCH_LINE = 2;
/** Distance of the hairlines of gathered blocks. */
const GATHERED_PITCH = 3;
const BLANK_LABEL_FROM = 34;
/** Space between a mark of the ruler and its number. */
const TICK_PAD = 4;

interface TextRun extends LabelPiece {
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

/** Draws a whole frame. Cost: the blocks in sight. */
export function paintIcicle(context: PaintContext, measure: TextMeasure, frame: IcicleFrame): void {
  new IciclePainter(context, measure, frame).paint();
}

class IciclePainter {
  readonly #context: PaintContext;
  readonly #measure: TextMeasure;
  readonly #frame: IcicleFrame;
  readonly #fills: BlockFills;
  /** Boxes to be hatched, by colour of the lines. */
  readonly #hatched = new Map<string, Box[]>();
  /** Gathered boxes, by colour of their hairlines, and the places of their texts. */
  readonly #gathered = new Map<string, Box[]>();
  readonly #blanks: Box[] = [];
  readonly #texts: TextRun[] = [];
  readonly #matches: Box[] = [];

  constructor(context: PaintContext, measure: TextMeasure, frame: IcicleFrame) {
    this.#context = context;
    this.#measure = measure;
    this.#frame = frame;
    this.#fills = getBlockFills(frame.theme);
  }

  paint(): void {
    const { geometry: g, theme } = this.#frame;
    this.#context.globalAlpha = 1;
    this.#context.fillStyle = PALETTES[theme].surface;
    this.#context.fillRect(0, 0, g.width, g.height);
    for (const layer of this.#frame.layers) this.#paintLayer(layer);
    if (this.#frame.above) this.#paintAbove(this.#frame.above);
    this.#paintHatch();
    this.#paintHairlines();
    this.#context.fillStyle = PALETTES[theme].surface;
    for (const box of this.#blanks) this.#fillBox(box);
    this.#paintTexts();
    this.#context.fillStyle = PALETTES[theme].match;
    for (const box of this.#matches) this.#fillBox(box);
    this.#paintRuler();
  }

  #paintLayer(layer: Layer): void {
    const { blocks } = layer.scene;
    const { geometry: g } = this.#frame;
    for (let depth = 0; depth <= blocks.maxDepth; depth++) {
      const y = getRowTop(g, depth - layer.camera.top);
      if (y + g.row <= 0 || y >= g.height) continue;
      const end = blocks.rowStart[depth + 1]!;
      for (let block = findFirstEndingAfter(blocks, layer.camera.from, depth); block < end; block++) {
        if (blocks.x0[block]! >= layer.camera.to) break;
        if (isInHole(blocks, layer.hole, block)) continue;
        this.#paintBlock(layer, block, y);
      }
    }
  }

  #paintBlock(layer: Layer, block: BlockIndex, y: number): void {
    const { geometry: g, labelAlpha } = this.#frame;
    const { scene } = layer;
    const box = getBlockBox(g, layer, block, y);
    const flags = scene.flags[block]!;
    const set = flags & Flag.dim ? this.#fills.dim : this.#fills.lit;
    const kind = scene.blocks.kind[block]!;
    const color = scene.color[block]!;
    const isEstimated = (flags & Flag.estimated) !== 0 && kind !== BlockKind.self;
    if (kind === BlockKind.gathered) this.#paintGathered(box, set);
    else if (kind !== BlockKind.unrecorded) {
      this.#context.fillStyle = (kind === BlockKind.self ? set.self : isEstimated ? set.estimated : set.plain)[color]!;
      this.#fillBox(box);
      if (isEstimated && box.width >= HATCH_FROM * g.dpr) this.#addHatched(set.lines[color]!, box);
    }
    if (flags & Flag.match && box.width >= MATCH_FROM * g.dpr) {
      const height = Math.round(MATCH_LINE * g.dpr);
      this.#matches.push({ ...box, y: box.y + box.height - height, height });
    }
    if (labelAlpha > 0) this.#addLabel(layer, block, box, set);
  }

  #addLabel(layer: Layer, block: BlockIndex, box: Box, set: FillSet): void {
    const { geometry: g, fonts } = this.#frame;
    // Text stays in the window when its block begins left of it.
    const left = Math.max(0, box.x);
    const right = Math.min(g.width, box.x + box.width);
    const room = right - left - PAD_BOTH * g.dpr;
    if (isTooNarrow(room, g.dpr) || !this.#isWhole(box)) return;
    const kind = layer.scene.blocks.kind[block]!;
    if (kind === BlockKind.gathered && box.width < BLANK_LABEL_FROM * g.dpr) return;
    const label = layer.scene.label(block);
    const pieces = fitLabel(this.#measure, label, {
      room,
      normal: fonts.normal,
      strong: set === this.#fills.dim ? fonts.normal : fonts.strong,
      pixel: g.dpr,
    });
    if (pieces.length === 0) return;
    const x = left + Math.round(PAD * g.dpr);
    if (kind === BlockKind.gathered) this.#clearForText(pieces[0]!, x, box);
    const ink = kind === BlockKind.recursion ? 'label' : kind === BlockKind.unrecorded ? 'unrecorded' : null;
    this.#addPieces(pieces, x, box.y + getBaseline(g), set, ink);
  }

  /** Keeps the hairlines away from the text of a gathered block. */
  #clearForText(piece: LabelPiece, x: number, box: Box): void {
    const { dpr } = this.#frame.geometry;
    const inset = Math.round(2 * dpr);
    const width = Math.ceil(this.#measure.width(piece.text, piece.font)) + 3 * inset;
    this.#blanks.push({ x: x - Math.round(3 * dpr), y: box.y + inset, width, height: box.height - 2 * inset });
  }

  #addPieces(
    pieces: readonly LabelPiece[],
    left: number,
    y: number,
    set: FillSet,
    ink: 'label' | 'unrecorded' | null,
  ): void {
    let x = left;
    for (const piece of pieces) {
      const color = ink === 'unrecorded' ? PALETTES[this.#frame.theme].ink3 : set[ink ?? piece.ink];
      this.#texts.push({ ...piece, x, y, color });
      x += this.#measure.width(piece.text, piece.font);
    }
  }

  /** False for rows that the edge of the chart or the ruler cuts: their labels would be cut as well. */
  #isWhole(box: Box): boolean {
    const { geometry: g } = this.#frame;
    const [top, bottom] = g.flame ? [0, g.height - g.ruler] : [g.ruler, g.height];
    return box.y >= top && box.y + box.height <= bottom;
  }

  #paintGathered(box: Box, set: FillSet): void {
    const { geometry: g, theme } = this.#frame;
    this.#context.fillStyle = PALETTES[theme].gathered;
    this.#fillBox(box);
    // Begun off the canvas, the lines would still be counted from the block's edge.
    const pitch = Math.round(GATHERED_PITCH * g.dpr);
    const x = box.x < 0 ? box.x % pitch : box.x;
    addTo(this.#gathered, set.gatheredLine, { ...box, x, width: Math.min(g.width, box.x + box.width) - x });
  }

  /** One dashed stroke as thick as the row is high: far cheaper than a rectangle per hairline. */
  #paintHairlines(): void {
    const { geometry: g } = this.#frame;
    this.#context.lineWidth = g.row - g.gap;
    this.#context.setLineDash([g.gap, Math.round(GATHERED_PITCH * g.dpr) - g.gap]);
    for (const [color, boxes] of this.#gathered) {
      this.#context.beginPath();
      for (const { x, y, width, height } of boxes) {
        this.#context.moveTo(x, y + height / 2);
        this.#context.lineTo(x + width, y + height / 2);
      }
      this.#context.strokeStyle = color;
      this.#context.stroke();
    }
    this.#context.setLineDash([]);
  }

  #paintAbove(above: AboveRow): void {
    const { geometry: g, fonts, labelAlpha } = this.#frame;
    const y = getRowTop(g, above.row);
    const box = { x: 0, y, width: g.width, height: g.row - g.gap };
    const set = above.flags & Flag.dim ? this.#fills.dim : this.#fills.lit;
    this.#context.fillStyle = set.above[above.color]!;
    this.#fillBox(box);
    if (labelAlpha === 0 || !this.#isWhole(box)) return;
    const space = { room: g.width - PAD_BOTH * g.dpr, normal: fonts.normal, strong: fonts.normal, pixel: g.dpr };
    const pieces = fitLabel(this.#measure, { texts: above.texts }, space);
    this.#addPieces(pieces, Math.round(PAD * g.dpr), y + getBaseline(g), set, null);
  }

  #addHatched(color: string, box: Box): void {
    const left = Math.max(0, box.x);
    const right = Math.min(this.#frame.geometry.width, box.x + box.width);
    addTo(this.#hatched, color, { ...box, x: left, width: right - left });
  }

  #paintHatch(): void {
    for (const [color, boxes] of this.#hatched) {
      this.#context.beginPath();
      for (const box of boxes) addHatch(this.#context, box, this.#frame.geometry.dpr);
      this.#context.fillStyle = color;
      this.#context.fill();
    }
  }

  /** All texts of one font together: setting a font is dearer than drawing with it. */
  #paintTexts(): void {
    const { fonts, labelAlpha } = this.#frame;
    this.#context.globalAlpha = labelAlpha;
    for (const font of [fonts.normal, fonts.strong]) {
      this.#context.font = font;
      for (const run of this.#texts) {
        if (run.font !== font) continue;
        this.#context.fillStyle = run.color;
        this.#context.fillText(run.text, Math.round(run.x), run.y);
      }
    }
    this.#context.globalAlpha = 1;
  }

  #paintRuler(): void {
    const { geometry: g, theme, fonts, ticks } = this.#frame;
    const palette = PALETTES[theme];
    const top = g.flame ? g.height - g.ruler : 0;
    const at = (css: number): number => top + Math.round(css * g.dpr);
    this.#context.fillStyle = palette.surface;
    this.#context.fillRect(0, top, g.width, g.ruler);
    this.#context.fillStyle = palette.lineStrong;
    // A mark without room for its number up to the next one says nothing.
    const told = ticks.filter((tick, i) => {
      const start = tick.x + TICK_PAD * g.dpr;
      return start >= 0 && start + this.#measure.width(tick.text, fonts.small) <= (ticks[i + 1]?.x ?? g.width);
    });
    for (const tick of told) this.#context.fillRect(Math.round(tick.x), at(3), g.gap, at(16) - at(3));
    this.#context.font = fonts.small;
    this.#context.fillStyle = palette.ink3;
    for (const tick of told) this.#context.fillText(tick.text, Math.round(tick.x + TICK_PAD * g.dpr), at(12));
  }

  #fillBox(box: Box): void {
    this.#context.fillRect(box.x, box.y, box.width, box.height);
  }
}

function addTo(boxes: Map<string, Box[]>, color: string, box: Box): void {
  const same = boxes.get(color);
  if (same) same.push(box);
  else boxes.set(color, [box]);
}

/** A block's box under a layer's camera in a row at `y`; what is far outside is cut to the neighbourhood of the canvas. */
export function getBlockBox(
  g: IcicleGeometry,
  layer: Pick<Layer, 'scene' | 'camera'>,
  block: BlockIndex,
  y: number,
): Box {
  const { blocks } = layer.scene;
  const far = g.width * 2;
  const place = (x: number): number => Math.round(Math.min(far, Math.max(-far, project(layer.camera, x) * g.width)));
  const x = place(blocks.x0[block]!);
  const end = place(blocks.x1[block]!);
  const gap = end - x >= GAP_FROM * g.gap ? g.gap : 0;
  return { x, y, width: Math.max(1, end - x - gap), height: g.row - g.gap };
}
