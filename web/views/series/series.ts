/**
 * Values over time: one panel per unit over one axis of time, with the functions that ran as brackets above, a crosshair,
 * and the same in tables below.
 *
 *   props ──▶ content (lines, panels) ──▶ picture (canvas)     the part of the time in view moves the picture only
 *   pointer, keys ──▶ marks (overlay canvas), readout          a crosshair never repaints the picture
 *
 * Spaces: seconds since the start of each file → CSS pixels (geometry) → device pixels (picture, marks).
 */
import './series.css';
import { html, nothing, render } from 'lit-html';
import { formatTime } from '../../../shared/units/format.ts';
import { paintSeries } from '../../paint/paint-series.ts';
import type { PanelPicture } from '../../paint/series-frame.ts';
import { getFonts, TextMeasure } from '../../paint/text.ts';
import { type ChartParts, createChartParts, FrameLoop, getFontFamily, sizeCanvas, watchSize } from '../chart-parts.ts';
import { getTicks } from '../icicle/ruler.ts';
import type { PanelProps } from '../panel-props.ts';
import type { View } from '../view.ts';
import { barTemplate } from './bar.ts';
import { buildBrackets, countLanes, findSpanAt } from './brackets.ts';
import { buildContent, type Content, clampView, createFrameFinder, getSpanView } from './content.ts';
import { LANE_PX, layOut, RULER_PX, type SeriesGeometry } from './geometry.ts';
import { listenToSeries } from './gestures.ts';
import { headTemplates } from './heads.ts';
import { paintSeriesMarks } from './marks.ts';
import { findNearestMoment, findNextMoment, getValueAt } from './moments.ts';
import { printSetting, type SeriesSetting } from './option.ts';
import { buildPanelPictures, getEndName, hasNames, listNamed, type TimeView } from './picture.ts';
import { printReadout, type Readout, readMoment, readoutTemplate } from './readout.ts';
import { twinTemplate } from './twin.ts';
import { describeSpan } from './words.ts';

