/**
 * The whole run in 48 pixels: how deep the stacks were, and the part of it that is in view as a window to drag, resize and
 * draw anew.
 *
 *   ▁▁▂▅▅▂┃▂▇▇▅┃▁▁▁▂▂▅     one strip per thread while there are few, else the deepest of all
 */
import { PALETTES, type Theme } from '../../../shared/color/palette.ts';
import { type ChartSize, getSize, sizeCanvas, watchSize } from '../chart-parts.ts';
import { followDrag } from './drag.ts';
import type { Lanes } from './lanes.ts';
import { RunningStrip } from './running-strip.ts';
import { createSlider, setSlider } from './slider.ts';
import { formatStretch } from './times.ts';

/** More threads are drawn as one. */
const MOST_STRIPS = 6;
/** A step of an arrow key, as a share of the window. */
const KEY_STEP = 0.05;
const ZOOM_STEP = 1.5;

/** What is shown. */
export interface OverviewProps {
  readonly lanes: Lanes;
  readonly theme: Theme;
  /** Part of the axis in view, in unit x. */
  readonly from: number;
  readonly to: number;
  /** What the trees are limited to, in unit x; null: all. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Narrowest window, in unit x. */
  readonly least: number;
  /** Functions of which it is told when they ran, 1 by frame; null: none. */
  readonly frames: Uint8Array | null;
  /** What these are, in words. */
  readonly framesText: string;
}

/** The overview of one timeline. */
export class Overview {
  readonly root = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  readonly #strip = new RunningStrip();
  readonly #shades = [document.createElement('div'), document.createElement('div')] as const;
  readonly #range = document.createElement('div');
  readonly #window: HTMLElement;
  readonly #from: HTMLElement;
  readonly #to: HTMLElement;
  readonly #stopWatching: () => void;
  readonly #onView: (from: number, to: number) => void;
  #props: OverviewProps;
  #painted: { lanes: Lanes; theme: Theme; size: ChartSize } | null = null;

