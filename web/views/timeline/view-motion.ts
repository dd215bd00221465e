/** The way from one part of the axis to another: on it the width changes by the same factor in the same time. */
import { easeCubicInOut } from 'd3';

/** As `--motion-zoom`. */
const MOTION_MS = 240;

/** Part of the axis in view, in unit x. */
export interface AxisView {
  readonly from: number;
  readonly to: number;
}

/** All of the axis. */
export const WHOLE_VIEW: AxisView = { from: 0, to: 1 };

/** A motion under way. */
export class ViewMotion {
  readonly target: AxisView;
  readonly #start: AxisView;
  readonly #began: number;

  constructor(start: AxisView, target: AxisView, began: number) {
    this.#start = start;
    this.target = target;
    this.#began = began;
  }

  /** What is in view at a time; the target itself when it is over. */
  at(now: number): AxisView {
    const share = (now - this.#began) / MOTION_MS;
    return share >= 1 ? this.target : between(this.#start, this.target, easeCubicInOut(Math.max(0, share)));
  }
}

/** A view on the way from one to another. */
export function between(one: AxisView, other: AxisView, share: number): AxisView {
  const [w0, w1] = [one.to - one.from, other.to - other.from];
  const width = w0 * (w1 / w0) ** share;
  // The place that stays where it is on screen; without a change of width there is none.
  const part = Math.abs(w1 / w0 - 1) < 1e-6 ? share : (width - w0) / (w1 - w0);
  const from = one.from + (other.from - one.from) * part;
  return { from, to: from + width };
}
