/**
 * What icicle and sunburst have in common: layout when something it depends on changes, motion, and one drawing per
 * animation frame. Where blocks are on the screen is the subclass's.
 *
 *   props ──▶ blocks ──▶ scene ──▶ picture (canvas)        zoom: a motion between two pictures
 *   pointer, keys ──▶ marks (overlay canvas), callbacks    hovering never lays out and never repaints the picture
 *
 * One class holds it all, since layout, motion and size decide together what the next frame has to do.
 */
import type { BlockIndex, Blocks } from '../../shared/layout/blocks.ts';
import { getShownRoot } from '../../shared/layout/layout.ts';
import { findBlock } from '../../shared/layout/pick.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import type { Camera, Layer, Marks, Scene } from '../paint/scene.ts';
import { TextMeasure } from '../paint/text.ts';
import { Cursor, type Picked } from './chart-cursor.ts';
import { type Detail, hasSameBlocks, Layout } from './chart-layout.ts';
import { MeasuredReport } from './chart-measured.ts';
import { beginMotion, findMotion, type Motion, type Picture } from './chart-motion.ts';
import {
  type ChartParts,
  type ChartSize,
  createChartParts,
  FrameLoop,
  getFontFamily,
  getSize,
  type SizeChange,
  watchSize,
} from './chart-parts.ts';
import type { BlockInfo, ChartProps, Point } from './chart-props.ts';
import { buildScene, findBlocksOf } from './chart-scene.ts';
import { measureStage } from './chart-stages.ts';
import type { View } from './view.ts';

const AFTER_PAINT_MS = 2;
/** Work on a layout between two frames: with their drawing there is room for it in both. */
const SLICE_MS = 6;
/** A window or divider that was not moved for so long is at rest. */
const REST_MS = 120;
const EVERYTHING: readonly [number, number] = [0, 1];

/** What a frame has to do. */
interface Needs {
  layout?: boolean;
  scene?: boolean;
  paint?: boolean;
  /** It is one of many frames of a movement, and coarser than one at rest. */
  moving?: boolean;
  /** Blocks are laid out soon: in slices, while frames go on with what is there. */
  layoutSoon?: boolean;
  /** Blocks are laid out when it has come to rest. */
  layoutAtRest?: boolean;
}

/** What a chart leaves to the one that takes its place. */
export interface ChartBefore {
  readonly props: ChartProps;
  readonly scene: Scene;
}

/** Mounts a chart; `before`: the picture that it takes the place of. */
export type MountChart = (host: HTMLElement, props: ChartProps, before: ChartBefore | null) => ChartView;

/** A chart from outside. */
export interface ChartView extends View<ChartProps> {
  getBefore(): ChartBefore;
}

/** A chart, but for where its blocks are. */
export abstract class Chart implements ChartView {
  protected props: ChartProps;
  protected readonly parts: ChartParts;
  protected readonly context: CanvasRenderingContext2D;
  protected readonly marksContext: CanvasRenderingContext2D;
  protected readonly measure: TextMeasure;
  protected readonly family: string;
  protected scene!: Scene;
  readonly #loop = new FrameLoop((now) => this.#draw(now));
  readonly #unfolded = new Set<NodeIndex>();
  #stopWatching: () => void = () => undefined;
  #needs: Needs = {};
  #motion: Motion | null = null;
  /** True while what is on screen is still to be laid out for where it is: a motion that has begun, or a first picture. */
  #isAhead = false;
  /** What is being laid out, and for which part of the width. */
  #layout: { readonly layout: Layout; readonly detail: Detail } | null = null;
  #layoutTimer = 0;
  #size: ChartSize = { width: 0, height: 0, dpr: 1 };
  /** The size that the page was told the measured share of: nothing else of the picture changes it but props. */
  #measuredAt: ChartSize | null = null;
  #restTimer = 0;
  #isLayoutDue = false;
  readonly #cursor: Cursor;
  readonly #report = new MeasuredReport();

