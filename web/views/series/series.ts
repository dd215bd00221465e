/**
 * Values over time: one panel per unit over one axis of time, with the functions that ran as brackets above, a crosshair,
 * and the same in tables below.
 *
 *   props ──▶ content (lines, panels) ──▶ picture (canvas)     the part of the time in view moves the picture only
 *   pointer, keys ──▶ marks (overlay canvas), readout          a crosshair never repaints the picture
 *
 * One class holds the hands of all of it, since what is in view, pointed at and marked changes together; what can be
 * worked out stands in the files beside it.
 *
 * Spaces: seconds since the start of each file → CSS pixels (geometry) → device pixels (picture, marks).
 */
import './series.css';
import { html, nothing, render } from 'lit-html';
import { paintSeries } from '../../paint/paint-series.ts';
import type { PanelPicture } from '../../paint/series-frame.ts';
import { getFonts, TextMeasure } from '../../paint/text.ts';
import { type ChartParts, createChartParts, FrameLoop, getFontFamily, sizeCanvas, watchSize } from '../chart-parts.ts';
import { getTicks } from '../icicle/ruler.ts';
import type { PanelProps } from '../panel-props.ts';
import type { View } from '../view.ts';
import { barTemplate } from './bar.ts';
import { buildBrackets, countLanes, findSpanAt } from './brackets.ts';
import { buildContent, type Content, createFrameFinder, getSpanView, isChanged } from './content.ts';
import { Crosshair } from './crosshair.ts';
import { HEAD_PX, LANE_PX, layOut, RULER_PX, type SeriesGeometry } from './geometry.ts';
import { listenToSeries } from './gestures.ts';
import { headTemplates } from './heads.ts';
import { listMarkedPoints, paintSeriesMarks } from './marks.ts';
import { printSetting, type SeriesSetting } from './option.ts';
import { buildPanelPictures, getEndName, hasNames, type TimeView } from './picture.ts';
import { type Readout, readMoment, readoutTemplate, readSpan, readStretch } from './readout.ts';
import { TimeCamera } from './time-camera.ts';
import { twinTemplate } from './twin.ts';

const NAMES_FROM_PX = 560;
const MOST_NAME_PX = 120;
const READOUT_GAP = 14;
/** Space over and under the picture, for the ring of focus. */
const SCROLL_PAD = 4;
/** Room around a span that is zoomed to, as a share of it. */
const SPAN_MARGIN = 0.04;

let mounted = 0;

/** Shows values over time in `host`. `data-view-ready="series"` is set once they are painted. */
export function mountSeries(host: HTMLElement, props: PanelProps): View<PanelProps> {
  const view = new SeriesView(host, props);
  return { update: (next) => view.update(next), destroy: () => view.destroy() };
}

