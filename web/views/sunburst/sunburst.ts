/**
 * Sunburst: the tree as rings around the zoomed node, which stands in the middle and leads out when it is clicked.
 *
 * Spaces: unit x and depth (blocks) → angle and ring → device pixels (`SunburstGeometry`).
 */
import '../icicle/icicle.css';
import './sunburst.css';
import { type BlockIndex, BlockKind } from '../../../shared/layout/blocks.ts';
import { getShownRoot } from '../../../shared/layout/layout.ts';
import { pickBlock } from '../../../shared/layout/pick.ts';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import { getShownName } from '../../../shared/tree/frame-text.ts';
import { findWidestNode } from '../../../shared/tree/widest.ts';
import { formatShare } from '../../../shared/units/format.ts';
import { HatchTiles } from '../../paint/hatch-tile.ts';
import { paintArcMarks, paintSunburst } from '../../paint/paint-sunburst.ts';
import type { Camera, Layer, Marks } from '../../paint/scene.ts';
import { getLeastTurn, getSunburstGeometry, getTurnAt, type SunburstGeometry } from '../../paint/sunburst-geometry.ts';
import { getFonts } from '../../paint/text.ts';
import { Chart, type ChartBefore, type ChartView } from '../chart.ts';
import { NOTHING, type Picked } from '../chart-cursor.ts';
import type { Detail } from '../chart-layout.ts';
import { type ChartSize, getCoarseSize, getSize, type SizeChange, sizeCanvas } from '../chart-parts.ts';
import type { ChartProps, Point } from '../chart-props.ts';
import { findBlocksOf, findWidestHidden, formatTotal, getNodeName, getShare, hasAbove } from '../chart-scene.ts';
import { SelfList } from './self-list.ts';

/** Shorter arcs are gathered. */
const LEAST_ARC_PX = 2;
const WHOLE_TURN: readonly [number, number] = [0, 1];
const ALL_ROUND: Camera = { from: 0, to: 1, top: 0 };

/** Shows a sunburst in `host`, where `before` has stood. */
export function mountSunburst(host: HTMLElement, props: ChartProps, before: ChartBefore | null): ChartView {
  const frame = document.createElement('div');
  frame.className = 'sunburst-view';
  host.append(frame);
  return new Sunburst(frame, props, before);
}

class Sunburst extends Chart {
  readonly #frame: HTMLElement;
  readonly #list: SelfList;
  readonly #hatch = new HatchTiles();
  /** The square that the rings fill, and where it is on the chart: its sides would only cost pixels. */
  #size: ChartSize;
  #offset = { left: 0, top: 0 };
  /** Of the chart, which the list beside the rings has rows for. */
  #height = 0;
  #geometry: SunburstGeometry;
  /** That of frames of a movement. */
  #coarse: SunburstGeometry;