  constructor(host: HTMLElement, props: ChartProps, name: string) {
    this.props = props;
    this.parts = createChartParts(host, name);
    this.context = this.parts.canvas.getContext('2d', { alpha: false })!;
    this.marksContext = this.parts.overlay.getContext('2d')!;
    // A canvas of its own: measuring must not disturb the font of a painting under way.
    this.measure = new TextMeasure(document.createElement('canvas').getContext('2d')!);
    this.family = getFontFamily(this.parts.root);
    this.#cursor = this.#createCursor();
  }

  /** Name for screen readers. */
  protected abstract getTitle(): string;
  protected abstract getDetail(): Detail;
  /** Takes in a new size or other looks. */
  protected abstract setSize(size: ChartSize): SizeChange;
  /** Called after every layout, before anything of it is painted. */
  protected abstract takeBlocks(detail: Detail): void;
  /** Back to the start, for another root. */
  protected abstract resetPlace(): void;
  /** The camera of the picture at rest under given props. */
  protected abstract getCamera(props: ChartProps): Camera;
  /** `isMoving`: may be coarser than the screen, as another frame comes right away. */
  protected abstract paintPicture(layers: readonly Layer[], labelAlpha: number, isMoving: boolean): void;
  protected abstract paintMarks(marks: Marks, isMoving: boolean): void;
  /** Tells the page, by data attributes, what was painted. */
  protected abstract tell(): void;
  // What the cursor does to the picture.
  protected abstract pickAt(point: Point): Picked;
  protected abstract getBox(block: BlockIndex): BlockInfo['box'];
  protected abstract reveal(block: BlockIndex): void;
  protected abstract lookAt(block: BlockIndex): void;
  protected abstract lookBack(): boolean;

