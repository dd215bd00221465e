/** The moment that is looked at, and the stretch that is being marked: by pointer, and by keys that say what they met. */
import type { Content } from './content.ts';
import { findNearestMoment, findNextMoment } from './moments.ts';
import { listNamed, type TimeView } from './picture.ts';
import { printReadout, readMoment } from './readout.ts';
import type { TimeCamera } from './time-camera.ts';
import { formatMoment } from './words.ts';

/** What the crosshair asks of the view around it. */
export interface CrosshairTarget {
  getContent(): Content;
  /** Marks are to be drawn anew. */
  request(): void;
  /** Tells it to those who hear it. */
  say(text: string): void;
}

/** Crosshair of one view. Times are seconds since the start. */
export class Crosshair {
  readonly #target: CrosshairTarget;
  readonly #camera: TimeCamera;
  /** Null: none. */
  #at: number | null = null;
  #brush: TimeView | null = null;
  /** End of the marked stretch that stays while keys move the other. */
  #anchor: number | null = null;

  constructor(target: CrosshairTarget, camera: TimeCamera) {
    this.#target = target;
    this.#camera = camera;
  }

  get at(): number | null {
    return this.#at;
  }

  get brush(): TimeView | null {
    return this.#brush;
  }

  /** Puts it at the moment nearest to a time, by pointer; null takes it away. */
  point(time: number | null): void {
    // A stretch that keys are marking stays.
    if (this.#anchor === null)
      this.#put(time === null ? null : findNearestMoment(this.#target.getContent().tracks, time));
  }

  /** Marks a stretch by pointer; null: it came to nothing. */
  mark(brush: TimeView | null): void {
    this.#anchor = null;
    this.#brush = brush;
    this.#target.request();
  }

  /** Takes crosshair and mark away. */
  clear(): void {
    this.#put(null);
  }

  /** Does what a key means; false when it means nothing here. */
  act(key: string, isMarking: boolean): boolean {
    const { tracks, isZoomed } = this.#target.getContent();
    const { from, to } = this.#camera.view;
    const page = (to - from) / 10;
    const at = this.#at ?? findNearestMoment(tracks, from);
    switch (key) {
      case 'ArrowRight':
      case 'ArrowLeft':
        this.#walk(this.#at === null ? at : findNextMoment(tracks, at, key === 'ArrowRight' ? 1 : -1), isMarking);
        return true;
      case 'PageDown':
      case 'PageUp':
        this.#walk(findNearestMoment(tracks, at + (key === 'PageDown' ? page : -page)), isMarking);
        return true;
      case 'Home':
      case 'End':
        this.#walk(findNearestMoment(tracks, key === 'Home' ? from : to), isMarking);
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        this.#walk(this.#findPeak(at, key === 'ArrowDown' ? 1 : -1), isMarking);
        return true;
      case 'Enter':
        this.#zoom(
          this.#brush !== null && this.#brush.to > this.#brush.from
            ? this.#brush
            : { from: at - page * 2.5, to: at + page * 2.5 },
        );
        return true;
      case '+':
      case '=':
      case '-':
        this.#camera.zoomAround(at, key === '-' ? 2 : 0.5);
        return true;
      case '0':
        this.#zoom(null);
        return true;
      case 'Backspace':
      case 'Escape':
        if (this.#brush !== null) this.mark(null);
        else if (isZoomed) this.#zoom(null);
        else return key === 'Backspace';
        return true;
      default:
        return false;
    }
  }

  #zoom(view: TimeView | null): void {
    this.mark(null);
    this.#camera.zoomTo(view);
  }

  #put(at: number | null): void {
    const next = at === null || Number.isNaN(at) ? null : at;
    if (next === null) {
      this.#anchor = null;
      this.#brush = null;
    }
    if (next === this.#at && next !== null) return;
    this.#at = next;
    this.#target.request();
  }

  /** The peak before or after `at` in the order of panels and lines, and around. */
  #findPeak(at: number, step: 1 | -1): number {
    const peaks = this.#target
      .getContent()
      .panels.flatMap(listNamed)
      .map(({ facts, offset }) => facts.mostAt - offset)
      .filter((each) => !Number.isNaN(each));
    if (peaks.length === 0) return at;
    const here = peaks.indexOf(at);
    const next = here < 0 ? (step > 0 ? 0 : peaks.length - 1) : (here + step + peaks.length) % peaks.length;
    return peaks[next]!;
  }

  /** Puts it at a moment by the keyboard: into view, and told. */
  #walk(to: number, isMarking: boolean): void {
    if (Number.isNaN(to)) return;
    const anchor = isMarking ? (this.#anchor ?? this.#at ?? to) : null;
    this.#put(to);
    this.#anchor = anchor;
    this.#brush = anchor === null ? null : { from: Math.min(anchor, to), to: Math.max(anchor, to) };
    const { from, to: end } = this.#camera.view;
    if (to < from || to > end) this.#camera.look({ from: to - (end - from) / 2, to: to + (end - from) / 2 });
    const content = this.#target.getContent();
    const marked =
      this.#brush === null ? '' : `, ${formatMoment(this.#brush.to - this.#brush.from, content.file.axis)} marked`;
    this.#target.say(printReadout(readMoment(content, to, end - from)) + marked);
    this.#target.request();
  }
}
