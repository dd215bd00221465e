/**
 * What pointer and keyboard are on in a timeline, and what they do to it: hovering tells the page, a click selects a
 * function, arrows walk from call to call. Three places are kept: the block under the pointer, the call that the keyboard
 * is on, and the call that was chosen last.
 */
import { type BlockIndex, BlockKind } from '../../../shared/layout/blocks.ts';
import { listenToInput } from '../chart-input.ts';
import type { ChartParts } from '../chart-parts.ts';
import type { Point } from '../chart-props.ts';
import type { PanelProps, TimeRange } from '../panel-props.ts';
import type { Lanes } from './lanes.ts';
import type { Picture, TimelineMarks } from './picture.ts';
import { getCall, getFrame, getTimes, type LaneCall } from './scene.ts';
import { sayCall } from './speech.ts';
import { TimelineTooltip } from './tooltip.ts';
import type { AxisView } from './view-motion.ts';
import { findStart, findStep, readStep } from './walk.ts';

/** How much closer a click on gathered calls looks, where all in view is gathered. */
const LOOK_CLOSER = 8;
const KEY_ZOOM = 1.5;

/** The timeline that a cursor is on. */
export interface CursorTarget {
  readonly picture: Picture;
  getProps(): PanelProps;
  getLanes(): Lanes;
  /** Part in view when all has come to rest. */
  getView(): AxisView;
  /** Part of the axis in view, in its unit. */
  getShown(): TimeRange;
  reveal(call: LaneCall): void;
  zoomTo(view: AxisView): void;
  /** Undoes the last zoom; false when everything is in view. */
  zoomBack(): boolean;
  reset(): void;
  scrollRows(rows: number): void;
  limitTo(range: TimeRange): void;
  /** Draws the marks again, and asks what is under a pointer that has moved. */
  request(): void;
}

/** The cursor of one timeline. */
export class TimelineCursor {
  readonly #parts: ChartParts;
  readonly #target: CursorTarget;
  readonly #tooltip: TimelineTooltip;
  #pointer: Point | null = null;
  #isMoved = false;
  #hovered: BlockIndex = -1;
  #focused: LaneCall | null = null;
  #chosen: LaneCall | null = null;
  #told = -1;

  constructor(parts: ChartParts, target: CursorTarget) {
    this.#parts = parts;
    this.#target = target;
    this.#tooltip = new TimelineTooltip(parts.root);
    listenToInput(parts.root, {
      onPoint: (point) => {
        this.#pointer = point;
        if (point === null) this.leave();
        else this.move();
        target.request();
      },
      onClick: (point) => this.#click(point),
      onKey: (event) => this.#press(event),
      onKeyboardFocus: () => this.#focus(this.#focused ?? this.#findStart()),
      onBlur: () => {
        if (this.#hovered < 0) this.#tell(-1);
        target.request();
      },
    });
    parts.root.addEventListener('dblclick', (event) => {
      const call =
        event.target instanceof HTMLButtonElement ? null : this.#getCallAt({ x: event.clientX, y: event.clientY });
      if (call !== null) this.#zoomTo(call);
    });
  }

  destroy(): void {
    this.#tooltip.destroy();
  }

  /** What is to be outlined. */
  getMarks(): TimelineMarks {
    const { selected } = this.#target.getProps();
    const focused = this.#parts.root.matches(':focus-visible') ? this.#focused : null;
    const hovered = this.#hovered >= 0 ? this.#hovered : focused;
    return {
      frame: this.#told >= 0 ? this.#told : selected,
      selected: this.hasChosen(selected) ? this.#chosen : null,
      hovered,
    };
  }

  /** The picture or the pointer moved: what is under it is to be found out. */
  move(): void {
    this.#isMoved = this.#pointer !== null;
  }

  /** Finds out what is under a pointer that has moved. */
  look(): void {
    if (!this.#isMoved || this.#pointer === null) return;
    this.#isMoved = false;
    this.#hover(this.#target.picture.pick(this.#pointer), this.#pointer);
  }

  /** Nothing is pointed at, until the pointer moves. */
  leave(): void {
    this.#isMoved = false;
    this.#hover(-1, null);
  }

  /** The lanes are others: rows of the old ones mean nothing. */
  forget(): void {
    this.leave();
    this.#focused = null;
    this.#chosen = null;
  }

  /** Puts the keyboard on a call that was chosen elsewhere. */
  goTo(call: LaneCall): void {
    this.#focused = call;
    this.#choose(call);
    this.#target.reveal(call);
  }

  /** Whether a function is that of the call that was chosen here. */
  hasChosen(frame: number): boolean {
    return this.#chosen !== null && getFrame(this.#target.getLanes(), this.#chosen) === frame;
  }

  /** Marks a call of a function that was selected elsewhere, and brings it into view. */
  show(call: LaneCall): void {
    this.#chosen = call;
    this.#focused = call;
    this.#target.reveal(call);
    this.#target.request();
  }

  #hover(block: BlockIndex, point: Point | null): void {
    const { picture } = this.#target;
    const { scene } = picture;
    const lanes = this.#target.getLanes();
    this.#hovered = scene === null ? -1 : block;
    this.#parts.root.classList.toggle('over-block', this.#hovered >= 0);
    if (scene === null || block < 0 || point === null) {
      this.#tooltip.show(null);
      this.#tell(-1);
      return;
    }
    this.#tell(scene.frame[block]!);
    const { metric } = this.#target.getProps();
    const shown = this.#target.getShown();
    this.#tooltip.show({ lanes, blocks: scene.blocks, block, metric, shown, at: point, box: picture.getBox(block) });
  }

  #tell(frame: number): void {
    if (frame === this.#told) return;
    this.#told = frame;
    this.#target.getProps().onHover(frame);
  }

  #getCallAt(point: Point): LaneCall | null {
    const { picture } = this.#target;
    const block = picture.pick(point);
    return picture.scene === null ? null : getCall(this.#target.getLanes(), picture.scene.blocks, block);
  }

  #click(point: Point): void {
    const { picture } = this.#target;
    const block = picture.pick(point);
    if (block < 0 || picture.scene === null) return;
    const call = getCall(this.#target.getLanes(), picture.scene.blocks, block);
    if (call === null) {
      this.#lookCloser(block, point);
      return;
    }
    this.#focused = call;
    this.#choose(call);
  }

  #choose(call: LaneCall): void {
    this.#chosen = call;
    this.#target.getProps().onSelect(getFrame(this.#target.getLanes(), call));
    this.#target.request();
  }

