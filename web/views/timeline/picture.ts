/**
 * The canvas of a timeline: lays out what is in view, paints it, and finds what is under a point.
 *
 * Spaces: the axis (the samples' unit) → unit x over all of it → the part in view (camera) → device pixels; rows of all
 * lanes → device pixels less the scroll (`camera.top`, in rows). Every frame lays out anew: that costs a few milliseconds
 * whatever the number of samples.
 */
import type { BlockIndex, Blocks } from '../../../shared/layout/blocks.ts';
import { findFirstEndingAfter } from '../../../shared/layout/pick.ts';
import { layoutTimeline } from '../../../shared/layout/timeline.ts';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import {
  countWholeRows,
  getIcicleGeometry,
  getRowAt,
  getRowTop,
  type IcicleGeometry,
} from '../../paint/icicle-geometry.ts';
import { getBlockBox, paintIcicle } from '../../paint/paint-icicle.ts';
import { paintMarks } from '../../paint/paint-marks.ts';
import type { Camera, Layer } from '../../paint/scene.ts';
import { getFonts, TextMeasure } from '../../paint/text.ts';
import { type ChartParts, type ChartSize, getCoarseSize, getFontFamily, getSize, sizeCanvas } from '../chart-parts.ts';
import type { Point } from '../chart-props.ts';
import { measureStage } from '../chart-stages.ts';
import { getTicks } from '../icicle/ruler.ts';
import type { PanelProps } from '../panel-props.ts';
import type { Box } from '../tooltip/place.ts';
import type { Lanes } from './lanes.ts';
import { buildTimelineScene, getTimes, type LaneCall, type TimelineScene } from './scene.ts';

/** Narrower calls are gathered. */
const LEAST_BLOCK_PX = 2;
const TEXT_PX = 11;
/** How far beside a block a pointer may be that means it: many are a pixel wide. */
const REACH_PX = 3;
const LOOK = { flame: false, compact: true };

/** What to outline. */
export interface TimelineMarks {
  readonly frame: FrameIndex;
  readonly selected: LaneCall | null;
  readonly hovered: LaneCall | BlockIndex | null;
}

/** The canvas of one timeline. */
export class Picture {
  readonly #parts: ChartParts;
  readonly #context: CanvasRenderingContext2D;
  readonly #marksContext: CanvasRenderingContext2D;
  readonly #measure: TextMeasure;
  readonly #family: string;
  #geometry: IcicleGeometry;
  #coarse: IcicleGeometry;
  #scene: TimelineScene | null = null;
  #camera: Camera = { from: 0, to: 1, top: 0 };

  constructor(parts: ChartParts) {
    this.#parts = parts;
    this.#context = parts.canvas.getContext('2d', { alpha: false })!;
    this.#marksContext = parts.overlay.getContext('2d')!;
    this.#measure = new TextMeasure(document.createElement('canvas').getContext('2d')!);
    this.#family = getFontFamily(parts.root);
    this.#geometry = getIcicleGeometry(getSize(parts.root), LOOK);
    this.#coarse = this.#geometry;
  }

  /** What was painted last; null before. */
  get scene(): TimelineScene | null {
    return this.#scene;
  }

