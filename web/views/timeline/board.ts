/**
 * The parts of a timeline, and the one drawing per frame that all of them follow.
 *
 *   wheel, drag, keys, overview ──▶ viewport ──▶ frame: layout, paint, heads, band, window of the overview
 *                                        └──▶ at rest: the sharp picture, bar, list, the setting
 */
import { formatMetric } from '../../../shared/units/format.ts';
import { type ChartParts, createChartParts, FrameLoop, getSize, watchSize } from '../chart-parts.ts';
import { type Gestures, listenToGestures } from '../icicle/gestures.ts';
import { Pills } from '../icicle/pills.ts';
import type { PanelProps, TimeRange } from '../panel-props.ts';
import { renderBar } from './bar.ts';
import { CallList } from './call-list.ts';
import { CallSource, findLongest, listDrawn } from './call-source.ts';
import { TimelineCursor } from './cursor.ts';
import { Heads } from './heads.ts';
import { arrangeLanes, type IndexedThread, type Lanes, measureLevels } from './lanes.ts';
import { LitFunctions } from './lit-functions.ts';
import { parseOption, printOption, type TimelineOption } from './option.ts';
import { Overview } from './overview.ts';
import { Picture } from './picture.ts';
import { RangeBand } from './range-band.ts';
import { getTimes, type LaneCall } from './scene.ts';
import { TIMELINE_HELP } from './speech.ts';
import { formatStretch, roundTo } from './times.ts';
import { type AxisView, WHOLE_VIEW } from './view-motion.ts';
import { Viewport } from './viewport.ts';

/** A picture that was not moved for so long is at rest. */
const REST_MS = 120;

/** A timeline of threads that are ready. */
export class Board {
  readonly #host: HTMLElement;
  readonly #threads: readonly IndexedThread[];
  readonly #bar = document.createElement('div');
  readonly #parts: ChartParts;
  readonly #picture: Picture;
  readonly #overview: Overview;
  readonly #band: RangeBand;
  readonly #heads: Heads;
  readonly #pills: Pills;
  readonly #gestures: Gestures;
  readonly #cursor: TimelineCursor;
  readonly #calls = new CallSource();
  readonly #lit = new LitFunctions();
  readonly #loop = new FrameLoop((now) => this.#draw(now));
  readonly #stopWatching: () => void;
  #list: CallList | null = null;
  #props: PanelProps;
  #option: TimelineOption;
  /** The setting as the page has it, so that its own news is not taken for somebody else's. */
  #told: string;
  #lanes: Lanes;
  readonly #port: Viewport;
  #isMoving = false;
  #needsPicture = true;
  #restTimer = 0;

