/**
 * Icicle and flame: the tree as rows of blocks on canvas, with ruler, zoom, pan, search marks and keys.
 *
 * Spaces: unit x (blocks) → part of it in view (wheel and drag; dies with the mouse) → device pixels (`IcicleGeometry`).
 * Layout runs when tree, zoom, size or options change; hovering repaints the overlay only; all drawing is in one place,
 * at most once per animation frame.
 */
import './icicle.css';
import { type BlockIndex, BlockKind, type Blocks } from '../../../shared/layout/blocks.ts';
import { getShownRoot, type LayoutOptions, layoutBlocks } from '../../../shared/layout/layout.ts';
import { measuredShare } from '../../../shared/layout/measured.ts';
import { findBlock, findNeighbour, pickBlock } from '../../../shared/layout/pick.ts';
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
import { type Camera, Flag, type Layer, type Scene } from '../../paint/scene.ts';
import { getFonts, TextMeasure } from '../../paint/text.ts';
import { readChartKey } from '../chart-keys.ts';
import { findMotion, type Motion } from '../chart-motion.ts';
import {
  type ChartParts,
  createChartParts,
  FrameLoop,
  getFontFamily,
  getSize,
  sizeCanvas,
  watchSize,
} from '../chart-parts.ts';
import type { BlockInfo, ChartProps, MeasuredShare, Point } from '../chart-props.ts';
import { buildScene, describeBlock, formatTotal, getNodeName, getUnit } from '../chart-scene.ts';
import { sayBlock } from '../chart-speech.ts';
import type { View } from '../view.ts';
import { type Gestures, listenToGestures } from './gestures.ts';
import { Pills } from './pills.ts';
import { getTicks } from './ruler.ts';

/** Narrower blocks are gathered. */
const LEAST_BLOCK_PX = 2;
/** How much finer or coarser the view may get before the blocks are laid out anew while a gesture goes on. */
const RELAYOUT_RATIO = 1.15;
/** How much beyond the view is laid out, as a share of it, so that a short drag needs no layout. */
const MARGIN = 0.5;
const ALL_OF_IT: readonly [number, number] = [0, 1];

/** Shows an icicle (or flame) in `host`. */
export function mountIcicle(host: HTMLElement, props: ChartProps): View<ChartProps> {
  return new Icicle(host, props);
}

class Icicle implements View<ChartProps> {
  readonly #parts: ChartParts;
  readonly #loop = new FrameLoop((now) => this.#draw(now));
  readonly #gestures: Gestures;
  readonly #pills: Pills;
  readonly #stopWatching: () => void;
  readonly #context: CanvasRenderingContext2D;
  readonly #marks: CanvasRenderingContext2D;
  readonly #measure: TextMeasure;
  readonly #unfolded = new Set<NodeIndex>();
  #props: ChartProps;
  #geometry: IcicleGeometry;
  #family: string;
  #scene: Scene;
  /** Part of the width in view, and the part and fineness that the scene was laid out for. */
  #view = ALL_OF_IT;
  #laidOut = { from: 0, to: 1, span: 1 };
  /** Device pixels. */
  #scroll = 0;
  #motion: Motion | null = null;
  /** Motion of the view within the same blocks. */
  #needs = { layout: true, scene: true, paint: true, ready: true };
  #hovered: BlockIndex = -1;
  #overAbove = false;
  #focused: BlockIndex = -1;
  #pointer: Point | null = null;
  #pointerMoved = false;
  #measured: MeasuredShare | null = null;

