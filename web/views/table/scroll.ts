/**
 * Which rows of a very long table are on screen, and where.
 *
 *   rows space     0 .. rows * rowHeight                 where each row would be if all were drawn
 *   scroll space   0 .. scrollHeight (at most a cap)     what the browser scrolls
 *
 * Browsers stop laying out elements taller than some 17 to 33 million pixels, which is less than a million rows. Above
 * the cap the scroll space is shorter than the rows space, and the two are brought together in two ways: a short move
 * (wheel, touch, arrow) moves the rows by just as many pixels; a long one (the thumb, a jump) is read in proportion.
 */

/** Tallest element that every supported browser lays out, with room to spare. */
export const MAX_SCROLL_HEIGHT = 8_000_000;

/** Rows to draw for a scroll position. */
export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Where the first row stands in scroll space. */
  readonly top: number;
}

/** Scroll state of a table of equal rows. Knows numbers only; the view moves the pixels. */
export class RowScroller {
  #rows = 0;
  #viewHeight = 0;
  /** Top of the view in rows space. */
  #offset = 0;
  /** Top of the view in scroll space. */
  #scrollTop = 0;
  readonly #rowHeight: number;
  readonly #overscan: number;

  constructor(rowHeight: number, overscan = 4) {
    this.#rowHeight = rowHeight;
    this.#overscan = overscan;
  }

  /** Height of the scrolled element, in CSS pixels. */
  get scrollHeight(): number {
    return Math.min(this.#rows * this.#rowHeight, MAX_SCROLL_HEIGHT);
  }

  /** Where the browser's scroll position should be. Differs from the last one seen after jumps and long short moves. */
  get wantedScrollTop(): number {
    return this.#ratio() === 1 ? this.#offset : Math.round(this.#offset / this.#ratio());
  }

  /** Takes the table's size. Keeps the first row on screen where that is possible. */
  resize(rows: number, viewHeight: number): void {
    this.#rows = rows;
    this.#viewHeight = viewHeight;
    this.#offset = this.#clamp(this.#offset);
  }

  /** Takes a scroll position that the browser reports. */
  scrolled(scrollTop: number): void {
    const moved = scrollTop - this.#scrollTop;
    this.#scrollTop = scrollTop;
    const end = this.scrollHeight - this.#viewHeight;
    const atEdge = scrollTop <= 0 || scrollTop >= end;
    const isShort = Math.abs(moved) < this.#viewHeight && !atEdge;
    this.#offset = this.#clamp(isShort ? this.#offset + moved : scrollTop * this.#ratio());
  }

  /** True for the scroll position that is known already. */
  isAt(scrollTop: number): boolean {
    return scrollTop === this.#scrollTop;
  }

  /** Takes a scroll position that was set from `wantedScrollTop`: the rows stay where they are. */
  aligned(scrollTop: number): void {
    this.#scrollTop = scrollTop;
  }

  /** Moves as little as is needed to bring a row into view. True when something moved. */
  reveal(row: number): boolean {
    const top = row * this.#rowHeight;
    const bottom = top + this.#rowHeight;
    const before = this.#offset;
    if (top < this.#offset) this.#offset = this.#clamp(top);
    else if (bottom > this.#offset + this.#viewHeight) this.#offset = this.#clamp(bottom - this.#viewHeight);
    return this.#offset !== before;
  }

  /** Brings a row that is out of view near the middle, whole rows at the top. True when something moved. */
  center(row: number): boolean {
    const before = this.#offset;
    const top = row * this.#rowHeight;
    const isSeen = top >= before && top + this.#rowHeight <= before + this.#viewHeight;
    if (!isSeen) this.#offset = this.#clamp(top - Math.floor((this.page - 1) / 2) * this.#rowHeight);
    return this.#offset !== before;
  }

  /** Back to the first row. */
  toTop(): void {
    this.#offset = 0;
  }

  /** Whole rows that fit on screen, at least one. */
  get page(): number {
    return Math.max(1, Math.floor(this.#viewHeight / this.#rowHeight));
  }

  /** The rows on screen and a few around them. */
  get window(): RowWindow {
    const first = Math.max(0, Math.floor(this.#offset / this.#rowHeight) - this.#overscan);
    const last = Math.ceil((this.#offset + this.#viewHeight) / this.#rowHeight) + this.#overscan;
    return { first, end: Math.min(this.#rows, last), top: this.#scrollTop + first * this.#rowHeight - this.#offset };
  }

  #ratio(): number {
    const rowsSpace = this.#rows * this.#rowHeight - this.#viewHeight;
    const scrollSpace = this.scrollHeight - this.#viewHeight;
    return rowsSpace > 0 && scrollSpace > 0 && this.scrollHeight === MAX_SCROLL_HEIGHT ? rowsSpace / scrollSpace : 1;
  }

  #clamp(offset: number): number {
    return Math.max(0, Math.min(offset, this.#rows * this.#rowHeight - this.#viewHeight));
  }
}
