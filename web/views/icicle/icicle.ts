/**
 * Icicle and flame: the tree as rows of blocks on canvas, with ruler, zoom, pan and scroll.
 *
 * Spaces: unit x (blocks) → the part of it in view (wheel and drag; dies with the mouse) → device pixels
 * (`IcicleGeometry`); depth → row (one more where the caller stands above) → device pixels less the scroll.
 */
import './icicle.css';
import { type BlockIndex, BlockKind, type Blocks } from '../../../shared/layout/blocks.ts';
import { pickBlock } from '../../../shared/layout/pick.ts';
import type { NodeIndex } from '../../../shared/tree/call-tree.ts';
import {
  countWholeRows,
  getIcicleGeometry,
  getMaxScroll,
  getRowAt,
  getRowTop,
  type IcicleGeometry,
} from '../../paint/icicle-geometry.ts';
import { type AboveRow, getBlockBox, paintIcicle } from '../../paint/paint-icicle.ts';
import { paintMarks } from '../../paint/paint-marks.ts';
import { type Camera, Flag, type Layer, type Marks } from '../../paint/scene.ts';
import { getFonts } from '../../paint/text.ts';
import { Chart, type ChartBefore, type ChartView } from '../chart.ts';
import { NOTHING, type Picked } from '../chart-cursor.ts';
import type { Detail } from '../chart-layout.ts';
import { type ChartSize, fitCanvas, getCoarseSize, getSize, type SizeChange, stretchCanvas } from '../chart-parts.ts';
import type { BlockInfo, ChartProps, Point } from '../chart-props.ts';
import { buildScene, findWidestHidden, formatTotal, getNodeName, getUnit, hasAbove } from '../chart-scene.ts';
import type { Gestures } from './gestures.ts';
import { Pills } from './pills.ts';
import { getTicks } from './ruler.ts';

/** Narrower blocks are gathered. */
const LEAST_BLOCK_PX = 2;
/** How much finer or coarser the view may get on its way before blocks are laid out anew; at rest they are in any case. */
const RELAYOUT_RATIO = 4;
/** How much beyond the view is laid out, as a share of it, so that a short drag needs no layout. */
const MARGIN = 0.5;
/** Width in which a gathered block's first one comes out. */
const READABLE_PX = 90;
const WHOLE_WIDTH: readonly [number, number] = [0, 1];
const TEXT_PX = { normal: 12, compact: 11 };

/** Shows an icicle (or flame) in `host`, where `before` has stood. */
export function mountIcicle(host: HTMLElement, props: ChartProps, before: ChartBefore | null = null): ChartView {
  return new Icicle(host, props, before);
}

class Icicle extends Chart {
  #gestures: Gestures | null = null;
  readonly #pills: Pills;
  #geometry: IcicleGeometry;
  /** That of frames of a movement. */
  #coarse: IcicleGeometry;
  #view = WHOLE_WIDTH;
  /** How fine, and where, blocks were laid out. */
  #laidOut: Detail;
  /** Device pixels. */
  #scroll = 0;

