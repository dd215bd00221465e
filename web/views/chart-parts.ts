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
