/**
 * Rows of a long list that are elements: keeps the scroll position of a scrolled element and of `RowScroller` together.
 *
 * The scrolled element holds a head (perhaps) and one element with the class `row-space`, which is as tall as all rows; the rows
 * on screen are in it. A view draws `window`, and asks before each drawing for `prepare`.
 */
import { RowScroller, type RowWindow } from './table/scroll.ts';

/** Quiet time after which the scroll thumb is put where it belongs. */
const ALIGN_AFTER_MS = 160;

/** What a list of rows is. */
export interface RowListOptions {
  readonly rowHeight: number;
  /** Height of what stays at the top. */
  readonly headHeight: number;
  /** The scrolled element, as soon as there is one. */
  find(): HTMLElement | null;
  /** The person scrolled: other rows are to be drawn, before the next paint. */
  draw(): void;
}

/** The rows of one list. */
export class RowList {
  readonly #options: RowListOptions;
  readonly #scroller: RowScroller;
  #timer = 0;

  constructor(options: RowListOptions) {
    this.#options = options;
    this.#scroller = new RowScroller(options.rowHeight);
  }

  /** Rows to draw, and where the first of them stands. */
  get window(): RowWindow {
    return this.#scroller.window;
  }

  /** Height of all rows, in CSS pixels. */
  get height(): number {
    return this.#scroller.scrollHeight;
  }

  /** Rows that fit. */
  get page(): number {
    return this.#scroller.page;
  }

  /** Takes the number of rows and the element's size. To be called before drawing. */
  prepare(rows: number): void {
    const { find, headHeight } = this.#options;
    const element = find();
    this.#scroller.resize(rows, Math.max(0, (element?.clientHeight ?? 0) - headHeight));
    this.#align(element);
  }

  /** Moves as little as is needed to show a row. */
  reveal(row: number): void {
    this.#scroller.reveal(row);
    this.#leave();
  }

  /** Brings a row that is out of view near the middle. */
  center(row: number): void {
    if (this.#scroller.center(row)) this.#leave();
  }

  toTop(): void {
    this.#scroller.toTop();
    this.#leave();
  }

  /** For the element's `scroll` event. */
  readonly onScroll = (): void => {
    const element = this.#options.find();
    // Our own move, whose rows are drawn already.
    if (element === null || this.#scroller.isAt(element.scrollTop)) return;
    this.#scroller.scrolled(element.scrollTop);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#align(this.#options.find());
      this.#options.draw();
    }, ALIGN_AFTER_MS);
    this.#options.draw();
  };

  destroy(): void {
    window.clearTimeout(this.#timer);
  }

  /** Rows were moved by us: the browser's position follows at the next drawing. */
  #leave(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #align(element: HTMLElement | null): void {
    if (element === null || this.#timer !== 0) return;
    const wanted = this.#scroller.wantedScrollTop;
    if (Math.abs(element.scrollTop - wanted) < 1) return;
    // The space must be tall enough before it can be scrolled that far.
    element.querySelector<HTMLElement>('.row-space')?.style.setProperty('height', `${this.#scroller.scrollHeight}px`);
    element.scrollTop = wanted;
    this.#scroller.aligned(element.scrollTop);
  }
}