class SeriesView {
  readonly #host: HTMLElement;
  readonly #id = `series-${++mounted}`;
  readonly #root = createElement('div', 'series-view');
  readonly #bar = createElement('div', 'series-bar-host');
  readonly #scroll = createElement('div', 'series-scroll');
  readonly #plot = createElement('div', 'series-plot');
  readonly #heads = createElement('div', 'series-heads');
  readonly #readout = createElement('div', 'series-readout');
  readonly #twin = createElement('div', 'series-twin');
  readonly #parts: ChartParts;
  readonly #measure: TextMeasure;
  readonly #loop = new FrameLoop((now) => this.#draw(now));
  readonly #ends: (() => void)[];
  #content: Content;
  #findFrame: (name: string) => number;
  readonly #camera: TimeCamera;
  readonly #crosshair: Crosshair;
  #geometry: SeriesGeometry = layOut(0, 0, { panels: 0, lanes: 0, names: 0 });
  #pictures: readonly PanelPicture[] = [];
  #pointedSpan = -1;
  /** Picture, bar and tables are to be made anew; else marks only. */
  #isPictureDue = true;
  #isTextDue = true;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#content = buildContent(props, null);
    this.#findFrame = createFrameFinder(props.profile);
    this.#camera = new TimeCamera({
      getContent: () => this.#content,
      set: (change, kind) => this.#set(change, kind),
      request: (isAtRest) => this.#request(true, isAtRest),
    });
    this.#crosshair = new Crosshair(
      {
        getContent: () => this.#content,
        request: () => this.#request(false, false),
        say: (text) => {
          this.#parts.live.textContent = text;
        },
      },
      this.#camera,
    );
    this.#parts = createChartParts(this.#plot, 'series');
    this.#measure = new TextMeasure(this.#parts.canvas.getContext('2d')!);
    this.#readout.setAttribute('aria-hidden', 'true');
    this.#twin.tabIndex = -1;
    this.#plot.append(this.#heads, this.#readout);
    this.#scroll.append(this.#plot);
    this.#root.append(this.#bar, this.#scroll, this.#twin);
    host.append(this.#root);
    const root = this.#parts.root;
    const keys =
      'Left and right arrows go from point to point, up and down from peak to peak. With Shift they mark a stretch of time, Enter zooms to it, Backspace zooms out.';
    root.setAttribute('aria-label', `Values over time. ${keys}`);
    const onKey = (event: KeyboardEvent) => this.#onKey(event);
    const onBlur = () => this.#crosshair.clear();
    root.addEventListener('keydown', onKey);
    root.addEventListener('blur', onBlur);
    this.#ends = [
      watchSize(this.#scroll, () => this.#request(true, true)),
      listenToSeries(root, {
        canScroll: () =>
          this.#root.scrollHeight > this.#root.clientHeight + 1 ||
          this.#scroll.scrollHeight > this.#scroll.clientHeight + 1,
        onPoint: (at) => this.#onPoint(at),
        onClick: ({ x, y }) => this.#onClick(x, y),
        onBrush: (stretch, isDone) => this.#onBrush(stretch, isDone),
        onZoom: (factor, x) => this.#camera.zoomAround(this.#getTime(x), factor),
        onPan: (pixels) => this.#camera.panBy(pixels / this.#bodyWidth),
        onReset: () => this.#camera.zoomTo(null),
      }),
    ];
    this.#askForOther();
    if (props.printing) this.#draw(performance.now());
    else this.#request(true, true);
  }

  update(props: PanelProps): void {
    const before = this.#content;
    this.#content = buildContent(props, before);
    if (before.props.profile !== props.profile) this.#findFrame = createFrameFinder(props.profile);
    const { wanted } = this.#content;
    if (wanted.from !== before.wanted.from || wanted.to !== before.wanted.to) this.#camera.moveTo(wanted);
    if (before.file !== this.#content.file) this.#forget();
    this.#askForOther();
    if (isChanged(before, this.#content)) this.#request(true, true);
    if (props.printing) this.#loop.flush();
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#loop.stop();
    this.#camera.stop();
    this.#root.remove();
    delete this.#host.dataset.viewReady;
  }

  get #bodyWidth(): number {
    return Math.max(1, this.#geometry.right - this.#geometry.left);
  }

  #forget(): void {
    this.#crosshair.clear();
    this.#pointedSpan = -1;
    this.#camera.reset();
  }

  #askForOther(): void {
    const { setting, props } = this.#content;
    const found = props.others?.find(({ id }) => id === setting.other);
    if (found?.threads === null) props.onWantOther?.(found.id);
  }

  #request(picture: boolean, text: boolean): void {
    this.#isPictureDue ||= picture;
    this.#isTextDue ||= text;
    this.#loop.request();
  }

  /** Changes the setting, in the address too. */
  #set(change: Partial<SeriesSetting>, kind: 'step' | 'typing'): void {
    const { props, setting } = this.#content;
    const option = printSetting({ ...setting, ...change });
    if (option !== props.option) props.onOption(option, kind);
  }

  #toggle(key: string): void {
    const { hidden } = this.#content.setting;
    this.#set({ hidden: hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key] }, 'typing');
  }

  // ── drawing ──

  #draw(now: number): void {
    this.#camera.advance(now);
    if (this.#isPictureDue) this.#paint();
    this.#isPictureDue = false;
    if (this.#isTextDue) this.#write();
    this.#isTextDue = false;
    this.#paintMarks();
    if (this.#pictures.length > 0 || this.#content.panels.length === 0) this.#host.dataset.viewReady = 'series';
  }

  #paint(): void {
    const { props, panels, duration, setting, file } = this.#content;
    const width = this.#plot.clientWidth;
    const dpr = window.devicePixelRatio || 1;
    if (width === 0) return;
    const fonts = getFonts(getFontFamily(this.#plot), 12, dpr);
    const named = width < NAMES_FROM_PX ? [] : panels.filter(hasNames).flatMap(({ tracks }) => tracks);
    const names = Math.max(0, ...named.map((track) => this.#measure.width(getEndName(track), fonts.small) / dpr));
    const geometry = layOut(width, this.#scroll.clientHeight - SCROLL_PAD, {
      panels: panels.length,
      lanes: countLanes(this.#content),
      names: named.length === 0 ? 8 : Math.min(MOST_NAME_PX, Math.ceil(names)) + 14,
    });
    this.#geometry = geometry;
    this.#plot.style.height = `${geometry.height}px`;
    const { canvas } = this.#parts;
    sizeCanvas(canvas, Math.round(width * dpr), Math.round(geometry.height * dpr));
    const context = {
      geometry,
      dpr,
      theme: props.theme,
      fonts,
      measure: this.#measure,
      view: this.#camera.view,
      fromZero: setting.fromZero,
      axis: file.axis,
    };
    this.#pictures = buildPanelPictures(panels, context);
    const camera = { from: this.#camera.view.from / duration, to: this.#camera.view.to / duration, top: 0 };
    const [left, right] = [geometry.left * dpr, geometry.right * dpr];
    paintSeries(canvas.getContext('2d')!, this.#measure, {
      width: canvas.width,
      height: canvas.height,
      dpr,
      theme: props.theme,
      fonts,
      left,
      right,
      ruler: RULER_PX * dpr,
      ticks: getTicks(camera, duration, file.axis, right - left, dpr).map(({ x, text }) => ({ at: x, text })),
      brackets: buildBrackets(this.#content, context, this.#getMarkedSpan(), (row) => this.#isDim(row)),
      lane: LANE_PX * dpr,
      panels: this.#pictures,
    });
    render(headTemplates({ panels, geometry, theme: props.theme, onToggle: (key) => this.#toggle(key) }), this.#heads);
  }

  /** Bar and tables: where the view is at rest. */
  #write(): void {
    const content = this.#content;
    const { props, file, other, panels, setting, isZoomed, lanes, spanUnit } = content;
    const bar = {
      id: this.#id,
      file,
      other,
      others: props.others ?? [],
      setting,
      view: content.wanted,
      isZoomed,
      canStack: content.canStack,
      hiddenLanes: lanes.count - countLanes(content),
      onChange: (change: Partial<SeriesSetting>) => this.#set(change, 'typing'),
      onReset: () => this.#camera.zoomTo(null),
    };
    render(barTemplate(bar), this.#bar);
    const twin = {
      file,
      other,
      panels,
      setting,
      theme: props.theme,
      view: content.wanted,
      isZoomed,
      width: this.#plot.clientWidth,
      spanUnit,
      marked: this.#getMarkedSpan(),
      isDim: (row: number) => this.#isDim(row),
      onToggle: (key: string) => this.#toggle(key),
      onSpan: (row: number) => this.#chooseSpan(row),
      onCopy: props.onCopy,
    };
    const isEmpty = panels.length === 0 && file.spans.length === 0;
    if (isEmpty) render(html`<p class="series-nothing">There are no values over time in this profile.</p>`, this.#twin);
    else render(twinTemplate(twin), this.#twin);
    this.#root.classList.toggle('is-empty', isEmpty);
    this.#root.classList.toggle('has-spans-only', panels.length === 0 && !isEmpty);
  }

  #paintMarks(): void {
    const { overlay } = this.#parts;
    const { at: cursor, brush } = this.#crosshair;
    const isMarking = cursor !== null || brush !== null || this.#pointedSpan >= 0;
    const readout = this.#getReadout();
    render(readout === null ? nothing : readoutTemplate(readout, this.#content.props.theme), this.#readout);
    this.#readout.hidden = readout === null;
    if (!isMarking) {
      if (overlay.width > 0) overlay.width = 0;
      return;
    }
    const geometry = this.#geometry;
    const dpr = window.devicePixelRatio || 1;
    sizeCanvas(overlay, Math.round(geometry.width * dpr), Math.round(geometry.height * dpr));
    const toX = (seconds: number) => this.#getX(seconds) * dpr;
    const stretch = (view: TimeView | null) => (view === null ? null : { x0: toX(view.from), x1: toX(view.to) });
    const isShown = cursor !== null && cursor >= this.#camera.view.from && cursor <= this.#camera.view.to;
    paintSeriesMarks(overlay.getContext('2d')!, {
      width: overlay.width,
      height: overlay.height,
      dpr,
      theme: this.#content.props.theme,
      left: geometry.left * dpr,
      right: geometry.right * dpr,
      top: RULER_PX * dpr,
      head: HEAD_PX * dpr,
      panels: this.#pictures,
      crosshair: isShown ? { x: toX(cursor), points: listMarkedPoints(this.#content.panels, cursor) } : null,
      brush: stretch(brush),
      span: this.#pointedSpan < 0 ? null : stretch(getSpanView(this.#content, this.#pointedSpan)),
    });
    if (readout !== null) this.#placeReadout();
  }

  #getReadout(): Readout | null {
    const { file, spanUnit } = this.#content;
    if (this.#pointedSpan >= 0) return readSpan(file.spans[this.#pointedSpan]!, spanUnit);
    const { at, brush } = this.#crosshair;
    const { from, to } = this.#camera.view;
    if (brush !== null) return readStretch(brush, file.axis, to - from);
    return at === null || at < from || at > to ? null : readMoment(this.#content, at, to - from);
  }

  /** Beside the crosshair, on the side with more room, never over it. */
  #placeReadout(): void {
    const geometry = this.#geometry;
    const at =
      this.#pointedSpan >= 0
        ? getSpanView(this.#content, this.#pointedSpan).from
        : (this.#crosshair.brush?.to ?? this.#crosshair.at ?? 0);
    const x = Math.max(geometry.left, Math.min(geometry.right, this.#getX(at)));
    const { style, offsetWidth, offsetHeight } = this.#readout;
    const isRight = x + READOUT_GAP + offsetWidth <= geometry.width || x < geometry.width / 2;
    const left = isRight ? x + READOUT_GAP : x - READOUT_GAP - offsetWidth;
    style.left = `${Math.round(Math.max(0, Math.min(geometry.width - offsetWidth, left)))}px`;
    // As far down as it may be without being cut off.
    const { scrollTop, clientHeight } = this.#scroll;
    const lowest = scrollTop + clientHeight - SCROLL_PAD - offsetHeight;
    style.top = `${Math.max(scrollTop, Math.min((geometry.panels[0]?.top ?? RULER_PX) + 6, lowest))}px`;
  }

  #getX(seconds: number): number {
    const { from, to } = this.#camera.view;
    return this.#geometry.left + ((seconds - from) / (to - from)) * this.#bodyWidth;
  }

  #getTime(x: number): number {
    const { from, to } = this.#camera.view;
    const share = Math.max(0, Math.min(1, (x - this.#geometry.left) / this.#bodyWidth));
    return from + share * (to - from);
  }

  // ── spans ──

  #getMarkedSpan(): number {
    if (this.#pointedSpan >= 0) return this.#pointedSpan;
    const { props, file } = this.#content;
    return props.selected < 0 ? -1 : file.spans.findIndex(({ name }) => this.#findFrame(name) === props.selected);
  }

  #isDim(row: number): boolean {
    const { matches } = this.#content.props;
    if (matches === null) return false;
    const frame = this.#findFrame(this.#content.file.spans[row]!.name);
    return frame >= 0 && matches[frame] !== 1;
  }

  #chooseSpan(row: number): void {
    const { from, to } = getSpanView(this.#content, row);
    const margin = (to - from) * SPAN_MARGIN;
    const frame = this.#findFrame(this.#content.file.spans[row]!.name);
    if (frame >= 0) this.#content.props.onSelect(frame);
    this.#camera.zoomTo({ from: from - margin, to: to + margin });
  }

  // ── pointer and keys ──

  #onPoint(at: { readonly x: number; readonly y: number } | null): void {
    const span =
      at === null || this.#crosshair.brush !== null
        ? -1
        : findSpanAt(this.#content, { geometry: this.#geometry, view: this.#camera.view }, at.x, at.y);
    if (span !== this.#pointedSpan) {
      this.#pointedSpan = span;
      this.#parts.root.classList.toggle('over-block', span >= 0);
      this.#request(true, false);
    }
    const isOff = at === null || span >= 0 || at.x < this.#geometry.left - 4;
    this.#crosshair.point(isOff ? null : this.#getTime(at.x));
  }

  #onClick(x: number, y: number): void {
    const span = findSpanAt(this.#content, { geometry: this.#geometry, view: this.#camera.view }, x, y);
    if (span >= 0) this.#chooseSpan(span);
  }

  #onBrush(stretch: { readonly x0: number; readonly x1: number } | null, isDone: boolean): void {
    const view = stretch === null ? null : { from: this.#getTime(stretch.x0), to: this.#getTime(stretch.x1) };
    const isZoom = isDone && view !== null && view.to > view.from;
    this.#crosshair.mark(isDone ? null : view);
    if (isZoom) this.#camera.zoomTo(view);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#crosshair.act(event.key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function createElement(name: string, className: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  return element;
}