  constructor(host: HTMLElement, props: ChartProps) {
    this.#props = props;
    this.#parts = createChartParts(host, 'icicle', props.flame ? 'Flame graph' : 'Icicle');
    this.#context = this.#parts.canvas.getContext('2d', { alpha: false })!;
    this.#marks = this.#parts.overlay.getContext('2d')!;
    this.#measure = new TextMeasure(document.createElement('canvas').getContext('2d')!);
    this.#family = getFontFamily(this.#parts.root);
    this.#geometry = getIcicleGeometry(getSize(this.#parts.root), props);
    this.#scene = buildScene(props, this.#layout(ALL_OF_IT));
    this.#pills = new Pills(this.#parts.root, {
      onPage: (pages) => this.#scrollBy(pages * Math.max(1, countWholeRows(this.#geometry) - 2) * this.#geometry.row),
      onWhole: () => this.#setView(ALL_OF_IT),
    });
    this.#gestures = listenToGestures(this.#parts.root, {
      canScroll: () => getMaxScroll(this.#geometry, this.#countRows()) > 0,
      onView: (from, to) => this.#setView([from, to], false),
      onScroll: (pixels) => this.#scrollBy(pixels * this.#geometry.dpr * (this.#props.flame ? -1 : 1)),
      onDrag: (isDragging) => this.#parts.root.classList.toggle('dragging', isDragging),
    });
    this.#listen();
    this.#stopWatching = watchSize(this.#parts.root, () => this.#resize());
    this.#resize();
    this.#announceMeasured();
    this.#request({ paint: true });
  }

  update(props: ChartProps): void {
    const before = this.#props;
    this.#props = props;
    const differs = (...fields: (keyof ChartProps)[]): boolean =>
      fields.some((field) => props[field] !== before[field]);
    if (differs('tree')) this.#unfolded.clear();
    if (differs('flame', 'compact')) {
      this.#parts.root.setAttribute(
        'aria-label',
        this.#parts.root.ariaLabel!.replace(/^[^.]*/, props.flame ? 'Flame graph' : 'Icicle'),
      );
      this.#geometry = getIcicleGeometry(getSize(this.#parts.root), props);
    }
    if (differs('tree', 'zoom')) this.#changeRoot(before);
    else if (differs('maxDepth', 'cutoff', 'measuredOnly')) this.#request({ layout: true });
    if (differs('colors', 'packages', 'matches')) this.#request({ scene: true });
    if (differs('theme', 'flame', 'compact')) this.#request({ paint: true });
    if (differs('selected') && props.selected !== before.selected) this.#reveal(props.selected);
    this.#request({});
  }

  destroy(): void {
    this.#loop.stop();
    this.#stopWatching();
    this.#gestures.stop();
    this.#parts.root.remove();
  }

  /** Asks for a frame; what is named is done in it. */
  #request(needs: { layout?: boolean; scene?: boolean; paint?: boolean }): void {
    if (needs.layout) this.#needs.layout = true;
    if (needs.scene || needs.layout) this.#needs.scene = true;
    if (needs.paint || needs.scene || needs.layout) this.#needs.paint = true;
    this.#loop.request();
  }

  #layout(view: readonly [number, number]): Blocks {
    const { tree, zoom } = this.#props;
    return layoutBlocks(tree, this.#getOptions(zoom, view, this.#props.measuredOnly));
  }

  #getOptions(root: NodeIndex, [from, to]: readonly [number, number], measuredOnly: boolean): LayoutOptions {
    const { maxDepth, cutoff } = this.#props;
    const width = this.#geometry.width / this.#geometry.dpr;
    const span = to - from;
    const minWidth = (LEAST_BLOCK_PX * span) / Math.max(1, width);
    const margin = span * MARGIN;
    const view: [number, number] = [from - margin, to + margin];
    return { root, minWidth, maxDepth, cutoff, measuredOnly, unfolded: this.#unfolded, view };
  }

  /** Another zoom or tree: a motion from the old picture to the new one, where one is a part of the other. */
  #changeRoot(before: ChartProps): void {
    const { tree, motion } = this.#props;
    const old = { scene: this.#scene, camera: this.#getCamera(-this.#scroll / this.#geometry.row, before) };
    const focused = this.#focused >= 0 ? this.#scene.blocks.node[this.#focused]! : -1;
    this.#view = ALL_OF_IT;
    this.#gestures.setView(0, 1);
    this.#scroll = 0;
    this.#hovered = -1;
    this.#relayout();
    this.#focused = focused >= 0 && before.tree === tree ? findBlock(this.#scene.blocks, focused) : -1;
    const canMove = motion && before.tree === tree && document.visibilityState === 'visible';
    this.#motion = canMove ? findMotion(tree, old, { scene: this.#scene, camera: this.#getCamera() }) : null;
    this.#announceMeasured();
    this.#request({ paint: true });
  }

  #relayout(): void {
    const [from, to] = this.#view;
    this.#scene = buildScene(this.#props, this.#layout(this.#view));
    this.#laidOut = { from: from - (to - from) * MARGIN, to: to + (to - from) * MARGIN, span: to - from };
    this.#needs.layout = false;
    this.#needs.scene = false;
    this.#scroll = Math.min(this.#scroll, getMaxScroll(this.#geometry, this.#countRows()));
  }

  /** Tells the legend how much is measured: of the whole width, whatever is in view, estimates included where they are hidden. */
  #announceMeasured(): void {
    const { tree, zoom, measuredOnly, onMeasured } = this.#props;
    const isWhole = this.#view === ALL_OF_IT && !measuredOnly;
    const blocks = isWhole ? this.#scene.blocks : layoutBlocks(tree, this.#getOptions(zoom, ALL_OF_IT, false));
    const share = measuredShare(blocks, tree);
    if (this.#measured?.measured === share.measured && this.#measured.estimated === share.estimated) return;
    this.#measured = share;
    onMeasured(share);
  }

  #resize(): void {
    const size = getSize(this.#parts.root);
    if (size.width === 0 || size.height === 0) return;
    const geometry = getIcicleGeometry(size, this.#props);
    const isWider = geometry.width !== this.#geometry.width || geometry.dpr !== this.#geometry.dpr;
    this.#geometry = geometry;
    this.#gestures.resize(size.width, size.height);
    this.#motion = null;
    this.#request(isWider ? { layout: true } : { paint: true });
  }

  #draw(now: number): void {
    const needs = this.#needs;
    if (needs.layout) {
      this.#keepMarks(() => this.#relayout());
      this.#announceMeasured();
    } else if (needs.scene) this.#scene = buildScene(this.#props, this.#scene.blocks);
    needs.layout = false;
    needs.scene = false;
    this.#scroll = Math.min(this.#scroll, getMaxScroll(this.#geometry, this.#countRows()));
    const moment = this.#motion?.at(now);
    if (needs.paint || moment) this.#paint(moment?.layers ?? [this.#getLayer()], moment?.labelAlpha ?? 1);
    needs.paint = false;
    if (this.#pointerMoved) this.#hoverAt(this.#pointer);
    if (moment && !moment.done) {
      this.#marks.clearRect(0, 0, this.#geometry.width, this.#geometry.height);
      this.#loop.request();
      return;
    }
    if (this.#motion) {
      this.#motion = null;
      if (this.#pointer) this.#hoverAt(this.#pointer);
    }
    this.#paintMarks();
    this.#tell();
  }

  #paint(layers: readonly Layer[], labelAlpha: number): void {
    const { tree, theme, zoom } = this.#props;
    const g = this.#geometry;
    sizeCanvas(this.#parts.canvas, g.width, g.height);
    const root = this.#scene.blocks.value[0]!;
    // The layer of the new root tells the ruler where 0 is; it is the coarser one when the zoom goes out.
    const ruled = layers.find((layer) => layer.scene === this.#scene) ?? layers[0]!;
    paintIcicle(this.#context, this.#measure, {
      geometry: g,
      theme,
      fonts: getFonts(this.#family, this.#props.compact ? 11 : 12, g.dpr),
      layers,
      above: labelAlpha === 1 && zoom > 0 ? this.#getAbove() : null,
      ticks: getTicks(ruled.camera, root, getUnit(tree), g.width, g.dpr),
      scroll: this.#motion && labelAlpha < 1 ? 0 : this.#scroll,
      labelAlpha,
    });
  }

  /** The marks of a picture at rest. */
  #paintMarks(): void {
    const { theme, selected } = this.#props;
    const g = this.#geometry;
    sizeCanvas(this.#parts.overlay, g.width, g.height);
    const { blocks } = this.#scene;
    const isFocusShown = this.#parts.root.matches(':focus-visible');
    const hovered = this.#hovered >= 0 ? this.#hovered : isFocusShown ? this.#focused : -1;
    const marks = {
      same: this.#findSame(hovered),
      selected: selected < 0 ? -1 : findBlock(blocks, selected),
      hovered,
    };
    paintMarks(this.#marks, g, theme, this.#getLayer(), this.#scroll, marks);
  }

  /** Blocks of the hovered function, else of the selected one. */
  #findSame(hovered: BlockIndex): BlockIndex[] {
    const { tree, selectedFrame } = this.#props;
    const { blocks } = this.#scene;
    const frame = hovered >= 0 ? tree.frame[blocks.node[hovered]!]! : selectedFrame;
    const same: BlockIndex[] = [];
    if (frame < 0) return same;
    const [first, last] = this.#getDepthsInSight();
    const end = blocks.rowStart[last + 1]!;
    for (let i = blocks.rowStart[first]!; i < end; i++) {
      const isNode = blocks.kind[i] === BlockKind.node || blocks.kind[i] === BlockKind.recursion;
      if (isNode && tree.frame[blocks.node[i]!] === frame) same.push(i);
    }
    return same;
  }

  /** Data attributes and pills, after a frame is painted. */
  #tell(): void {
    const { root } = this.#parts;
    const g = this.#geometry;
    const name = this.#props.tree.total[0] === 0 ? 'No time was recorded.' : '';
    this.#pills.update({
      rows: this.#countRows(),
      first: Math.ceil(this.#scroll / g.row),
      fitting: countWholeRows(g),
      isWhole: this.#view === ALL_OF_IT,
      isFlame: g.flame,
      note: name,
    });
    root.classList.toggle('icicle-flame', g.flame);
    root.dataset.rowHeight = String(g.row / g.dpr);
    const big = this.#findBigChild();
    if (big) root.dataset.bigChild = `${Math.round(big.x)},${Math.round(big.y)}`;
    else delete root.dataset.bigChild;
    root.dataset.viewReady = 'icicle';
  }

  /** Centre, in the window, of the widest block below the zoomed one that is a node. */
  #findBigChild(): Point | null {
    const { blocks } = this.#scene;
    if (blocks.maxDepth < 1) return null;
    for (let i = blocks.rowStart[1]!; i < blocks.rowStart[2]!; i++) {
      if (blocks.kind[i] === BlockKind.node) return this.#getCentre(i);
    }
    return null;
  }

  #getCentre(block: BlockIndex): Point {
    const box = this.#getBox(block);
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  }

  /** A block's box in the window, cut to the chart. */
  #getBox(block: BlockIndex): { left: number; top: number; right: number; bottom: number } {
    const g = this.#geometry;
    const layer = this.#getLayer();
    const y = getRowTop(g, this.#scene.blocks.depth[block]! - layer.camera.top, this.#scroll);
    const box = getBlockBox(g, layer, block, y);
    const area = this.#parts.root.getBoundingClientRect();
    const left = Math.max(0, box.x);
    const right = Math.min(g.width, box.x + box.width);
    return {
      left: area.left + left / g.dpr,
      right: area.left + right / g.dpr,
      top: area.top + box.y / g.dpr,
      bottom: area.top + (box.y + box.height) / g.dpr,
    };
  }

  #getLayer(): Layer {
    return { scene: this.#scene, camera: this.#getCamera(), hole: -1 };
  }

  /** The camera of the picture at rest; `rows` moves it for pictures that are scrolled. */
  #getCamera(rows = 0, props = this.#props): Camera {
    const [from, to] = this.#view;
    return { from, to, top: -(hasAbove(props) ? 1 : 0) - rows };
  }

  #countRows(): number {
    return this.#scene.blocks.maxDepth + 1 + (hasAbove(this.#props) ? 1 : 0);
  }

  #getDepthsInSight(): [first: number, last: number] {
    const above = hasAbove(this.#props) ? 1 : 0;
    const { maxDepth } = this.#scene.blocks;
    const first = Math.floor(this.#scroll / this.#geometry.row) - above;
    const last = first + countWholeRows(this.#geometry) + 2;
    return [Math.min(maxDepth, Math.max(0, first)), Math.min(maxDepth, Math.max(0, last))];
  }

  #getAbove(): AboveRow | null {
    const { tree, colors, packages, matches, zoom } = this.#props;
    const above = tree.parent[zoom]!;
    if (above < 0 || !hasAbove(this.#props)) return null;
    const scene = buildScene({ tree, colors, packages, matches }, oneBlock(above, tree.total[above]!));
    const name = `↑ ${getNodeName(tree, above)}`;
    return {
      color: scene.color[0]!,
      flags: scene.flags[0]! & Flag.dim,
      texts: [`${name}  ${formatTotal(tree, above)}`, name],
    };
  }

  /** Lays out again and finds the marked blocks in the new table. */
  #keepMarks(relayout: () => void): void {
    const kept = [this.#hovered, this.#focused].map((block) => {
      return block >= 0 ? { node: this.#scene.blocks.node[block]!, kind: this.#scene.blocks.kind[block]! } : null;
    });
    relayout();
    const { blocks } = this.#scene;
    const find = (wanted: { node: number; kind: number } | null | undefined): BlockIndex => {
      if (!wanted) return -1;
      for (let i = 0; i < blocks.length; i++)
        if (blocks.node[i] === wanted.node && blocks.kind[i] === wanted.kind) return i;
      return -1;
    };
    this.#hovered = find(kept[0]);
    this.#focused = find(kept[1]);
  }

  #setView(view: readonly [number, number], isProgrammatic = true): void {
    const [from, to] = view;
    if (from === this.#view[0] && to === this.#view[1]) return;
    this.#view = from === 0 && to === 1 ? ALL_OF_IT : view;
    if (isProgrammatic) this.#gestures.setView(from, to);
    const ratio = (to - from) / this.#laidOut.span;
    const isStale = ratio > RELAYOUT_RATIO || ratio < 1 / RELAYOUT_RATIO || this.#view === ALL_OF_IT;
    const isBeyond = from < Math.max(0, this.#laidOut.from) || to > Math.min(1, this.#laidOut.to);
    this.#request({ layout: isStale || isBeyond, paint: true });
    this.#pointerMoved = this.#pointer !== null;
  }

  #scrollBy(pixels: number): void {
    const scroll = Math.max(0, Math.min(getMaxScroll(this.#geometry, this.#countRows()), this.#scroll + pixels));
    if (scroll === this.#scroll) return;
    this.#scroll = scroll;
    this.#pointerMoved = this.#pointer !== null;
    this.#request({ paint: true });
  }

  /** Scrolls and pans as far as needed to have a node's block in sight. */
  #reveal(node: NodeIndex): void {
    const block = node < 0 ? -1 : findBlock(this.#scene.blocks, node);
    if (block >= 0 && !this.#motion) this.#revealBlock(block);
  }

  #revealBlock(block: BlockIndex): void {
    const { blocks } = this.#scene;
    const g = this.#geometry;
    const row = blocks.depth[block]! + (hasAbove(this.#props) ? 1 : 0);
    const lowest = row * g.row;
    const highest = (row + 1 - countWholeRows(g)) * g.row;
    if (this.#scroll > lowest) this.#scrollBy(lowest - this.#scroll);
    else if (this.#scroll < highest) this.#scrollBy(highest - this.#scroll);
    const [from, to] = this.#view;
    if (blocks.x1[block]! > from && blocks.x0[block]! < to) return;
    const middle = (blocks.x0[block]! + blocks.x1[block]!) / 2;
    const start = Math.min(1 - (to - from), Math.max(0, middle - (to - from) / 2));
    this.#setView([start, start + (to - from)]);
  }

  #listen(): void {
    const { root } = this.#parts;
    root.addEventListener('pointermove', (event) => {
      this.#pointer = { x: event.clientX, y: event.clientY };
      this.#pointerMoved = true;
      this.#request({});
    });
    root.addEventListener('pointerleave', () => {
      this.#pointer = null;
      this.#hoverAt(null);
      this.#request({});
    });
    root.addEventListener('click', (event) => {
      if (!(event.target instanceof HTMLButtonElement)) this.#click({ x: event.clientX, y: event.clientY });
    });
    root.addEventListener('keydown', (event) => this.#press(event));
    root.addEventListener('focus', () => this.#focus());
    root.addEventListener('blur', () => this.#blur());
  }

  #pickAt(point: Point): { block: BlockIndex; above: boolean } {
    const g = this.#geometry;
    const area = this.#parts.root.getBoundingClientRect();
    const x = ((point.x - area.left) * g.dpr) / g.width;
    const row = getRowAt(g, (point.y - area.top) * g.dpr, this.#scroll);
    const isAbove = hasAbove(this.#props);
    if (row < 0 || x < 0 || x > 1) return { block: -1, above: false };
    if (isAbove && row === 0) return { block: -1, above: true };
    const [from, to] = this.#view;
    return { block: pickBlock(this.#scene.blocks, from + x * (to - from), row - (isAbove ? 1 : 0)), above: false };
  }

  #hoverAt(point: Point | null): void {
    this.#pointerMoved = false;
    if (this.#motion) return;
    const { block, above } = point ? this.#pickAt(point) : { block: -1, above: false };
    const { tree, zoom, onHover } = this.#props;
    const wasOver = this.#hovered >= 0 || this.#overAbove;
    this.#hovered = block;
    this.#overAbove = above;
    this.#parts.root.classList.toggle('over-block', block >= 0 || above);
    if (block >= 0) onHover(this.#describe(block), point);
    else if (above)
      onHover(describeBlock(tree, oneBlock(tree.parent[zoom]!, tree.total[tree.parent[zoom]!]!), 0), point);
    else if (wasOver) onHover(null, null);
  }

  #describe(block: BlockIndex): BlockInfo {
    return { ...describeBlock(this.#props.tree, this.#scene.blocks, block), box: this.#getBox(block) };
  }

  #click(point: Point): void {
    const { block, above } = this.#pickAt(point);
    if (above) this.#props.onZoomOut();
    else if (block >= 0) {
      this.#focused = block;
      this.#act(block, true);
    }
  }

  /** What a click, or Enter, does to a block. */
  #act(block: BlockIndex, zooms: boolean): void {
    const { blocks } = this.#scene;
    const node = blocks.node[block]!;
    const isRoot = node === blocks.node[0];
    switch (blocks.kind[block]) {
      case BlockKind.node:
        this.#props.onSelect(node);
        if (zooms && !isRoot) this.#props.onZoom(node);
        break;
      case BlockKind.self:
        this.#props.onSelect(node);
        break;
      case BlockKind.recursion:
        this.#unfolded.add(node);
        this.#props.onSelect(node);
        this.#request({ layout: true });
        break;
      case BlockKind.gathered:
        if (!zooms) break;
        // Below the zoomed block itself there is nothing to zoom to: look closer at the place instead.
        if (isRoot) this.#setView(spread(blocks.x0[block]!, blocks.x1[block]!));
        else this.#props.onZoom(node);
        break;
      default:
        break;
    }
  }

  #press(event: KeyboardEvent): void {
    const key = event.target === this.#parts.root ? readChartKey(event) : null;
    if (key === null) return;
    if (key === 'out') {
      if (this.#view === ALL_OF_IT && !hasAbove(this.#props)) return;
      if (this.#view === ALL_OF_IT) this.#props.onZoomOut();
      else this.#setView(ALL_OF_IT);
    } else if (this.#focused < 0) this.#focusBlock(this.#findStart());
    else if (key === 'zoom' || key === 'select') this.#act(this.#focused, key === 'zoom');
    else {
      const next = findNeighbour(this.#scene.blocks, this.#focused, key);
      if (next >= 0) this.#focusBlock(next);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where the keyboard begins: at the selection, if it is on the picture, else at the top. */
  #findStart(): BlockIndex {
    const { selected } = this.#props;
    return Math.max(0, selected < 0 ? -1 : findBlock(this.#scene.blocks, selected));
  }

  #focus(): void {
    if (!this.#parts.root.matches(':focus-visible')) return;
    this.#focusBlock(this.#focused >= 0 ? this.#focused : this.#findStart());
  }

  #focusBlock(block: BlockIndex): void {
    this.#focused = block;
    this.#hovered = -1;
    this.#revealBlock(block);
    this.#parts.live.textContent = sayBlock(this.#props.tree, this.#scene.blocks, block);
    this.#props.onHover(this.#describe(block), null);
    this.#request({});
  }

  #blur(): void {
    if (this.#focused >= 0 && this.#hovered < 0) this.#props.onHover(null, null);
    this.#request({});
  }
}

/** Whether there is a row above the zoomed block: "all" is no caller when it only has one root. */
function hasAbove({ tree, zoom }: ChartProps): boolean {
  return zoom > 0 && getShownRoot(tree, 0) !== zoom;
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

/** A part of the width with some room around it. */
function spread(x0: number, x1: number): [number, number] {
  const margin = (x1 - x0) * 0.1;
  return [Math.max(0, x0 - margin), Math.min(1, x1 + margin)];
}