  constructor(host: HTMLElement, props: PanelProps, threads: readonly IndexedThread[]) {
    this.#host = host;
    this.#props = props;
    this.#threads = threads;
    this.#told = props.option;
    this.#option = parseOption(props.option);
    this.#lanes = arrangeLanes(threads, this.#option.folded)!;
    this.#port = new Viewport(this.#lanes);
    this.#port.jump(this.#port.toView(this.#option.at));
    this.#bar.className = 'timeline-bar';
    host.append(this.#bar);
    this.#overview = new Overview(host, this.#getOverview(), (from, to) => this.#panTo({ from, to }));
    this.#parts = createChartParts(host, 'timeline-chart');
    this.#parts.root.setAttribute('aria-label', TIMELINE_HELP);
    this.#picture = new Picture(this.#parts);
    this.#heads = new Heads(this.#parts.root, (lane) => this.#fold(lane));
    this.#band = new RangeBand(this.#parts.root, this.#getBand(), (range) => this.#limitTo(range));
    this.#pills = new Pills(this.#parts.root, {
      onPage: (pages) => this.#scrollBy(pages * Math.max(1, this.#picture.wholeRows - 2)),
      onWhole: () => this.#zoomTo(WHOLE_VIEW),
    });
    this.#gestures = listenToGestures(this.#parts.root, {
      mostZoom: 1 / this.#port.least,
      isOwn: (event) => !this.#band.isOwn(event),
      canScroll: () => this.#mostScroll > 0,
      onView: (from, to) => this.#panTo({ from, to }, false),
      onScroll: (pixels) => this.#scrollBy(pixels / this.#picture.sizes.row),
      onDrag: (isDragging) => this.#parts.root.classList.toggle('dragging', isDragging),
    });
    this.#cursor = new TimelineCursor(this.#parts, {
      picture: this.#picture,
      getProps: () => this.#props,
      getLanes: () => this.#lanes,
      getView: () => this.#port.target,
      getShown: () => this.#port.toTimes(this.#port.target),
      reveal: (call) => this.#reveal(call),
      zoomTo: (view) => this.#zoomTo(view),
      zoomBack: () => this.#zoomBack(),
      reset: () => {
        this.#port.scroll = 0;
        this.#zoomTo(WHOLE_VIEW);
      },
      scrollRows: (rows) => this.#scrollBy(rows),
      limitTo: (range) => this.#limitTo(range),
      request: () => this.#loop.request(),
    });
    this.#showList();
    this.#resize();
    this.#stopWatching = watchSize(this.#parts.root, () => this.#resize());
  }

  update(props: PanelProps): void {
    const before = this.#props;
    this.#props = props;
    if (props.option !== this.#told) this.#takeOption(props.option);
    if (props.selected !== before.selected && props.selected >= 0 && !this.#cursor.hasChosen(props.selected)) {
      this.#showSelected();
    }
    const differs = (...fields: (keyof PanelProps)[]): boolean =>
      fields.some((field) => props[field] !== before[field]);
    if (differs('theme', 'colors', 'packages', 'matches', 'range', 'narrow', 'printing')) this.#needsPicture = true;
    if (differs('selected')) {
      this.#updateList();
      this.#overview.update(this.#getOverview());
    }
    this.#loop.request();
    if (props.printing || differs('theme')) this.#loop.flush();
  }

  destroy(): void {
    this.#loop.stop();
    window.clearTimeout(this.#restTimer);
    this.#stopWatching();
    this.#gestures.stop();
    this.#cursor.destroy();
    this.#calls.end();
    this.#list?.destroy();
    this.#overview.destroy();
    this.#parts.root.remove();
    this.#bar.remove();
  }

  get #mostScroll(): number {
    return Math.max(0, this.#lanes.rows - this.#picture.wholeRows);
  }

  #getOverview(): Parameters<Overview['update']>[0] {
    const { range, theme } = this.#props;
    const unit = (time: number): number => Math.min(1, Math.max(0, this.#port.toUnit(time)));
    return {
      lanes: this.#lanes,
      theme,
      ...this.#port.view,
      range: range === null ? null : { from: unit(range.from), to: unit(range.to) },
      least: this.#port.least,
      ...this.#lit.get(this.#lanes, this.#props),
    };
  }

  #getBand(): Parameters<RangeBand['update']>[0] {
    const { axis, unit } = this.#lanes;
    return {
      range: this.#props.range,
      axis,
      ...this.#port.view,
      ruler: this.#picture.sizes.ruler,
      width: this.#picture.sizes.width,
      say: (range) => formatStretch(range, axis.from, unit),
      sayLength: ({ from, to }) => formatMetric(to - from, unit),
    };
  }

  /** Another part at once, as a hand moves it. */
  #panTo(view: AxisView, tellsGestures = true): void {
    const next = this.#port.fit(view);
    if (!this.#port.jump(next)) return;
    if (tellsGestures) this.#gestures.setView(next.from, next.to);
    this.#move();
  }

  /** Another part by a motion, as a step that can be undone. */
  #zoomTo(view: AxisView, isBack = false): void {
    const next = this.#port.fit(view);
    const now = this.#port.target;
    if (next.from === now.from && next.to === now.to) return;
    if (!isBack) this.#port.keep();
    this.#cursor.leave();
    this.#glide(next);
    this.#tell({ ...this.#option, at: this.#toAt(next) }, 'step');
  }

  #zoomBack(): boolean {
    const before = this.#port.takeBack();
    if (before !== null) this.#zoomTo(before, true);
    return before !== null;
  }

  #glide(view: AxisView): void {
    const { motion } = this.#props;
    const moves = motion && document.visibilityState === 'visible';
    if (moves) this.#port.glide(view, performance.now());
    else this.#port.jump(view);
    this.#gestures.setView(view.from, view.to);
    this.#needsPicture = true;
    this.#loop.request();
  }

  #scrollBy(rows: number): void {
    const scroll = Math.min(this.#mostScroll, Math.max(0, this.#port.scroll + rows));
    if (scroll === this.#port.scroll) return;
    this.#port.scroll = scroll;
    this.#move();
  }

  #move(): void {
    this.#isMoving = true;
    this.#needsPicture = true;
    this.#cursor.move();
    this.#loop.request();
  }

  /** Brings a call into view: scrolls as little as is needed, pans where none of it is to be seen. */
  #reveal(call: LaneCall): void {
    const lane = this.#lanes.list[call.lane]!;
    if (lane.isFolded) this.#fold(call.lane);
    const row = this.#lanes.list[call.lane]!.top + call.depth;
    this.#scrollBy(Math.min(row, Math.max(row + 1 - this.#picture.wholeRows, this.#port.scroll)) - this.#port.scroll);
    const view = this.#port.findViewOf(getTimes(this.#lanes, call));
    if (view !== null) this.#panTo(view);
  }

  #fold(number: number): void {
    const { folded } = this.#option;
    const others = folded.filter((lane) => lane !== number);
    const next = others.length < folded.length ? others : [...folded, number].sort((a, b) => a - b);
    this.#tell({ ...this.#option, folded: next }, 'typing');
    this.#arrange();
  }

  #arrange(): void {
    this.#lanes = arrangeLanes(this.#threads, this.#option.folded)!;
    this.#port.setLanes(this.#lanes);
    this.#port.scroll = Math.min(this.#port.scroll, this.#mostScroll);
    this.#needsPicture = true;
    this.#loop.request();
  }

  #limitTo(range: TimeRange | null): void {
    const { axis } = this.#lanes;
    const { from, to } = this.#port.view;
    const length = (axis.to - axis.from) * (to - from);
    const limited = range === null ? null : { from: roundTo(range.from, length), to: roundTo(range.to, length) };
    if (limited === null || limited.to > limited.from) this.#props.onRange(limited);
  }

  #toAt(view: AxisView): TimelineOption['at'] {
    return view.from === 0 && view.to === 1 ? null : this.#port.toTimes(view);
  }

  #tell(option: TimelineOption, kind: 'step' | 'typing'): void {
    this.#option = option;
    const text = printOption(option);
    if (text === this.#told) return;
    this.#told = text;
    this.#props.onOption(text, kind);
  }

  /** The setting came from elsewhere: the address, or a step back. */
  #takeOption(text: string): void {
    this.#told = text;
    const option = parseOption(text);
    const before = this.#option;
    this.#option = option;
    if (option.folded.join() !== before.folded.join()) this.#arrange();
    if (option.list !== before.list) this.#showList();
    const view = this.#port.toView(option.at);
    const { from, to } = this.#port.target;
    if (Math.max(Math.abs(view.from - from), Math.abs(view.to - to)) > (to - from) / 1000) this.#glide(view);
  }

  #showList(): void {
    if (!this.#option.list) {
      this.#list?.destroy();
      this.#list = null;
      this.#calls.end();
      return;
    }
    this.#list ??= new CallList();
    this.#host.append(this.#list.root);
  }

  #toggleList(isOpen: boolean): void {
    this.#tell({ ...this.#option, list: isOpen }, 'typing');
    this.#showList();
    this.#loop.request();
  }

  #resize(): void {
    const size = getSize(this.#parts.root);
    if (size.width === 0 || size.height === 0) return;
    this.#picture.resize(size);
    this.#gestures.resize(size.width, size.height);
    this.#gestures.setView(this.#port.target.from, this.#port.target.to);
    this.#port.scroll = Math.min(this.#port.scroll, this.#mostScroll);
    this.#needsPicture = true;
    this.#loop.request();
    // Before the frame in which the size changed is painted.
    this.#loop.flush();
  }

  #draw(now: number): void {
    if (this.#port.advance(now)) this.#needsPicture = true;
    if (this.#port.isGliding) this.#loop.request();
    const isMoving = this.#port.isGliding || this.#isMoving;
    this.#isMoving = false;
    if (this.#needsPicture) this.#paint(isMoving);
    if (!isMoving) this.#cursor.look();
    this.#picture.paintMarks(this.#lanes, this.#cursor.getMarks(), this.#props, isMoving);
    if (isMoving && !this.#port.isGliding) this.#awaitRest();
  }

  #paint(isMoving: boolean): void {
    this.#needsPicture = false;
    this.#picture.paint(this.#lanes, { ...this.#port.view, top: this.#port.scroll }, this.#props, isMoving);
    const { row, ruler } = this.#picture.sizes;
    this.#heads.update(this.#lanes, { row, ruler, top: this.#port.scroll, rows: this.#picture.wholeRows + 2 });
    this.#band.update(this.#getBand());
    this.#overview.update(this.#getOverview());
    if (!isMoving) this.#settle();
  }

  /** What follows when the picture stands: words and numbers beside it. */
  #settle(): void {
    const lanes = this.#lanes;
    const levels = measureLevels(lanes, Math.ceil(this.#port.scroll), this.#picture.wholeRows);
    this.#pills.update({
      ...levels,
      isWhole: this.#port.target === WHOLE_VIEW,
      isFlame: false,
      note: lanes.length === 0 ? 'Nothing here has a length.' : '',
    });
    const { range, narrow } = this.#props;
    renderBar(this.#bar, {
      lanes,
      shown: this.#toAt(this.#port.target),
      range,
      isListOpen: this.#option.list,
      narrow,
      onRange: (stretch) => this.#limitTo(stretch),
      onList: () => this.#toggleList(!this.#option.list),
    });
    this.#updateList();
    this.#host.dataset.viewReady = 'timeline';
  }

  /** Shows the longest call in view of a function that was selected elsewhere, or the longest of all. */
  #showSelected(): void {
    const lanes = this.#lanes;
    const { selected } = this.#props;
    const show = (): void => {
      if (lanes !== this.#lanes || selected !== this.#props.selected) return;
      const calls = this.#calls.getCallsOf(lanes, selected, show);
      const longest = this.#calls.isSearching ? null : findLongest(lanes, calls, this.#port.toTimes(this.#port.target));
      if (longest !== null) this.#cursor.show(longest);
    };
    show();
  }

  #updateList(): void {
    const { scene } = this.#picture;
    if (this.#list === null || scene === null) return;
    const { selected, swatch, onCopy, printing } = this.#props;
    const lanes = this.#lanes;
    const calls =
      selected < 0 ? listDrawn(lanes, scene.blocks) : this.#calls.getCallsOf(lanes, selected, () => this.#updateList());
    this.#list.update({
      lanes,
      calls,
      frame: selected,
      isSearching: this.#calls.isSearching,
      printing,
      swatch,
      onGo: (call) => this.#cursor.goTo(call),
      onCopy,
      onClose: () => this.#toggleList(false),
    });
  }

  /** Has a sharp picture follow when nothing has moved for a moment, and tells the page where it is. */
  #awaitRest(): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => {
      this.#needsPicture = true;
      this.#loop.request();
      this.#tell({ ...this.#option, at: this.#toAt(this.#port.view) }, 'typing');
    }, REST_MS);
  }
}