  /** Rows that fit without being cut. */
  get wholeRows(): number {
    return countWholeRows(this.#geometry);
  }

  /** Height of a row and of the ruler, and the width, in CSS pixels. */
  get sizes(): { readonly row: number; readonly ruler: number; readonly width: number } {
    const { row, ruler, width, dpr } = this.#geometry;
    return { row: row / dpr, ruler: ruler / dpr, width: width / dpr };
  }

  resize(size: ChartSize): void {
    this.#geometry = getIcicleGeometry(size, LOOK);
    this.#coarse = getIcicleGeometry(getCoarseSize(size), LOOK);
  }

  /** Lays out and paints; coarser than the screen while it moves. */
  paint(lanes: Lanes, camera: Camera, props: PanelProps, isMoving: boolean): void {
    const g = isMoving ? this.#coarse : this.#geometry;
    const { axis } = lanes;
    const blocks = measureStage('layout', () =>
      layoutTimeline({
        lanes: lanes.list,
        axis,
        from: camera.from,
        to: camera.to,
        minWidth: ((LEAST_BLOCK_PX * g.dpr) / g.width) * (camera.to - camera.from),
        firstRow: Math.max(0, Math.floor(camera.top)),
        endRow: Math.min(lanes.rows, Math.ceil(camera.top + (g.height - g.ruler) / g.row)),
      }),
    );
    const scene = buildTimelineScene(lanes, blocks, props);
    this.#scene = scene;
    this.#camera = camera;
    sizeCanvas(this.#parts.canvas, g.width, g.height);
    measureStage('paint', () =>
      paintIcicle(this.#context, this.#measure, {
        geometry: g,
        theme: props.theme,
        fonts: getFonts(this.#family, TEXT_PX, g.dpr),
        layers: [{ scene, camera, hole: -1 }],
        above: null,
        ticks: lanes.length > 0 ? getTicks(camera, lanes.length, lanes.unit, g.width, g.dpr) : [],
        labelAlpha: 1,
      }),
    );
  }

  /** Outlines calls. An overlay without any has no pixels: an empty one costs every frame of the page as much as a full one. */
  paintMarks(lanes: Lanes, marks: TimelineMarks, props: PanelProps, isMoving: boolean): void {
    const scene = this.#scene;
    const { overlay } = this.#parts;
    const list = scene === null ? null : new MarkList(lanes, scene, marks);
    if (scene === null || list === null || list.blocks.length === 0) {
      if (overlay.width > 0) overlay.width = 0;
      return;
    }
    const g = isMoving ? this.#coarse : this.#geometry;
    sizeCanvas(overlay, g.width, g.height);
    const layer: Layer = { scene: { ...scene, blocks: list.blocks }, camera: this.#camera, hole: -1 };
    paintMarks(this.#marksContext, g, props.theme, layer, list);
  }

  /** Block at a point of the window, or the nearest one within reach; -1: none. */
  pick(point: Point): BlockIndex {
    const blocks = this.#scene?.blocks;
    const g = this.#geometry;
    const area = this.#parts.root.getBoundingClientRect();
    const row = getRowAt(g, (point.y - area.top) * g.dpr, this.#camera.top * g.row);
    const x = this.toUnit(point.x);
    if (blocks === undefined || row < 0 || row > blocks.maxDepth || x < this.#camera.from || x > this.#camera.to)
      return -1;
    const next = findFirstEndingAfter(blocks, x, row);
    let nearest = -1;
    let distance = (REACH_PX / this.sizes.width) * (this.#camera.to - this.#camera.from);
    for (const block of [next - 1, next]) {
      if (blocks.depth[block] !== row) continue;
      const off = Math.max(0, blocks.x0[block]! - x, x - blocks.x1[block]!);
      if (off > distance || (off === distance && nearest >= 0)) continue;
      nearest = block;
      distance = off;
    }
    return nearest;
  }

  /** Unit x of a place across the window. */
  toUnit(clientX: number): number {
    const area = this.#parts.root.getBoundingClientRect();
    const { from, to } = this.#camera;
    return from + ((clientX - area.left) / area.width) * (to - from);
  }

  /** Where a block is in the window. */
  getBox(block: BlockIndex): Box {
    const g = this.#geometry;
    const scene = this.#scene!;
    const top = getRowTop(g, scene.blocks.depth[block]! - this.#camera.top);
    const box = getBlockBox(g, { scene, camera: this.#camera }, block, top);
    const area = this.#parts.root.getBoundingClientRect();
    return {
      left: area.left + Math.max(0, box.x) / g.dpr,
      right: area.left + Math.min(g.width, box.x + box.width) / g.dpr,
      top: area.top + box.y / g.dpr,
      bottom: area.top + (box.y + box.height) / g.dpr,
    };
  }
}

/** Calls to be outlined, as a table of blocks: a call that is too narrow for a block of its own still has an outline. */
class MarkList {
  readonly same: BlockIndex[] = [];
  readonly selected: BlockIndex;
  readonly hovered: BlockIndex;
  readonly blocks: Blocks;
  readonly #depth: number[] = [];
  readonly #x0: number[] = [];
  readonly #x1: number[] = [];

  constructor(lanes: Lanes, scene: TimelineScene, { frame, selected, hovered }: TimelineMarks) {
    for (let i = 0; frame >= 0 && i < scene.frame.length; i++) {
      if (scene.frame[i] === frame) this.same.push(this.#addBlock(scene.blocks, i));
    }
    this.selected = this.#add(lanes, scene, selected);
    this.hovered = this.#add(lanes, scene, hovered);
    const { length } = this.#depth;
    const none = new Int32Array(length);
    this.blocks = {
      length,
      kind: new Uint8Array(length),
      node: none,
      parent: none,
      depth: Int32Array.from(this.#depth),
      x0: Float64Array.from(this.#x0),
      x1: Float64Array.from(this.#x1),
      value: new Float64Array(length),
      count: none,
      rowStart: none,
      maxDepth: 0,
    };
  }

  #add(lanes: Lanes, scene: TimelineScene, call: LaneCall | BlockIndex | null): BlockIndex {
    if (call === null) return -1;
    if (typeof call === 'number') return call < 0 ? -1 : this.#addBlock(scene.blocks, call);
    const lane = lanes.list[call.lane];
    if (lane === undefined || lane.isFolded) return -1;
    const { from, to } = getTimes(lanes, call);
    const { axis } = lanes;
    const unit = (time: number): number => (time - axis.from) / (axis.to - axis.from);
    return this.#push(lane.top + call.depth, unit(from), unit(to));
  }

  #addBlock({ depth, x0, x1 }: Blocks, block: BlockIndex): BlockIndex {
    return this.#push(depth[block]!, x0[block]!, x1[block]!);
  }

  #push(depth: number, x0: number, x1: number): BlockIndex {
    this.#depth.push(depth);
    this.#x0.push(x0);
    this.#x1.push(x1);
    return this.#depth.length - 1;
  }
}