  /**
   * First layout and picture; to be called once, when the subclass is ready. Where another chart has stood with the same
   * blocks there is a picture in any case: when they can't be laid out before the next frame, it is made of those, without
   * labels, and laid out when it has been painted.
   */
  protected start(before: ChartBefore | null): void {
    this.#size = getSize(this.parts.root);
    this.setSize(this.#size);
    const last = before && hasSameBlocks(before.props, this.props) ? before.scene : null;
    if (!this.#arrive(last === null ? Infinity : SLICE_MS) && last !== null) {
      this.scene = last;
      this.#isAhead = true;
      this.takeBlocks(this.getDetail());
    }
    this.#sayTitle();
    this.#stopWatching = watchSize(this.parts.root, () => this.#resize());
    this.request({ paint: true });
  }

  getBefore(): ChartBefore {
    return { props: this.props, scene: this.scene };
  }

  update(props: ChartProps): void {
    this.#catchUp();
    const before = this.props;
    const old = { scene: this.scene, camera: this.getCamera(before) };
    this.props = props;
    this.#report.repeat(props);
    const differs = (...fields: (keyof ChartProps)[]) => fields.some((field) => props[field] !== before[field]);
    if (differs('tree')) this.#unfolded.clear();
    if (differs('flame', 'compact')) {
      this.#sayTitle();
      this.#motion = null;
      this.request(this.setSize(this.#size) === 'layout' ? { layout: true } : { paint: true });
    }
    if (differs('tree', 'zoom')) this.#changeRoot(old, before);
    else if (differs('maxDepth', 'cutoff', 'measuredOnly')) this.request({ layout: true });
    if (differs('colors', 'packages', 'matches')) this.request({ scene: true });
    if (differs('theme', 'flame', 'compact')) this.request({ paint: true });
    if (differs('selected') && !this.#motion) this.#revealNode(props.selected);
    this.request({});
    if (props.printing) this.#loop.flush();
  }

  destroy(): void {
    this.#loop.stop();
    this.#dropLayout();
    window.clearTimeout(this.#restTimer);
    this.#stopWatching();
    this.parts.root.remove();
  }

  /** Asks for a frame; what is named is done in it. */
  protected request(needs: Needs): void {
    this.#needs.layout ||= needs.layout ?? false;
    this.#needs.scene ||= needs.scene ?? false;
    this.#needs.paint ||= needs.paint ?? false;
    this.#needs.moving ||= needs.moving ?? false;
    this.#needs.layoutSoon ||= needs.layoutSoon ?? false;
    this.#isLayoutDue ||= needs.layoutAtRest ?? false;
    this.#loop.request();
  }

  /** The picture at rest. */
  protected getLayer(): Layer {
    return { scene: this.scene, camera: this.getCamera(this.props), hole: -1 };
  }

  /** Has the next frame at rest find out what is under the pointer: the picture moved. */
  protected movePointer(): void {
    this.#cursor.move();
  }

  #createCursor(): Cursor {
    return new Cursor(this.parts, {
      getProps: () => this.props,
      getBlocks: () => this.scene.blocks,
      pickAt: (point) => this.pickAt(point),
      getBox: (block) => this.getBox(block),
      reveal: (block) => this.reveal(block),
      lookAt: (block) => this.lookAt(block),
      lookBack: () => this.lookBack(),
      unfold: (node) => {
        this.#unfolded.add(node);
        this.request({ layout: true });
      },
      catchUp: () => this.#catchUp(),
      request: () => this.request({}),
    });
  }

  #sayTitle(): void {
    const keys = 'Arrow keys walk the tree, Enter zooms, Backspace zooms out.';
    this.parts.root.setAttribute('aria-label', `${this.getTitle()}. ${keys}`);
  }

  /** Another zoom or tree: a motion from the old picture to the new one, where one is a part of the other. */
  #changeRoot(old: Picture, before: ChartProps): void {
    const { tree, zoom, motion } = this.props;
    this.resetPlace();
    // Until the picture of the new root stands.
    delete this.parts.root.dataset.viewReady;
    // What slid under a pointer that rests was not pointed at: the details stay with what was clicked.
    this.#cursor.leave();
    this.#dropLayout();
    this.#needs = {};
    const isSameTree = before.tree === tree;
    const moves = motion && isSameTree && document.visibilityState === 'visible';
    const camera = this.getCamera(this.props);
    this.#motion = moves ? beginMotion(old, getShownRoot(tree, zoom), camera) : null;
    this.#isAhead = this.#motion !== null;
    if (!this.#isAhead) {
      if (!isSameTree) this.#cursor.forget();
      this.#arrive();
      if (moves) this.#motion = findMotion(tree, old, { scene: this.scene, camera });
    }
    this.#motion?.begin(performance.now());
    this.request({ paint: true });
  }

  /** Lays out the picture that props ask for, at once; false when that would take more than so many milliseconds. */
  #arrive(most = Infinity): boolean {
    this.#dropLayout();
    const detail = this.getDetail();
    // What is opened stays open: a layout that doesn't reach its end is not lost.
    const blocks = new Layout(this.props, detail, this.#unfolded).work(most);
    if (blocks === null) return false;
    this.#isAhead = false;
    this.#take(blocks, detail);
    this.#announceMeasured();
    return true;
  }

  #take(blocks: Blocks, detail: Detail): void {
    const before = this.scene?.blocks;
    this.scene = buildScene(this.props, blocks);
    this.takeBlocks(detail);
    if (before) this.#cursor.follow(before);
  }

  #dropLayout(): void {
    window.clearTimeout(this.#layoutTimer);
    this.#layout = null;
  }

  /** Begins to lay out in slices, the first one after this frame has been painted: tasks of the browser for it come first. */
  #beginLayout(): void {
    this.#dropLayout();
    const detail = this.getDetail();
    this.#layout = { layout: new Layout(this.props, detail, this.#unfolded), detail };
    this.#layoutTimer = window.setTimeout(() => this.#goOn(), AFTER_PAINT_MS);
  }

  #goOn(): void {
    if (this.#layout?.layout.work(SLICE_MS)) this.#endLayout();
    else this.#layoutTimer = window.setTimeout(() => this.#goOn(), AFTER_PAINT_MS);
  }