  constructor(host: HTMLElement, props: ChartProps, before: ChartBefore | null) {
    super(host, props, 'icicle');
    this.#geometry = getIcicleGeometry(getSize(this.parts.root), props);
    this.#coarse = this.#geometry;
    this.#laidOut = this.getDetail();
    this.#pills = new Pills(this.parts.root, {
      onPage: (pages) => this.#scrollBy(pages * Math.max(1, countWholeRows(this.#geometry) - 2) * this.#geometry.row),
      onWhole: () => this.lookBack(),
    });
    this.#listen();
    this.start(before);
  }

  override update(props: ChartProps): void {
    super.update(props);
    this.#listen();
  }

  override destroy(): void {
    this.#gestures?.stop();
    super.destroy();
  }

  protected getTitle(): string {
    return this.props.flame ? 'Flame graph' : 'Icicle';
  }

  protected getDetail(): Detail {
    const [from, to] = this.#view;
    const margin = (to - from) * MARGIN;
    const wholeMinWidth = (LEAST_BLOCK_PX * this.#geometry.dpr) / this.#geometry.width;
    return { minWidth: wholeMinWidth * (to - from), view: [from - margin, to + margin], wholeMinWidth };
  }

  protected setSize(size: ChartSize): SizeChange {
    const before = this.#geometry;
    this.#geometry = getIcicleGeometry(size, this.props);
    this.#coarse = getIcicleGeometry(getCoarseSize(size), this.props);
    this.#gestures?.resize(size.width, size.height);
    this.#keepScroll();
    return this.#geometry.width !== before.width || this.#geometry.dpr !== before.dpr ? 'layout' : 'paint';
  }

  protected takeBlocks(detail: Detail): void {
    this.#laidOut = detail;
    this.#keepScroll();
  }

  protected resetPlace(): void {
    this.#view = WHOLE_WIDTH;
    this.#scroll = 0;
    this.#gestures?.setView(0, 1);
  }

  protected getCamera(props: ChartProps): Camera {
    const [from, to] = this.#view;
    // The scroll is a part of the camera, so that a motion begins where the rows are.
    return { from, to, top: this.#scroll / this.#geometry.row - (hasAbove(props) ? 1 : 0) };
  }

  protected paintPicture(layers: readonly Layer[], labelAlpha: number, isMoving: boolean): void {
    const { tree, theme, compact } = this.props;
    const g = isMoving ? this.#coarse : this.#geometry;
    this.#sizeCanvas(this.parts.canvas, isMoving);
    // The layer of the zoomed node tells the ruler where 0 is; it is the coarser one when the zoom goes out.
    const ruled = layers.find((layer) => layer.scene === this.scene) ?? layers[0]!;
    paintIcicle(this.context, this.measure, {
      geometry: g,
      theme,
      fonts: getFonts(this.family, compact ? TEXT_PX.compact : TEXT_PX.normal, g.dpr),
      layers,
      above: labelAlpha === 1 ? this.#getAbove() : null,
      ticks: getTicks(ruled.camera, this.scene.blocks.value[0]!, getUnit(tree), g.width, g.dpr),
      labelAlpha,
    });
  }

  protected paintMarks(marks: Marks, isMoving: boolean): void {
    const g = isMoving ? this.#coarse : this.#geometry;
    this.#sizeCanvas(this.parts.overlay, isMoving);
    paintMarks(this.marksContext, g, this.props.theme, this.getLayer(), marks);
  }

  protected tell(): void {
    const { root } = this.parts;
    const g = this.#geometry;
    this.#pills.update({
      rows: this.#countRows(),
      first: Math.ceil(this.#scroll / g.row),
      fitting: countWholeRows(g),
      isWhole: this.#view === WHOLE_WIDTH,
      isFlame: g.flame,
      note: this.props.tree.total[0] === 0 ? 'No time was recorded.' : '',
    });
    root.classList.toggle('icicle-flame', g.flame);
    root.dataset.rowHeight = String(g.row / g.dpr);
    const big = this.#findBigChild();
    const box = big < 0 ? undefined : this.getBox(big);
    if (box)
      root.dataset.bigChild = `${Math.round((box.left + box.right) / 2)},${Math.round((box.top + box.bottom) / 2)}`;
    else delete root.dataset.bigChild;
    root.dataset.viewReady = 'icicle';
  }

  protected pickAt(point: Point): Picked {
    const g = this.#geometry;
    const area = this.parts.root.getBoundingClientRect();
    const x = ((point.x - area.left) * g.dpr) / g.width;
    const row = getRowAt(g, (point.y - area.top) * g.dpr, this.#scroll);
    if (row < 0 || x < 0 || x > 1) return NOTHING;
    const isAbove = hasAbove(this.props);
    if (isAbove && row === 0) return { block: -1, above: true };
    const [from, to] = this.#view;
    return { block: pickBlock(this.scene.blocks, from + x * (to - from), row - (isAbove ? 1 : 0)), above: false };
  }

  protected getBox(block: BlockIndex): NonNullable<BlockInfo['box']> {
    const g = this.#geometry;
    const layer = this.getLayer();
    const box = getBlockBox(g, layer, block, getRowTop(g, this.scene.blocks.depth[block]! - layer.camera.top));
    const area = this.parts.root.getBoundingClientRect();
    return {
      left: area.left + Math.max(0, box.x) / g.dpr,
      right: area.left + Math.min(g.width, box.x + box.width) / g.dpr,
      top: area.top + box.y / g.dpr,
      bottom: area.top + (box.y + box.height) / g.dpr,
    };
  }

  protected reveal(block: BlockIndex): void {
    const { blocks } = this.scene;
    const { row } = this.#geometry;
    const at = blocks.depth[block]! + (hasAbove(this.props) ? 1 : 0);
    const least = (at + 1 - countWholeRows(this.#geometry)) * row;
    this.#scrollBy(Math.min(at * row, Math.max(least, this.#scroll)) - this.#scroll);
    const [from, to] = this.#view;
    if (blocks.x1[block]! > from && blocks.x0[block]! < to) return;
    const middle = (blocks.x0[block]! + blocks.x1[block]!) / 2;
    const start = Math.min(1 - (to - from), Math.max(0, middle - (to - from) / 2));
    this.#showView(start, start + (to - from));
  }

  protected lookAt(block: BlockIndex): void {
    const { blocks } = this.scene;
    const { tree } = this.props;
    const [x0, x1] = [blocks.x0[block]!, blocks.x1[block]!];
    const total = tree.total[findWidestHidden(tree, blocks, block)] ?? blocks.value[block]!;
    const widest = total / blocks.value[0]!;
    const width = this.#geometry.width / this.#geometry.dpr;
    // All of it, or as much as leaves the widest of them room for a name.
    const span = Math.min((x1 - x0) * 1.1, (widest * width) / READABLE_PX);
    const start = Math.max(0, Math.min(1 - span, x0 - span * 0.02));
    this.#showView(start, Math.min(1, start + span));
  }

  protected lookBack(): boolean {
    if (this.#view === WHOLE_WIDTH) return false;
    this.#showView(0, 1);
    return true;
  }

  #sizeCanvas(canvas: HTMLCanvasElement, isMoving: boolean): void {
    const { width, height, dpr } = isMoving ? this.#coarse : this.#geometry;
    if (isMoving) stretchCanvas(canvas, width, height, dpr);
    else fitCanvas(canvas, width, height);
  }

  /** The widest block below the zoomed one that is a node; -1 when there is none. */
  #findBigChild(): BlockIndex {
    const { blocks } = this.scene;
    if (blocks.maxDepth < 1) return -1;
    for (let i = blocks.rowStart[1]!; i < blocks.rowStart[2]!; i++) if (blocks.kind[i] === BlockKind.node) return i;
    return -1;
  }

  #countRows(): number {
    return this.scene.blocks.maxDepth + 1 + (hasAbove(this.props) ? 1 : 0);
  }

  #getAbove(): AboveRow | null {
    const { tree, zoom } = this.props;
    if (!hasAbove(this.props)) return null;
    const above = tree.parent[zoom]!;
    const scene = buildScene(this.props, oneBlock(above, tree.total[above]!));
    const name = `↑ ${getNodeName(tree, above)}`;
    return {
      color: scene.color[0]!,
      flags: scene.flags[0]! & Flag.dim,
      row: -this.#scroll / this.#geometry.row,
      texts: [`${name}  ${formatTotal(tree, above)}`, name],
    };
  }

  #listen(): void {
    const { gestures } = this.props;
    if (this.#gestures !== null || gestures === null) return;
    this.#gestures = gestures(this.parts.root, {
      canScroll: () => getMaxScroll(this.#geometry, this.#countRows()) > 0,
      onView: (from, to) => this.#setView(from, to),
      onScroll: (pixels) => this.#scrollBy(pixels * this.#geometry.dpr * (this.props.flame ? -1 : 1)),
      onDrag: (isDragging) => this.parts.root.classList.toggle('dragging', isDragging),
    });
    const { width, height } = getSize(this.parts.root);
    this.#gestures.resize(width, height);
    this.#gestures.setView(...this.#view);
  }

  /** Moves view and gestures. */
  #showView(from: number, to: number): void {
    this.#gestures?.setView(from, to);
    this.#setView(from, to);
  }

  #setView(from: number, to: number): void {
    if (from === this.#view[0] && to === this.#view[1]) return;
    this.#view = from === 0 && to === 1 ? WHOLE_WIDTH : [from, to];
    const [start, end] = this.#laidOut.view;
    const ratio = this.getDetail().minWidth / this.#laidOut.minWidth;
    const isStale = ratio > RELAYOUT_RATIO || ratio < 1 / RELAYOUT_RATIO;
    const isBeyond = from < Math.max(0, start) || to > Math.min(1, end);
    this.request({ layoutSoon: isStale || isBeyond, paint: true, moving: true, layoutAtRest: true });
    this.movePointer();
  }

  #scrollBy(pixels: number): void {
    const scroll = Math.max(0, Math.min(getMaxScroll(this.#geometry, this.#countRows()), this.#scroll + pixels));
    if (scroll === this.#scroll) return;
    this.#scroll = scroll;
    this.request({ paint: true, moving: true });
    this.movePointer();
  }

  #keepScroll(): void {
    if (this.scene) this.#scroll = Math.min(this.#scroll, getMaxScroll(this.#geometry, this.#countRows()));
  }
}

/** A table of one block, for what is drawn outside of the picture. */
function oneBlock(node: NodeIndex, value: number): Blocks {
  return {
    length: 1,
    kind: Uint8Array.of(BlockKind.node),
    node: Int32Array.of(node),
    parent: Int32Array.of(-1),
    depth: Int32Array.of(0),
    x0: Float64Array.of(0),
    x1: Float64Array.of(1),
    value: Float64Array.of(value),
    count: Int32Array.of(0),
    rowStart: Int32Array.of(0, 1),
    maxDepth: 0,
  };
}
