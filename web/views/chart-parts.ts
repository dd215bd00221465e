/**
 * What every chart stands on: a focusable element with its canvases, a size that is watched, and one drawing per
 * animation frame.
 */

/** Elements of a chart. */
export interface ChartParts {
  /** Takes focus, keys and pointer; carries the data attributes. */
  readonly root: HTMLElement;
  /** The picture. */
  readonly canvas: HTMLCanvasElement;
  /** Marks over the picture. */
  readonly overlay: HTMLCanvasElement;
  /** Read out by screen readers when its text changes. */
  readonly live: HTMLElement;
}

/** A size in CSS pixels and the device pixels in one. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

/** What another size asks for: nothing but another place for the same picture, a painting, or blocks that are laid out anew. */
export type SizeChange = 'place' | 'paint' | 'layout';

/** Adds a chart's elements to `host`, under a class of its name. */
export function createChartParts(host: HTMLElement, name: string): ChartParts {
  const root = document.createElement('div');
  root.className = `chart-view ${name}`;
  root.tabIndex = 0;
  // An application: its arrow keys walk the tree and must not be taken for reading.
  root.setAttribute('role', 'application');
  root.setAttribute('aria-roledescription', 'chart');
  const canvas = document.createElement('canvas');
  const overlay = document.createElement('canvas');
  overlay.className = 'chart-overlay';
  for (const layer of [canvas, overlay]) layer.setAttribute('aria-hidden', 'true');
  const live = document.createElement('div');
  live.className = 'chart-live';
  live.setAttribute('aria-live', 'polite');
  root.append(canvas, overlay, live);
  host.append(root);
  return { root, canvas, overlay, live };
}

/** Gives a canvas a size in device pixels, clearing it; does nothing when it has it. */
export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** In a movement a canvas grows by so much, and keeps up to so many pixels that it has no use for. */
const STEP_PX = 64;
const MOST_SPARE_PX = 256;

/**
 * Gives a canvas at least a size in device pixels, for a frame of a movement: while the window is resized another size would
 * be other memory in each frame, here and where the browser puts the page together. What it has too much goes beyond the
 * right and lower edge of the chart, which cuts it off; at rest it has to get its own size again. Does not clear.
 */
export function stretchCanvas(canvas: HTMLCanvasElement, width: number, height: number, dpr: number): void {
  sizeCanvas(canvas, stretch(canvas.width, width), stretch(canvas.height, height));
  canvas.style.width = canvas.width === width ? '' : `${canvas.width / dpr}px`;
  canvas.style.height = canvas.height === height ? '' : `${canvas.height / dpr}px`;
}

/** Gives a canvas its own size at rest, in device pixels; it fills the chart again. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  sizeCanvas(canvas, width, height);
  canvas.style.width = '';
  canvas.style.height = '';
}

function stretch(pixels: number, needed: number): number {
  const isFit = pixels >= needed && pixels <= needed + MOST_SPARE_PX;
  return isFit ? pixels : Math.ceil(needed / STEP_PX) * STEP_PX;
}

/** The size of an element now. */
export function getSize(element: HTMLElement): ChartSize {
  return { width: element.clientWidth, height: element.clientHeight, dpr: window.devicePixelRatio || 1 };
}

/**
 * The size for frames of a movement: a pixel of the canvas for one of CSS. Without a graphics card the pixels are what a
 * frame costs, and four times as many of them hold no 60 frames a second; nobody sees them on the way.
 */
export function getCoarseSize(size: ChartSize): ChartSize {
  return { ...size, dpr: Math.min(1, size.dpr) };
}

/** The family that canvas text is set in: the interface's own. */
export function getFontFamily(element: HTMLElement): string {
  return getComputedStyle(element).fontFamily;
}

/**
 * Calls `onChange` when the element's size or the browser's zoom changes; returns how to stop. It comes after the layout
 * of a frame and before its painting, so what is drawn in it is never a frame late.
 */
export function watchSize(element: HTMLElement, onChange: () => void): () => void {
  const observer = new ResizeObserver(onChange);
  observer.observe(element);
  let dpr = window.devicePixelRatio;
  // The size in CSS pixels may stay when the window moves to another screen.
  const onResize = (): void => {
    if (window.devicePixelRatio === dpr) return;
    dpr = window.devicePixelRatio;
    onChange();
  };
  window.addEventListener('resize', onResize);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', onResize);
  };
}

/** Runs `draw` at most once per animation frame, however often it is asked for. */
export class FrameLoop {
  #handle = 0;
  readonly #draw: (now: number) => void;

  constructor(draw: (now: number) => void) {
    this.#draw = draw;
  }

  request(): void {
    if (this.#handle !== 0) return;
    this.#handle = requestAnimationFrame((now) => {
      this.#handle = 0;
      this.#draw(now);
    });
  }

  /** Draws what was asked for at once. */
  flush(): void {
    if (this.#handle === 0) return;
    this.stop();
    this.#draw(performance.now());
  }

  stop(): void {
    if (this.#handle !== 0) cancelAnimationFrame(this.#handle);
    this.#handle = 0;
  }
}