  constructor(frame: HTMLElement, props: ChartProps, before: ChartBefore | null) {
    super(frame, props, 'sunburst');
    this.#frame = frame;
    this.#list = new SelfList((selected) => this.#selectFrame(selected));
    frame.prepend(this.#list.element);
    this.#size = getSize(this.parts.root);
    this.#geometry = getSunburstGeometry(this.#size, 0);
    this.#coarse = this.#geometry;
    this.start(before);
  }

  override update(props: ChartProps): void {
    const before = this.props;
    super.update(props);
    const isOther = (['tree', 'zoom', 'colors', 'theme', 'selectedFrame', 'matches'] as const).some(
      (key) => props[key] !== before[key],
    );
    if (isOther) this.#updateList();
  }

  override destroy(): void {
    this.#list.stop();
    super.destroy();
    this.#frame.remove();
  }

  protected getTitle(): string {
    return 'Sunburst';
  }

  protected getDetail(): Detail {
    const minWidth = getLeastTurn(this.#size, LEAST_ARC_PX);
    return { minWidth, view: WHOLE_TURN, wholeMinWidth: minWidth };
  }

  protected setSize(size: ChartSize): SizeChange {
    const before = this.#size;
    const side = Math.min(size.width, size.height);
    this.#size = { ...size, width: side, height: side };
    this.#offset = { left: Math.floor((size.width - side) / 2), top: Math.floor((size.height - side) / 2) };
    for (const { style } of [this.parts.canvas, this.parts.overlay]) {
      style.inset = `${this.#offset.top}px auto auto ${this.#offset.left}px`;
      style.width = `${side}px`;
      style.height = `${side}px`;
    }
    if (this.scene) this.#measureRings();
    const isSame = side === before.width && size.dpr === before.dpr && size.height === this.#height;
    this.#height = size.height;
    return isSame ? 'place' : 'layout';
  }

  protected takeBlocks(): void {
    this.#measureRings();
    // As many rows as there is room for.
    this.#updateList();
  }

  protected resetPlace(): void {
    // Nothing to reset: a sunburst always shows all of its node.
  }

  protected getCamera(): Camera {
    return ALL_ROUND;
  }

  protected paintPicture(layers: readonly Layer[], labelAlpha: number, isMoving: boolean): void {
    const { tree, whole, theme, zoom } = this.props;
    const g = isMoving ? this.#coarse : this.#geometry;
    const root = this.scene.blocks.node[0]!;
    sizeCanvas(this.parts.canvas, g.width, g.height);
    paintSunburst(this.context, this.measure, {
      geometry: g,
      theme,
      fonts: getFonts(this.family, 12, g.dpr),
      layers,
      center: {
        names: [getNodeName(tree, root), root === 0 ? 'all' : getShownName(tree.profile, tree.frame[root]!)],
        time: formatTotal(tree, root),
        share: `${formatShare(getShare(tree.total[root]!, whole))} of all`,
        above: hasAbove(this.props) ? `↑ ${getNodeName(tree, tree.parent[zoom]!)}` : '',
      },
      labelAlpha,
      getHatch: (color) => this.#hatch.get(color, g.dpr),
      hasLabels: !isMoving,
    });
  }

  protected paintMarks(marks: Marks, isMoving: boolean): void {
    const g = isMoving ? this.#coarse : this.#geometry;
    sizeCanvas(this.parts.overlay, g.width, g.height);
    paintArcMarks(this.marksContext, g, this.props.theme, this.getLayer(), marks);
  }

  protected tell(): void {
    const { root } = this.parts;
    const { blocks } = this.scene;
    const g = this.#geometry;
    const big = blocks.maxDepth < 1 || g.rings < 1 ? -1 : blocks.rowStart[1]!;
    if (big >= 0 && blocks.kind[big] === BlockKind.node) {
      const area = root.getBoundingClientRect();
      const radius = (g.inner + g.ring / 2) / g.dpr;
      const angle = (blocks.x0[big]! + blocks.x1[big]!) * Math.PI;
      const x = area.left + this.#offset.left + g.centerX / g.dpr + radius * Math.sin(angle);
      const y = area.top + this.#offset.top + g.centerY / g.dpr - radius * Math.cos(angle);
      root.dataset.bigChild = `${Math.round(x)},${Math.round(y)}`;
    } else delete root.dataset.bigChild;
    root.dataset.rowHeight = String(g.ring / g.dpr);
    root.dataset.viewReady = 'sunburst';
  }

  protected pickAt(point: Point): Picked {
    const g = this.#geometry;
    const area = this.parts.root.getBoundingClientRect();
    const { left, top } = this.#offset;
    const turn = getTurnAt(g, (point.x - area.left - left) * g.dpr, (point.y - area.top - top) * g.dpr);
    if (turn.depth < 0) return NOTHING;
    if (turn.depth === 0) return hasAbove(this.props) ? { block: -1, above: true } : { block: 0, above: false };
    return { block: pickBlock(this.scene.blocks, turn.x, turn.depth), above: false };
  }

  protected getBox(): undefined {
    return undefined;
  }

  protected reveal(): void {
    // Every block that has a place is in sight, or beyond the last ring, where only zooming helps.
  }

  protected lookAt(block: BlockIndex): void {
    // Arcs around the middle are as large as they get: what is left is to go on to the widest of them.
    const node = findWidestHidden(this.props.tree, this.scene.blocks, block);
    if (node >= 0) this.props.onZoom(node);
  }

  protected lookBack(): boolean {
    return false;
  }

  #measureRings(): void {
    const { maxDepth } = this.scene.blocks;
    this.#geometry = getSunburstGeometry(this.#size, maxDepth);
    this.#coarse = getSunburstGeometry(getCoarseSize(this.#size), maxDepth);
  }

  #updateList(): void {
    this.#list.update(this.props, getShownRoot(this.props.tree, this.props.zoom));
  }

  /** Selects the widest block of a function: one on the picture, if there is any. */
  #selectFrame(frame: FrameIndex): void {
    const { tree, onSelect } = this.props;
    const { blocks } = this.scene;
    const [widest] = findBlocksOf(tree, blocks, frame).sort((a, b) => blocks.value[b]! - blocks.value[a]!);
    const node = widest === undefined ? findWidestNode(tree, frame) : blocks.node[widest]!;
    if (node >= 0) onSelect(node);
  }
}