  constructor(parent: HTMLElement, props: OverviewProps, onView: (from: number, to: number) => void) {
    this.#props = props;
    this.#onView = onView;
    this.root.className = 'timeline-overview';
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Overview of the whole run');
    this.#canvas.setAttribute('aria-hidden', 'true');
    for (const shade of this.#shades) shade.className = 'timeline-shade';
    this.#range.className = 'timeline-overview-range';
    const { from, to } = props;
    this.#window = createSlider('timeline-window', 'Part in view', {
      onStep: (steps) => this.#move(steps * KEY_STEP * this.#span),
      onEnd: (end) => this.#move(end === 'from' ? -1 : 1),
      onKey: (key) => this.#zoomBy(key),
    });
    this.#from = this.#createHandle('Start of the part in view', 'from');
    this.#to = this.#createHandle('End of the part in view', 'to');
    this.root.append(this.#canvas, this.#strip.root, ...this.#shades, this.#range, this.#window, this.#from, this.#to);
    this.root.addEventListener('pointerdown', (event) => this.#press(event));
    parent.append(this.root);
    this.#stopWatching = watchSize(this.root, () => this.update(this.#props));
    this.update({ ...props, from, to });
  }

  update(props: OverviewProps): void {
    this.#props = props;
    const { lanes, from, to, range } = props;
    const { axis, unit } = lanes;
    const timeAt = (x: number): number => axis.from + x * (axis.to - axis.from);
    const text = formatStretch({ from: timeAt(from), to: timeAt(to) }, axis.from, unit);
    place(this.#window, from, to);
    place(this.#shades[0], 0, from);
    place(this.#shades[1], to, 1);
    place(this.#from, from, from);
    place(this.#to, to, to);
    setSlider(this.#window, (from + to) / 2, text);
    setSlider(this.#from, from, text);
    setSlider(this.#to, to, text);
    this.#range.hidden = range === null;
    if (range !== null) place(this.#range, range.from, range.to);
    this.root.classList.toggle('is-whole', from === 0 && to === 1);
    const { frames, framesText, theme } = props;
    this.#strip.update({ lanes, frames, text: framesText, theme, size: getSize(this.root) });
    this.#paint();
  }

  destroy(): void {
    this.#strip.destroy();
    this.#stopWatching();
    this.root.remove();
  }

  get #span(): number {
    return this.#props.to - this.#props.from;
  }

  #createHandle(label: string, end: 'from' | 'to'): HTMLElement {
    const handle = createSlider('timeline-handle', label, {
      onStep: (steps) => this.#resize(end, this.#props[end] + steps * KEY_STEP * this.#span),
      onEnd: (to) => this.#resize(end, to === 'from' ? 0 : 1),
    });
    handle.dataset.end = end;
    return handle;
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { left, width } = this.root.getBoundingClientRect();
    const at = (x: number): number => Math.min(1, Math.max(0, (x - left) / width));
    const start = at(event.clientX);
    const { from, to } = this.#props;
    const end = event.target instanceof HTMLElement ? event.target.dataset.end : undefined;
    const isWhole = from === 0 && to === 1;
    const isInside = start >= from && start <= to && !isWhole;
    followDrag(this.root, event, {
      onMove: (x) => {
        if (end === 'from' || end === 'to') this.#resize(end, at(x));
        else if (isInside) this.#show(from + at(x) - start, to + at(x) - start);
        else this.#draw(start, at(x));
      },
      onEnd: (isDrag) => {
        // A click beside the window brings it there.
        if (!isDrag && !isWhole && !isInside && end === undefined) {
          this.#show(start - (to - from) / 2, start + (to - from) / 2);
        }
      },
    });
  }

  /** A window from one point to another, as narrow as it may be. */
  #draw(one: number, other: number): void {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    const { least } = this.#props;
    if (to - from >= least) this.#show(from, to);
    else this.#show(other < one ? to - least : from, other < one ? to : from + least);
  }

  #move(by: number): void {
    this.#show(this.#props.from + by, this.#props.to + by);
  }

  #resize(end: 'from' | 'to', x: number): void {
    const { from, to, least } = this.#props;
    if (end === 'from') this.#show(Math.max(0, Math.min(x, to - least)), to);
    else this.#show(from, Math.min(1, Math.max(x, from + least)));
  }

  #zoomBy(key: string): boolean {
    const factor = key === '+' || key === '=' ? 1 / ZOOM_STEP : key === '-' ? ZOOM_STEP : 1;
    if (factor === 1) return false;
    const { from, to, least } = this.#props;
    const span = Math.min(1, Math.max(least, this.#span * factor));
    this.#show((from + to - span) / 2, (from + to + span) / 2);
    return true;
  }

  /** Brings a window of its width into the run. */
  #show(from: number, to: number): void {
    const span = Math.min(1, to - from);
    const start = Math.min(1 - span, Math.max(0, from));
    this.#onView(start, start + span);
  }

  /** Draws only when something else is to be seen: the window is made of elements. */
  #paint(): void {
    const { lanes, theme } = this.#props;
    const size = getSize(this.root);
    const old = this.#painted;
    if (size.width === 0 || size.height === 0) return;
    if (old?.lanes === lanes && old.theme === theme && old.size.width === size.width && old.size.dpr === size.dpr)
      return;
    this.#painted = { lanes, theme, size };
    const width = Math.round(size.width * size.dpr);
    const height = Math.round(size.height * size.dpr);
    sizeCanvas(this.#canvas, width, height);
    const context = this.#canvas.getContext('2d')!;
    context.clearRect(0, 0, width, height);
    context.fillStyle = PALETTES[theme].gatheredLine;
    const strips = lanes.list.length <= MOST_STRIPS ? lanes.list.map((lane) => [lane]) : [lanes.list];
    const gap = strips.length > 1 ? Math.round(2 * size.dpr) : 0;
    const strip = (height - gap * (strips.length - 1)) / strips.length;
    for (const [number, group] of strips.entries()) {
      const depths = computeDepths(group, lanes.axis, width);
      const levels = Math.max(1, ...group.map(({ index }) => index.levels));
      const top = Math.round(number * (strip + gap));
      for (let x = 0; x < width; x++) {
        if (depths[x]! > 0) context.fillRect(x, top, 1, Math.max(1, Math.round((depths[x]! / levels) * strip)));
      }
    }
  }
}

/** Depth of the deepest stack in each of so many columns of the axis. */
function computeDepths(lanes: Lanes['list'], axis: Lanes['axis'], columns: number): Int32Array {
  const depths = new Int32Array(columns);
  const step = (axis.to - axis.from) / columns;
  for (const { index } of lanes) {
    let first = Math.max(0, index.findSample(axis.from));
    for (let x = 0; x < columns; x++) {
      const end = axis.from + (x + 1) * step;
      const last = index.findSample(end);
      // What runs at the beginning of a column is in it, and what begins in it.
      if (last >= 0 && first < index.length) {
        depths[x] = Math.max(depths[x]!, index.getMostDepth(first, Math.min(index.length, last + 1)));
      }
      first = Math.max(0, last);
    }
  }
  return depths;
}

function place(element: HTMLElement, from: number, to: number): void {
  element.style.setProperty('left', `${from * 100}%`);
  element.style.setProperty('width', `${(to - from) * 100}%`);
}
