/**
 * Which part of the time is in view. The setting says where it is at rest; wheel and pan go ahead of it at once, a zoom by
 * click or key comes after it in a short motion.
 */
import { type Content, clampView } from './content.ts';
import type { SeriesSetting } from './option.ts';
import type { TimeView } from './picture.ts';

/** What the camera asks of the view around it. */
export interface CameraTarget {
  getContent(): Content;
  set(change: Partial<SeriesSetting>, kind: 'step' | 'typing'): void;
  /** The picture is to be drawn anew; `isAtRest`: bar and tables too. */
  request(isAtRest: boolean): void;
}

const ZOOM_MS = 240;
/** Quiet time after which a zoom by wheel goes into the address, and the tables follow. */
const REST_MS = 250;

/** Camera of one view. */
export class TimeCamera {
  readonly #target: CameraTarget;
  #view: TimeView;
  /** A zoom on its way. */
  #motion: { readonly from: TimeView; readonly start: number } | null = null;
  #restTimer = 0;

  constructor(target: CameraTarget) {
    this.#target = target;
    this.#view = target.getContent().wanted;
  }

  /** What is in view now, in seconds since the start. */
  get view(): TimeView {
    return this.#view;
  }

  /** Zooms to a part of the time, null: to all of it. */
  zoomTo(view: TimeView | null): void {
    this.stop();
    const { duration, isZoomed } = this.#target.getContent();
    const next = view === null ? null : clampView(view, duration);
    if (next === null && !isZoomed) this.moveTo({ from: 0, to: duration });
    this.#target.set({ zoom: next === null || (next.from === 0 && next.to === duration) ? null : next }, 'step');
  }

  /** Shows `factor` times as much time, with the moment `at` staying where it is. */
  zoomAround(at: number, factor: number): void {
    const { from, to } = this.#view;
    this.look({ from: at - (at - from) * factor, to: at + (to - at) * factor });
  }

  /** Moves by a share of what is in view. */
  panBy(share: number): void {
    const { from, to } = this.#view;
    const seconds = share * (to - from);
    this.look({ from: from + seconds, to: to + seconds });
  }

  /** Looks elsewhere at once; the address follows when it has come to rest. */
  look(view: TimeView): void {
    this.stop();
    this.#motion = null;
    this.#view = clampView(view, this.#target.getContent().duration);
    this.#target.request(false);
    this.#restTimer = window.setTimeout(() => {
      this.#restTimer = 0;
      const { from, to } = this.#view;
      const isWhole = from === 0 && to === this.#target.getContent().duration;
      this.#target.set({ zoom: isWhole ? null : { from, to } }, 'typing');
    }, REST_MS);
  }

  /** Goes where the setting is, which has changed. */
  moveTo(view: TimeView): void {
    // Digits that the address leaves out are no move.
    const slack = (this.#view.to - this.#view.from) * 1e-6;
    const isThere = Math.abs(view.from - this.#view.from) < slack && Math.abs(view.to - this.#view.to) < slack;
    const { motion } = this.#target.getContent().props;
    const moves = motion && !isThere && document.visibilityState === 'visible';
    this.#motion = moves ? { from: this.#view, start: performance.now() } : null;
    if (!moves) this.#view = view;
    this.#target.request(true);
  }

  /** Is where the setting is, without a way there. */
  reset(): void {
    this.stop();
    this.#motion = null;
    this.#view = this.#target.getContent().wanted;
  }

  /** Takes a motion to this moment. */
  advance(now: number): void {
    if (this.#motion === null) return;
    const { from, start } = this.#motion;
    const { wanted } = this.#target.getContent();
    const share = Math.min(1, Math.max(0, (now - start) / ZOOM_MS));
    const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
    const mix = (a: number, b: number) => a + (b - a) * eased;
    this.#view = share === 1 ? wanted : { from: mix(from.from, wanted.from), to: mix(from.to, wanted.to) };
    if (share === 1) this.#motion = null;
    this.#target.request(false);
  }

  /** Forgets what waits for rest. */
  stop(): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = 0;
  }
}
