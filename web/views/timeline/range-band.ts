/**
 * The stretch of time that trees and table are limited to, as a band over the chart: drawn on the ruler, or anywhere with
 * Shift; its two ends are dragged, or moved by arrows. While it is drawn only the band moves; it counts on release.
 */
import { render } from 'lit-html';
import { icon } from '../../controls/icons.ts';
import type { TimeRange } from '../panel-props.ts';
import { followDrag } from './drag.ts';
import { createSlider, setSlider } from './slider.ts';

const KEY_STEP = 0.005;
/** Width of a letter of the tag at most, and of all around its text: ends, padding, the button. */
const LETTER_PX = 6.5;
const TAG_AROUND = 44;

/** What the band needs to know. */
export interface BandProps {
  /** Null: none. */
  readonly range: TimeRange | null;
  readonly axis: TimeRange;
  /** Part of the axis in view, in unit x. */
  readonly from: number;
  readonly to: number;
  /** Height of the ruler and width of the chart, in CSS pixels. */
  readonly ruler: number;
  readonly width: number;
  say(range: TimeRange): string;
  sayLength(range: TimeRange): string;
}

/** The band of one timeline. */
export class RangeBand {
  readonly #root: HTMLElement;
  readonly #band = document.createElement('div');
  readonly #tag = document.createElement('div');
  readonly #text = document.createElement('span');
  readonly #from: HTMLElement;
  readonly #to: HTMLElement;
  readonly #onRange: (range: TimeRange | null) => void;
  #props: BandProps;
  /** While it is drawn. */
  #drawn: TimeRange | null = null;

  constructor(root: HTMLElement, props: BandProps, onRange: (range: TimeRange | null) => void) {
    this.#root = root;
    this.#props = props;
    this.#onRange = onRange;
    this.#band.className = 'timeline-band';
    this.#tag.className = 'timeline-band-tag';
    const clear = document.createElement('button');
    clear.type = 'button';
    clear.setAttribute('aria-label', 'Clear the range');
    clear.dataset.action = 'timeline-clear';
    render(icon('close', 12), clear);
    clear.addEventListener('click', () => this.#onRange(null));
    this.#tag.append(this.#text, clear);
    this.#from = this.#createEnd('Start of the range', 'from');
    this.#to = this.#createEnd('End of the range', 'to');
    root.addEventListener('pointerdown', (event) => this.#press(event));
    this.update(props);
  }

  /** Whether a press of pointer or finger draws a range, so that it does not pan. */
  isOwn(event: Event): boolean {
    if (event.target instanceof HTMLButtonElement) return false;
    if (this.#isEnd(event.target)) return true;
    const place = event instanceof MouseEvent ? event : getTouch(event);
    if (place === null || (event instanceof MouseEvent && event.button !== 0)) return false;
    const { top } = this.#root.getBoundingClientRect();
    return place.clientY - top < this.#props.ruler || (event instanceof MouseEvent && event.shiftKey);
  }

  update(props: BandProps): void {
    // What was drawn stays until the page has taken it in.
    if (props.range !== this.#props.range) this.#drawn = null;
    this.#props = props;
    const range = this.#drawn ?? props.range;
    if (range === null) {
      for (const element of [this.#band, this.#tag, this.#from, this.#to]) element.remove();
      return;
    }
    const x0 = this.#toView(range.from);
    const x1 = this.#toView(range.to);
    this.#show(this.#band, x1 > 0 && x0 < 1);
    this.#show(this.#from, x0 >= 0 && x0 <= 1);
    this.#show(this.#to, x1 >= 0 && x1 <= 1);
    const [left, right] = [Math.max(-0.01, x0), Math.min(1.01, x1)];
    this.#band.style.setProperty('left', `${left * 100}%`);
    this.#band.style.setProperty('width', `${(right - left) * 100}%`);
    this.#from.style.setProperty('left', `${x0 * 100}%`);
    this.#to.style.setProperty('left', `${x1 * 100}%`);
    this.#show(this.#tag, x1 > 0 && x0 < 1);
    this.#placeTag(range, Math.max(0, x0), Math.min(1, x1));
    const share = (time: number): number => (time - props.axis.from) / (props.axis.to - props.axis.from);
    setSlider(this.#from, share(range.from), props.say(range));
    setSlider(this.#to, share(range.to), props.say(range));
  }

  /** Says on the ruler what is between the ends, as much of it as has room there; beside them where nothing has. */
  #placeTag(range: TimeRange, x0: number, x1: number): void {
    const { say, sayLength, width } = this.#props;
    const length = sayLength(range);
    const room = (x1 - x0) * width - TAG_AROUND;
    const whole = `${say(range)}, ${length}`;
    this.#text.textContent = whole.length * LETTER_PX < room ? whole : length;
    // Short of room it stands right of the band, or left of one at the right edge.
    const needed = this.#text.textContent.length * LETTER_PX + TAG_AROUND;
    const left =
      needed <= (x1 - x0) * width ? x0 * width : x1 * width + needed <= width ? x1 * width : x0 * width - needed;
    this.#tag.style.setProperty('left', `${Math.max(0, left)}px`);
  }

  #createEnd(label: string, end: 'from' | 'to'): HTMLElement {
    const step = (): number => KEY_STEP * (this.#props.to - this.#props.from) * this.#length;
    const element = createSlider('timeline-band-end', label, {
      onStep: (steps) => this.#moveEnd(end, steps * step()),
      onEnd: (to) => this.#moveEnd(end, to === 'from' ? -this.#length : this.#length),
    });
    element.dataset.end = end;
    return element;
  }

  #moveEnd(end: 'from' | 'to', by: number): void {
    const { range, axis } = this.#props;
    if (range === null) return;
    const moved = { ...range, [end]: Math.min(axis.to, Math.max(axis.from, range[end] + by)) };
    if (moved.to > moved.from) this.#onRange(moved);
  }

  #press(event: PointerEvent): void {
    if (!this.isOwn(event) || !event.isPrimary) return;
    const { range } = this.#props;
    const end = this.#isEnd(event.target) ? (event.target as HTMLElement).dataset.end : undefined;
    const fixed =
      end === undefined || range === null ? this.#toTime(event.clientX) : end === 'from' ? range.to : range.from;
    followDrag(this.#root, event, {
      onMove: (x) => {
        const at = this.#toTime(x);
        this.#drawn = { from: Math.min(fixed, at), to: Math.max(fixed, at) };
        this.update(this.#props);
      },
      onEnd: () => {
        if (this.#drawn !== null && this.#drawn.to > this.#drawn.from) this.#onRange(this.#drawn);
        else this.#drawn = null;
        this.update(this.#props);
      },
    });
  }

  #isEnd(target: EventTarget | null): boolean {
    return target === this.#from || target === this.#to;
  }

  get #length(): number {
    return this.#props.axis.to - this.#props.axis.from;
  }

  #toView(time: number): number {
    const { axis, from, to } = this.#props;
    return ((time - axis.from) / this.#length - from) / (to - from);
  }

  #toTime(x: number): number {
    const { axis, from, to } = this.#props;
    const { left, width } = this.#root.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (x - left) / width));
    return axis.from + (from + share * (to - from)) * this.#length;
  }

  #show(element: HTMLElement, isShown: boolean): void {
    if (!isShown) element.remove();
    else if (!element.isConnected) this.#root.append(element);
  }
}

/** The first finger; null where no finger is what it is about. */
function getTouch(event: Event): { readonly clientY: number } | null {
  // Safari on the desktop has no such class.
  return typeof TouchEvent !== 'undefined' && event instanceof TouchEvent ? (event.touches[0] ?? null) : null;
}