const NAMES_FROM_PX = 560;
const MOST_NAME_PX = 120;
const ZOOM_MS = 240;
/** Quiet time after which a zoom by wheel goes into the address, and the tables follow. */
const REST_MS = 250;
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
  #view: TimeView;
  #geometry: SeriesGeometry = layOut(0, 0, { panels: 0, lanes: 0, names: 0 });
  #pictures: readonly PanelPicture[] = [];
  /** A zoom on its way. */
  #motion: { readonly from: TimeView; readonly start: number } | null = null;
  #restTimer = 0;
  /** Seconds since the start; null: no crosshair. */
  #cursor: number | null = null;
  #brush: TimeView | null = null;
  /** End of the marked stretch that stays while keys move the other. */
  #anchor: number | null = null;
  #pointedSpan = -1;
  /** Picture, bar and tables are to be made anew; else marks only. */
  #isPictureDue = true;
  #isTextDue = true;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#content = buildContent(props, null);
    this.#findFrame = createFrameFinder(props.profile);
    this.#view = this.#content.wanted;
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
    const onBlur = () => this.#setCursor(null);
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
        onZoom: (factor, x) => this.#zoomAround(this.#getTime(x), factor),
        onPan: (pixels) => this.#panBy((pixels / this.#bodyWidth) * (this.#view.to - this.#view.from)),
        onReset: () => this.#zoomTo(null),
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
    if (wanted.from !== before.wanted.from || wanted.to !== before.wanted.to) this.#moveTo(wanted, props.motion);
    if (before.file !== this.#content.file) this.#forget();
    this.#askForOther();
    this.#request(true, true);
    if (props.printing) this.#loop.flush();
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#loop.stop();
    window.clearTimeout(this.#restTimer);
    this.#root.remove();
    delete this.#host.dataset.viewReady;
  }

  get #bodyWidth(): number {
    return Math.max(1, this.#geometry.right - this.#geometry.left);
  }

  #forget(): void {
    this.#cursor = null;
    this.#brush = null;
    this.#anchor = null;
    this.#pointedSpan = -1;
    this.#view = this.#content.wanted;
    this.#motion = null;
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

  // ── time in view ──

  /** Null: all of it. */
  #zoomTo(view: TimeView | null): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = 0;
    this.#brush = null;
    this.#anchor = null;
    const { duration, isZoomed } = this.#content;
    const next = view === null ? null : clampView(view, duration);
    if (next === null && !isZoomed) this.#moveTo({ from: 0, to: duration }, true);
    this.#set({ zoom: next === null || (next.from === 0 && next.to === duration) ? null : next }, 'step');
    this.#request(false, false);
  }

  #zoomAround(at: number, factor: number): void {
    const { from, to } = this.#view;
    this.#look({ from: at - (at - from) * factor, to: at + (to - at) * factor });
  }

  #panBy(seconds: number): void {
    this.#look({ from: this.#view.from + seconds, to: this.#view.to + seconds });
  }

  /** Looks elsewhere at once; the address follows when it has come to rest. */
  #look(view: TimeView): void {
    this.#motion = null;
    this.#view = clampView(view, this.#content.duration);
    this.#request(true, false);
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => {
      this.#restTimer = 0;
      const { from, to } = this.#view;
      const isWhole = from === 0 && to === this.#content.duration;
      this.#set({ zoom: isWhole ? null : { from, to } }, 'typing');
    }, REST_MS);
  }

  #moveTo(view: TimeView, motion: boolean): void {
    // Digits that the address leaves out are no move.
    const slack = (this.#view.to - this.#view.from) * 1e-6;
    const isThere = Math.abs(view.from - this.#view.from) < slack && Math.abs(view.to - this.#view.to) < slack;
    const moves = motion && this.#content.props.motion && !isThere && document.visibilityState === 'visible';
    this.#motion = moves ? { from: this.#view, start: performance.now() } : null;
    if (!moves) this.#view = view;
    this.#request(true, true);
  }

  #advance(now: number): void {
    if (this.#motion === null) return;
    const { from, start } = this.#motion;
    const { wanted } = this.#content;
    const share = Math.min(1, Math.max(0, (now - start) / ZOOM_MS));
    const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
    const mix = (a: number, b: number) => a + (b - a) * eased;
    this.#view = share === 1 ? wanted : { from: mix(from.from, wanted.from), to: mix(from.to, wanted.to) };
    this.#isPictureDue = true;
    if (share === 1) this.#motion = null;
    else this.#loop.request();
  }

  // ── drawing ──

  #draw(now: number): void {
    this.#advance(now);
    const { props } = this.#content;
    if (this.#isPictureDue) this.#paint();
    this.#isPictureDue = false;
    if (this.#isTextDue) this.#write();
    this.#isTextDue = false;
    this.#paintMarks();
    if (this.#pictures.length > 0 || this.#content.panels.length === 0) this.#host.dataset.viewReady = 'series';
    void props;
  }

  #paint(): void {
    const { props, panels, duration, setting } = this.#content;
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
      view: this.#view,
      fromZero: setting.fromZero,
    };
    this.#pictures = buildPanelPictures(panels, context);
    const camera = { from: this.#view.from / duration, to: this.#view.to / duration, top: 0 };
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
      ticks: getTicks(camera, duration, 'seconds', right - left, dpr).map(({ x, text }) => ({ at: x, text })),
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
      onReset: () => this.#zoomTo(null),
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
    if (panels.length === 0)
      render(html`<p class="series-nothing">There are no values over time in this profile.</p>`, this.#twin);
    else render(twinTemplate(twin), this.#twin);
    this.#root.classList.toggle('is-empty', panels.length === 0);
  }

  #paintMarks(): void {
    const { overlay } = this.#parts;
    const cursor = this.#cursor;
    const isMarking = cursor !== null || this.#brush !== null || this.#pointedSpan >= 0;
    const readout = this.#getReadout();
    render(readout === null ? nothing : readoutTemplate(readout, this.#content.props.theme), this.#readout);
    this.#readout.hidden = readout === null;
    if (!isMarking) {
      if (overlay.width > 0) overlay.width = 0;
      return;
    }
    const { geometry } = this;
    const dpr = window.devicePixelRatio || 1;
    sizeCanvas(overlay, Math.round(geometry.width * dpr), Math.round(geometry.height * dpr));
    const toX = (seconds: number) => this.#getX(seconds) * dpr;
    const stretch = (view: TimeView | null) => (view === null ? null : { x0: toX(view.from), x1: toX(view.to) });
    const points = (at: number) =>
      this.#content.panels.flatMap(({ tracks }, panel) =>
        tracks.flatMap((track) => {
          const value = getValueAt(track.level === 'level' ? { ...track, level: 'none' } : track, at);
          return Number.isNaN(value) ? [] : [{ panel, value, hue: track.hue }];
        }),
      );
    const isShown = cursor !== null && cursor >= this.#view.from && cursor <= this.#view.to;
    paintSeriesMarks(overlay.getContext('2d')!, {
      width: overlay.width,
      height: overlay.height,
      dpr,
      theme: this.#content.props.theme,
      left: geometry.left * dpr,
      right: geometry.right * dpr,
      top: RULER_PX * dpr,
      panels: this.#pictures,
      crosshair: isShown ? { x: toX(cursor), points: points(cursor) } : null,
      brush: stretch(this.#brush),
      span: this.#pointedSpan < 0 ? null : stretch(getSpanView(this.#content, this.#pointedSpan)),
    });
    if (readout !== null) this.#placeReadout();
  }

  get geometry(): SeriesGeometry {
    return this.#geometry;
  }

  #getReadout(): Readout | null {
    const { file, panels, other, spanUnit } = this.#content;
    if (this.#pointedSpan >= 0) {
      const span = file.spans[this.#pointedSpan]!;
      return { title: span.name, rows: [{ label: describeSpan(span, spanUnit), value: '', hue: -1, isDashed: false }] };
    }
    if (this.#brush !== null) {
      const { from, to } = this.#brush;
      return {
        title: `${formatTime(from)} to ${formatTime(to)}`,
        rows: [{ label: 'marked', value: formatTime(to - from), hue: -1, isDashed: false }],
      };
    }
    if (this.#cursor === null || this.#cursor < this.#view.from || this.#cursor > this.#view.to) return null;
    return readMoment(panels, this.#cursor, other?.name ?? '');
  }

  /** Beside the crosshair, on the side with more room, never over it. */
  #placeReadout(): void {
    const { geometry } = this;
    const at =
      this.#pointedSpan >= 0
        ? getSpanView(this.#content, this.#pointedSpan).from
        : (this.#brush?.to ?? this.#cursor ?? 0);
    const x = Math.max(geometry.left, Math.min(geometry.right, this.#getX(at)));
    const { style, offsetWidth } = this.#readout;
    const isRight = x + READOUT_GAP + offsetWidth <= geometry.width || x < geometry.width / 2;
    const left = isRight ? x + READOUT_GAP : x - READOUT_GAP - offsetWidth;
    style.left = `${Math.round(Math.max(0, Math.min(geometry.width - offsetWidth, left)))}px`;
    style.top = `${(geometry.panels[0]?.top ?? RULER_PX) + 6}px`;
  }

  #getX(seconds: number): number {
    const { from, to } = this.#view;
    return this.#geometry.left + ((seconds - from) / (to - from)) * this.#bodyWidth;
  }

  #getTime(x: number): number {
    const { from, to } = this.#view;
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
    this.#zoomTo({ from: from - margin, to: to + margin });
  }

  // ── pointer and keys ──

  #onPoint(at: { readonly x: number; readonly y: number } | null): void {
    const span =
      at === null || this.#brush !== null
        ? -1
        : findSpanAt(this.#content, { geometry: this.#geometry, view: this.#view }, at.x, at.y);
    if (span !== this.#pointedSpan) {
      this.#pointedSpan = span;
      this.#parts.root.classList.toggle('over-block', span >= 0);
      this.#request(true, false);
    }
    if (this.#anchor !== null) return;
    this.#setCursor(
      at === null || span >= 0 || at.x < this.#geometry.left - 4
        ? null
        : findNearestMoment(this.#content.tracks, this.#getTime(at.x)),
    );
  }

  #onClick(x: number, y: number): void {
    const span = findSpanAt(this.#content, { geometry: this.#geometry, view: this.#view }, x, y);
    if (span >= 0) this.#chooseSpan(span);
  }

  #onBrush(stretch: { readonly x0: number; readonly x1: number } | null, isDone: boolean): void {
    this.#anchor = null;
    const view = stretch === null ? null : { from: this.#getTime(stretch.x0), to: this.#getTime(stretch.x1) };
    if (isDone && view !== null && view.to > view.from) this.#zoomTo(view);
    else {
      this.#brush = isDone ? null : view;
      this.#request(false, false);
    }
  }

  #setCursor(at: number | null): void {
    const next = at === null || Number.isNaN(at) ? null : at;
    if (next === null) {
      this.#anchor = null;
      this.#brush = null;
    }
    if (next === this.#cursor && next !== null) return;
    this.#cursor = next;
    this.#request(false, false);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#act(event.key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Does what a key means here; false when it means nothing. */
  #act(key: string, isMarking: boolean): boolean {
    const { tracks } = this.#content;
    const { from, to } = this.#view;
    const page = (to - from) / 10;
    const at = this.#cursor ?? findNearestMoment(tracks, from);
    switch (key) {
      case 'ArrowRight':
      case 'ArrowLeft': {
        const step = key === 'ArrowRight' ? 1 : -1;
        this.#walk(this.#cursor === null ? at : findNextMoment(tracks, at, step), isMarking);
        return true;
      }
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
        if (this.#brush !== null && this.#brush.to > this.#brush.from) this.#zoomTo(this.#brush);
        else this.#zoomTo({ from: at - page * 2.5, to: at + page * 2.5 });
        return true;
      case '+':
      case '=':
      case '-':
        this.#zoomAround(at, key === '-' ? 2 : 0.5);
        return true;
      case '0':
        this.#zoomTo(null);
        return true;
      case 'Backspace':
      case 'Escape':
        if (this.#brush !== null) {
          this.#brush = null;
          this.#anchor = null;
          this.#request(false, false);
        } else if (this.#content.isZoomed) this.#zoomTo(null);
        else return key === 'Backspace';
        return true;
      default:
        return false;
    }
  }

  /** The peak before or after `at` in the order of panels and lines, and around. */
  #findPeak(at: number, step: 1 | -1): number {
    const peaks = this.#content.panels
      .flatMap(listNamed)
      .map(({ facts, offset }) => facts.mostAt - offset)
      .filter((each) => !Number.isNaN(each));
    if (peaks.length === 0) return at;
    const here = peaks.indexOf(at);
    const next = here < 0 ? (step > 0 ? 0 : peaks.length - 1) : (here + step + peaks.length) % peaks.length;
    return peaks[next]!;
  }

  /** Puts the crosshair at a moment by the keyboard: into view, and told. */
  #walk(to: number, isMarking: boolean): void {
    if (Number.isNaN(to)) return;
    if (isMarking) this.#anchor ??= this.#cursor ?? to;
    else this.#anchor = null;
    const anchor = this.#anchor;
    this.#setCursor(to);
    this.#brush = anchor === null ? null : { from: Math.min(anchor, to), to: Math.max(anchor, to) };
    const { from, to: end } = this.#view;
    if (to < from || to > end) this.#look({ from: to - (end - from) / 2, to: to + (end - from) / 2 });
    const { panels, other } = this.#content;
    const marked = this.#brush === null ? '' : `, ${formatTime(this.#brush.to - this.#brush.from)} marked`;
    this.#parts.live.textContent = printReadout(readMoment(panels, to, other?.name ?? '')) + marked;
    this.#request(false, false);
  }
}

function createElement(name: string, className: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  return element;
}
