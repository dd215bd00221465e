/**
 * What is under the pointer, in words and numbers: this call, and its function on this thread.
 *
 * The same is said of the call that the keyboard is on by the live region: here it is hidden from screen readers.
 */
import '../tooltip/tooltip.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { BlockIndex } from '../../../shared/layout/blocks.ts';
import type { TimelineBlocks } from '../../../shared/layout/timeline.ts';
import { formatCount, formatMetric, formatShare } from '../../../shared/units/format.ts';
import type { Point } from '../chart-props.ts';
import { getLabel, getPlaceParts, getWords } from '../details/numbers.ts';
import { type Box, placeTooltip } from '../tooltip/place.ts';
import { getCallWord, getLengthWord, type Lane, type Lanes } from './lanes.ts';
import { countGathered, getCall, getFrame, getTimes, type LaneCall } from './scene.ts';
import { formatMoment } from './times.ts';

/** Rest of the pointer before the tooltip appears. */
const DELAY_MS = 80;

/** What is pointed at. */
export interface Pointed {
  readonly lanes: Lanes;
  readonly blocks: TimelineBlocks;
  readonly block: BlockIndex;
  /** Row of the metrics that numbers of the function are of. */
  readonly metric: number;
  /** Part of the axis in view. */
  readonly shown: { readonly from: number; readonly to: number };
  readonly at: Point;
  readonly box: Box;
}

/** The tooltip of one timeline. */
export class TimelineTooltip {
  readonly #host = document.createElement('div');
  #pointed: Pointed | null = null;
  #timer = 0;

  constructor(parent: HTMLElement) {
    this.#host.className = 'tooltip';
    this.#host.setAttribute('aria-hidden', 'true');
    parent.append(this.#host);
  }

  /** Null hides it at once. */
  show(pointed: Pointed | null): void {
    this.#pointed = pointed;
    if (pointed === null) {
      window.clearTimeout(this.#timer);
      this.#timer = 0;
      this.#host.classList.remove('is-visible');
    } else if (this.#host.classList.contains('is-visible')) this.#draw();
    else if (this.#timer === 0) this.#timer = window.setTimeout(() => this.#draw(), DELAY_MS);
  }

  destroy(): void {
    window.clearTimeout(this.#timer);
    this.#host.remove();
  }

  #draw(): void {
    this.#timer = 0;
    if (this.#pointed === null) return;
    render(contentTemplate(this.#pointed), this.#host);
    this.#host.classList.add('is-visible');
    const { width, height } = this.#host.getBoundingClientRect();
    const { left, top } = placeTooltip({
      at: this.#pointed.at,
      size: { width, height },
      window: { width: document.documentElement.clientWidth, height: window.innerHeight },
      box: this.#pointed.box,
    });
    this.#host.style.setProperty('transform', `translate(${Math.round(left)}px, ${Math.round(top)}px)`);
  }
}

function contentTemplate(pointed: Pointed): TemplateResult {
  const { lanes, blocks, block } = pointed;
  const call = getCall(lanes, blocks, block);
  if (call !== null) return callTemplate(pointed, call);
  const count = countGathered(lanes, blocks, block);
  const lane = lanes.list[blocks.lane[block]!]!;
  const from = lane.index.timeOf(blocks.first[block]!);
  const to = lane.index.timeOf(blocks.end[block]!);
  return html`<div class="tooltip-name">${formatCount(count)} smaller ${getCallWord(lanes, count)}</div>
    <div class="tooltip-place">a click looks closer</div>
    ${stretchTemplates(pointed, from, to)} ${lineTemplate('level', String(blocks.depth[block]! - lane.top + 1), '')}`;
}

function callTemplate(pointed: Pointed, call: LaneCall): TemplateResult {
  const { lanes, metric } = pointed;
  const lane = lanes.list[call.lane]!;
  const { profile } = lane;
  const frame = getFrame(lanes, call);
  const { file, directory } = getPlaceParts(profile, frame);
  const { from, to } = getTimes(lanes, call);
  const { functions, metrics } = profile;
  const unit = metrics[metric]?.unit ?? 'count';
  const whole = getWhole(lane, metric);
  const line = (label: string, value: number): TemplateResult =>
    lineTemplate(label, formatMetric(value, unit), whole > 0 && !Number.isNaN(value) ? formatShare(value / whole) : '');
  const all = `all its ${profile.traits.sampled ? 'samples' : 'calls'}`;
  const calls = functions.calls[frame] ?? Number.NaN;
  return html`<div class="tooltip-name"><bdi>${getLabel(profile, frame)}</bdi></div>
    <div class="tooltip-place"><bdi>${file}</bdi>${
      directory === '' ? nothing : html`<div class="tooltip-directory"><bdi>${directory}</bdi></div>`
    }</div>
    ${stretchTemplates(pointed, from, to)} ${lineTemplate('level', String(call.depth + 1), '')}
    ${profile.traits.sampled ? lineTemplate('samples in a row', formatCount(call.end - call.first), '') : nothing}
    <div class="tooltip-why">${lanes.list.length > 1 ? html`${all} on <bdi>${lane.name}</bdi>` : all}</div>
    ${line('total', functions.total[metric]?.[frame] ?? Number.NaN)}
    ${line('self', functions.self[metric]?.[frame] ?? Number.NaN)}
    ${Number.isNaN(calls) ? nothing : lineTemplate(getWords(profile).calls, formatCount(calls), '')}`;
}

function stretchTemplates({ lanes, shown }: Pointed, from: number, to: number): TemplateResult {
  const { axis, unit } = lanes;
  // Rounding must not take all of it for a part.
  const isZoomed = (shown.to - shown.from) / (axis.to - axis.from) < 1 - 1e-9;
  const inView = Math.max(0, Math.min(to, shown.to) - Math.max(from, shown.from)) / (shown.to - shown.from);
  return html`${lineTemplate(getLengthWord(lanes), formatMetric(to - from, unit), formatShare((to - from) / (axis.to - axis.from)), true)}
    ${isZoomed ? lineTemplate('of what is shown', '', formatShare(inView)) : nothing}
    ${lineTemplate('begins at', formatMoment(from, to - from, axis.from, unit), '')}`;
}

const wholes = new WeakMap<Lane['profile'], Map<number, number>>();

/** All that a thread measured: what its roots have together. */
function getWhole({ profile }: Lane, metric: number): number {
  const known = wholes.get(profile) ?? new Map<number, number>();
  wholes.set(profile, known);
  let whole = known.get(metric);
  if (whole === undefined) {
    whole = 0;
    const { contexts } = profile;
    for (let row = 0; row < (contexts?.length ?? 0); row++) {
      if (contexts!.parent[row]! < 0) whole += contexts!.total[metric]?.[row] ?? 0;
    }
    known.set(metric, whole);
  }
  return whole;
}

function lineTemplate(label: string, text: string, share: string, strong = false): TemplateResult {
  return html`<div class="tooltip-line"><span>${label}</span><span class=${strong ? 'strong' : ''}>${text}</span><span>${share}</span></div>`;
}
