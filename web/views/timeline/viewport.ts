/**
 * Which part of a timeline is in view: a part of the axis and the first row, the way between two parts, and the way back.
 *
 * Spaces: times (the axis' unit) ↔ unit x over all of it; rows of all lanes.
 */
import type { TimeRange } from '../panel-props.ts';
import type { Lanes } from './lanes.ts';
import { type AxisView, ViewMotion, WHOLE_VIEW } from './view-motion.ts';

/** Narrowest part of the axis that can be looked at, and of the numbers that its times are. */
const LEAST_VIEW = 1e-8;
const LEAST_TIME = 1e-12;
/** Part of the width that a call is brought in from the edge. */
const REVEAL_MARGIN = 0.1;
/** A part that is all but this is all. */
const ALL_BUT = 1e-6;

/** The part of one timeline that is in view. */
export class Viewport {
  #lanes: Lanes;
  #view: AxisView = WHOLE_VIEW;
  #motion: ViewMotion | null = null;
  /** Parts that were in view before each zoom. */
  readonly #back: AxisView[] = [];
  /** Rows above the first one in sight, a fraction while it moves. */
  scroll = 0;

  constructor(lanes: Lanes) {
    this.#lanes = lanes;
  }

  /** Other rows on the same axis. */
  setLanes(lanes: Lanes): void {
    this.#lanes = lanes;
  }

  /** What is in view now. */
  get view(): AxisView {
    return this.#view;
  }

  /** What is in view when all has come to rest. */
  get target(): AxisView {
    return this.#motion?.target ?? this.#view;
  }

  /** True on the way from one part to another. */
  get isGliding(): boolean {
    return this.#motion !== null;
  }

  /** Narrowest part that its numbers can tell. */
  get least(): number {
    const { from, to } = this.#lanes.axis;
    return Math.min(1, Math.max(LEAST_VIEW, (Math.max(Math.abs(from), Math.abs(to)) * LEAST_TIME) / (to - from)));
  }

  /** Unit x of a time. */
  toUnit(time: number): number {
    const { from, to } = this.#lanes.axis;
    return (time - from) / (to - from);
  }

  /** Times of a part. */
  toTimes({ from, to }: AxisView): TimeRange {
    const { axis } = this.#lanes;
    const length = axis.to - axis.from;
    return { from: axis.from + from * length, to: axis.from + to * length };
  }

  /** The part between two times that can be looked at; all for null. */
  toView(range: TimeRange | null): AxisView {
    return range === null ? WHOLE_VIEW : this.fit({ from: this.toUnit(range.from), to: this.toUnit(range.to) });
  }

  /** A part no narrower than can be told, inside of the axis. */
  fit({ from, to }: AxisView): AxisView {
    const span = Math.min(1, Math.max(this.least, to - from));
    const start = Math.min(1 - span, Math.max(0, (from + to - span) / 2));
    return span > 1 - ALL_BUT ? WHOLE_VIEW : { from: start, to: start + span };
  }

  /**
   * The part of the same width from which a stretch is to be seen that now is not: all of it, from the side where it is; of
   * what is wider its beginning. Null where some of it is in view.
   */
  findViewOf(range: TimeRange): AxisView | null {
    const { from, to } = this.target;
    const [x0, x1] = [this.toUnit(range.from), this.toUnit(range.to)];
    if (x0 < to && x1 > from) return null;
    const span = to - from;
    const margin = span * REVEAL_MARGIN;
    const isFromRight = x0 >= to && x1 - x0 + 2 * margin < span;
    const start = isFromRight ? x1 + margin - span : x0 - margin;
    return { from: start, to: start + span };
  }

  /** Shows a part at once; false when it is in view already. */
  jump(view: AxisView): boolean {
    this.#motion = null;
    const { from, to } = this.#view;
    this.#view = view;
    return view.from !== from || view.to !== to;
  }

  /** Begins to move to a part. */
  glide(view: AxisView, now: number): void {
    this.#motion = new ViewMotion(this.#view, view, now);
  }

  /** Goes on with the way to a part. True when it moved. */
  advance(now: number): boolean {
    if (this.#motion === null) return false;
    this.#view = this.#motion.at(now);
    if (this.#view === this.#motion.target) this.#motion = null;
    return true;
  }

  /** Keeps what is in view for `takeBack`. */
  keep(): void {
    this.#back.push(this.target);
  }

  /** The part to go back to, which is larger than what is in view; null when that is all. */
  takeBack(): AxisView | null {
    const { from, to } = this.target;
    if (from === 0 && to === 1) return null;
    // A wheel may have gone further out than the last zoom did.
    let before = this.#back.pop();
    while (before !== undefined && before.to - before.from <= to - from) before = this.#back.pop();
    return before ?? WHOLE_VIEW;
  }
}
