/**
 * Wheel, drag and pinch on an icicle, by d3's zoom: along x the picture is zoomed and panned, along y its rows scroll.
 *
 *   wheel            scrolls the rows; zooms at the pointer where all rows fit, and always with Ctrl or ⌘ (pinch)
 *   shift+wheel, sideways wheel, drag    pans
 */
import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';

/** Largest magnification unless told otherwise: a block of one part in a hundred thousand fills the width. */
const MOST_ZOOM = 1e5;
/** A pointer that moved less than this has clicked. */
const CLICK_PX = 4;
/** Rows of text and pages, as pixels, for wheels that count in them. */
const LINE_PX = 20;

/** What gestures act on. */
export interface GestureTarget {
  readonly mostZoom?: number;
  /** Whether a press begins a gesture; every one does unless told otherwise. */
  isOwn?(event: Event): boolean;
  /** Whether there are rows out of sight. */
  canScroll(): boolean;
  /** Part of the width to be seen. */
  onView(from: number, to: number): void;
  onScroll(pixels: number): void;
  onDrag(isDragging: boolean): void;
}

/** Gestures on an element. */
export interface Gestures {
  /** Puts the view where it is told, without calling back. */
  setView(from: number, to: number): void;
  resize(width: number, height: number): void;
  stop(): void;
}

/** Starts to listen. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): Gestures {
  let width = 1;
  let lastY = Number.NaN;
  const behavior = zoom<HTMLElement, unknown>()
    .scaleExtent([1, target.mostZoom ?? MOST_ZOOM])
    .clickDistance(CLICK_PX)
    .wheelDelta(getWheelPower)
    .filter((event: Event) => {
      if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey || isZoomWheel(event);
      return (
        target.isOwn?.(event) !== false &&
        !(event.target instanceof HTMLButtonElement) &&
        !(event instanceof MouseEvent && (event.button !== 0 || event.ctrlKey))
      );
    })
    .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      lastY = getY(event.sourceEvent);
    })
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const y = getY(event.sourceEvent);
      if (!Number.isNaN(y) && !Number.isNaN(lastY) && y !== lastY) target.onScroll(lastY - y);
      lastY = y;
      if (isPointer(event.sourceEvent)) target.onDrag(true);
      const [from, to] = toView(event.transform, width);
      target.onView(from, to);
    })
    .on('end', () => {
      target.onDrag(false);
    });
  const selection = select(element);
  selection.call(behavior).on('dblclick.zoom', null);

  function isZoomWheel(event: WheelEvent): boolean {
    return !event.shiftKey && Math.abs(event.deltaY) >= Math.abs(event.deltaX) && !target.canScroll();
  }

  const onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey || isZoomWheel(event)) return;
    event.preventDefault();
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PX : element.clientHeight;
    // Some systems turn shift+wheel into a sideways one, some do not.
    const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    const down = event.shiftKey ? 0 : event.deltaY;
    if (across !== 0) selection.call(behavior.translateBy, (-across * unit) / getTransform().k, 0);
    if (down !== 0) target.onScroll(down * unit);
  };
  element.addEventListener('wheel', onWheel, { passive: false });

  function getTransform(): ZoomTransform {
    return (element as HTMLElement & { __zoom?: ZoomTransform }).__zoom ?? zoomIdentity;
  }

  return {
    setView(from, to) {
      const k = 1 / (to - from);
      // d3 keeps the transform on the element; setting it there moves the view without an event.
      selection.property('__zoom', zoomIdentity.translate(-from * k * width, 0).scale(k));
    },
    resize(newWidth, height) {
      const [from, to] = toView(getTransform(), width);
      width = Math.max(1, newWidth);
      behavior.extent([
        [0, 0],
        [width, height],
      ]);
      behavior.translateExtent([
        [0, Number.NEGATIVE_INFINITY],
        [width, Number.POSITIVE_INFINITY],
      ]);
      this.setView(from, to);
    },
    stop() {
      selection.on('.zoom', null);
      element.removeEventListener('wheel', onWheel);
    },
  };
}

/** Powers of two that a wheel event magnifies by: a third for a notch of a mouse, a hair for each step of a pinch. */
function getWheelPower({ deltaY, deltaMode }: WheelEvent): number {
  const pixels = -deltaY * (deltaMode === 0 ? 1 : deltaMode === 1 ? LINE_PX : 400);
  // A pinch comes as small steps with Ctrl; a notch is 100 or more at once.
  return pixels * (Math.abs(pixels) < 50 ? 0.015 : 0.003);
}

function toView(transform: ZoomTransform, width: number): [from: number, to: number] {
  const from = Math.max(0, transform.invertX(0) / width);
  const to = Math.min(1, transform.invertX(width) / width);
  // Rounding must not leave a hair's breadth of zoom behind.
  return to - from > 1 - 1e-6 ? [0, 1] : [from, to];
}

function isPointer(event: unknown): boolean {
  return (event instanceof MouseEvent && !(event instanceof WheelEvent)) || isTouch(event);
}

function isTouch(event: unknown): event is TouchEvent {
  // Safari on the desktop has no such class.
  return typeof TouchEvent !== 'undefined' && event instanceof TouchEvent;
}

function getY(event: unknown): number {
  if (isTouch(event)) return event.touches.length === 1 ? event.touches[0]!.clientY : Number.NaN;
  return isPointer(event) ? (event as MouseEvent).clientY : Number.NaN;
}