  /** Zooms to gathered calls; where they fill most of the width, to those at the pointer. */
  #lookCloser(block: BlockIndex, point: Point): void {
    const { blocks } = this.#target.picture.scene!;
    const { from, to } = this.#target.getView();
    const [x0, x1] = [Math.max(from, blocks.x0[block]!), Math.min(to, blocks.x1[block]!)];
    const span = (to - from) / LOOK_CLOSER;
    if (x1 - x0 <= span && blocks.kind[block] === BlockKind.gathered) {
      this.#target.zoomTo({ from: x0, to: x1 });
      return;
    }
    const x = this.#target.picture.toUnit(point.x);
    this.#target.zoomTo({ from: x - span / 2, to: x + span / 2 });
  }

  #zoomTo(call: LaneCall): void {
    const { axis } = this.#target.getLanes();
    const { from, to } = getTimes(this.#target.getLanes(), call);
    const unit = (time: number): number => (time - axis.from) / (axis.to - axis.from);
    this.#target.zoomTo({ from: unit(from), to: unit(to) });
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#parts.root || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#act(event.key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a key does; false when it is none of the timeline's. */
  #act(key: string, isShift: boolean): boolean {
    const target = this.#target;
    const step = readStep(key);
    if (step !== null) {
      this.#step(step);
      return true;
    }
    switch (key) {
      case 'Enter':
        if (isShift)
          target.limitTo(this.#focused === null ? target.getShown() : getTimes(target.getLanes(), this.#focused));
        else if (this.#focused === null) this.#focus(this.#findStart());
        else {
          this.#choose(this.#focused);
          this.#zoomTo(this.#focused);
        }
        return true;
      case ' ':
        if (this.#focused === null) this.#focus(this.#findStart());
        else this.#choose(this.#focused);
        return true;
      case 'Escape':
      case 'Backspace':
        return target.zoomBack();
      case '0':
        target.reset();
        return true;
      case '+':
      case '=':
      case '-':
        this.#zoomBy(key === '-' ? KEY_ZOOM : 1 / KEY_ZOOM);
        return true;
      case 'Home':
      case 'End': {
        const { from, to } = target.getView();
        target.zoomTo(key === 'Home' ? { from: 0, to: to - from } : { from: 1 - (to - from), to: 1 });
        return true;
      }
      default:
        return false;
    }
  }

  #step(step: NonNullable<ReturnType<typeof readStep>>): void {
    const { picture } = this.#target;
    if (this.#focused === null || picture.scene === null) {
      this.#focus(this.#findStart());
      return;
    }
    const next = findStep(this.#target.getLanes(), picture.scene.blocks, this.#target.getView(), this.#focused, step);
    if (next !== null) this.#focus(next);
    else if (step === 'thread above' || step === 'thread below') {
      this.#target.scrollRows((step === 'thread above' ? -1 : 1) * Math.max(1, picture.wholeRows - 2));
    }
  }

  /** Closer or further, about the call that the keyboard is on while that is in view, else about the middle. */
  #zoomBy(factor: number): void {
    const { from, to } = this.#target.getView();
    const lanes = this.#target.getLanes();
    const { axis } = lanes;
    const times = this.#focused === null ? null : getTimes(lanes, this.#focused);
    const middle = times === null ? -1 : ((times.from + times.to) / 2 - axis.from) / (axis.to - axis.from);
    const about = middle >= from && middle <= to ? middle : (from + to) / 2;
    this.#target.zoomTo({ from: about - (about - from) * factor, to: about + (to - about) * factor });
  }

  /** Where the keyboard begins: at the first call of the selected function in view, else at what runs in the middle. */
  #findStart(): LaneCall | null {
    const { scene } = this.#target.picture;
    const lanes = this.#target.getLanes();
    const { selected } = this.#target.getProps();
    const block = scene === null || selected < 0 ? -1 : scene.frame.indexOf(selected);
    if (scene !== null && block >= 0) return getCall(lanes, scene.blocks, block);
    const { from, to } = this.#target.getShown();
    return findStart(lanes, (from + to) / 2);
  }

  #focus(call: LaneCall | null): void {
    if (call === null) return;
    const lanes = this.#target.getLanes();
    this.#focused = call;
    this.#hovered = -1;
    this.#tooltip.show(null);
    this.#target.reveal(call);
    this.#parts.live.textContent = sayCall(lanes, call);
    this.#tell(getFrame(lanes, call));
    this.#target.request();
  }
}