  #endLayout(): void {
    if (this.#layout === null) return;
    const { layout, detail } = this.#layout;
    this.#dropLayout();
    this.#take(layout.finish(), detail);
    if (this.#isAhead || this.#measuredAt !== this.#size) this.#announceMeasured();
    if (this.#isAhead) this.#motion?.complete({ scene: this.scene, camera: this.getCamera(this.props) });
    this.#isAhead = false;
    this.request({ paint: true, moving: this.#restTimer !== 0 });
  }

  /**
   * Lays out what is on screen already. Going in, the motion begins with the picture that is there: it needs no layout, and
   * opening what is new on it takes longer than a frame may.
   */
  #catchUp(): void {
    if (!this.#isAhead) return;
    if (this.#layout === null) this.#beginLayout();
    this.#endLayout();
  }

  /** Tells the legend how much is measured: of the whole width whatever is in view, with the estimates that are hidden. */
  #announceMeasured(): void {
    this.#measuredAt = this.#size;
    const { measuredOnly } = this.props;
    const { view, wholeMinWidth } = this.getDetail();
    const isWhole = view[0] <= 0 && view[1] >= 1;
    const everything: Detail = { minWidth: wholeMinWidth, view: EVERYTHING, wholeMinWidth };
    const blocks =
      isWhole && !measuredOnly
        ? this.scene.blocks
        : new Layout({ ...this.props, measuredOnly: false }, everything, this.#unfolded).finish();
    this.#report.tell(this.props, blocks);
  }

  /** Draws what it has in the new size at once, and lays it out when the size has come to rest. */
  #resize(): void {
    const size = getSize(this.parts.root);
    const before = this.#size;
    if (size.width === 0 || size.height === 0) return;
    if (size.width === before.width && size.height === before.height && size.dpr === before.dpr) return;
    this.#catchUp();
    this.#size = size;
    const change = this.setSize(size);
    const isOther = change !== 'place' || this.#motion !== null;
    this.#motion = null;
    this.request({ paint: isOther, moving: true, layoutAtRest: change === 'layout' });
    this.#loop.flush();
  }

  /** Has a sharp frame follow, and the layout that is due, when nothing has moved for a moment. */
  #awaitRest(): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => {
      this.#restTimer = 0;
      if (this.#isLayoutDue) this.#dropLayout();
      this.request({ paint: true, layoutSoon: this.#isLayoutDue });
      this.#isLayoutDue = false;
    }, REST_MS);
  }

  #draw(now: number): void {
    const needs = this.#needs;
    this.#needs = {};
    if (needs.layout) {
      if (this.#isAhead) this.#catchUp();
      else this.#arrive();
    } else if (needs.scene) this.scene = buildScene(this.props, this.scene.blocks);
    const moment = this.#motion?.at(now);
    const isOnWay = moment !== undefined && !moment.done;
    const isMoving = isOnWay || (needs.moving ?? false);
    if (moment) this.#paint(moment.layers, moment.labelAlpha, isMoving);
    else if (needs.paint || needs.scene || needs.layout)
      this.#paint([this.getLayer()], this.#isAhead ? 0 : 1, isMoving);
    if ((this.#isAhead || needs.layoutSoon) && this.#layout === null) this.#beginLayout();
    if (isOnWay) {
      this.#clearMarks();
      this.#loop.request();
      return;
    }
    if (this.#isAhead) return;
    this.#motion = null;
    if (isMoving) this.#awaitRest();
    else {
      this.#cursor.look();
      this.tell();
    }
    this.#paintMarks(isMoving);
  }

  #paint(layers: readonly Layer[], labelAlpha: number, isMoving: boolean): void {
    measureStage('paint', () => this.paintPicture(layers, labelAlpha, isMoving));
  }

  #paintMarks(isMoving: boolean): void {
    const { tree, selected, selectedFrame } = this.props;
    const hovered = this.#cursor.marked;
    const { blocks } = this.scene;
    const marks: Marks = {
      // Of the hovered function, else of the selected one.
      same: findBlocksOf(tree, blocks, hovered >= 0 ? tree.frame[blocks.node[hovered]!]! : selectedFrame),
      selected: selected < 0 ? -1 : findBlock(blocks, selected),
      hovered,
    };
    if (marks.same.length > 0 || marks.selected >= 0 || hovered >= 0) this.paintMarks(marks, isMoving);
    else this.#clearMarks();
  }

  /** Without pixels: an empty canvas is laid over the picture in every frame of the page, and costs as much as a full one. */
  #clearMarks(): void {
    if (this.parts.overlay.width > 0) this.parts.overlay.width = 0;
  }

  #revealNode(node: NodeIndex): void {
    const block = node < 0 ? -1 : findBlock(this.scene.blocks, node);
    if (block >= 0) this.reveal(block);
  }
}
