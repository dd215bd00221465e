/**
 * What pointer, wheel and fingers mean on a picture of time.
 *
 *   drag             marks a stretch, and zooms to it when it ends
 *   wheel, pinch     zooms at the pointer; where the view scrolls, with Ctrl or ⌘ only
 *   shift+wheel, sideways wheel    pans
 *   double click     back to all of it
 */

/** Places are CSS pixels from the left and top of the element. */
export interface SeriesGestureTarget {
  /** The page below scrolls by wheel: only Ctrl or ⌘ zooms. */
  canScroll(): boolean;
  /** Null: the pointer left. */
  onPoint(at: { readonly x: number; readonly y: number } | null): void;
  onClick(at: { readonly x: number; readonly y: number }): void;
  /** While dragging, and when the drag ends; `null`: it came to nothing. */
  onBrush(stretch: { readonly x0: number; readonly x1: number } | null, isDone: boolean): void;
  /** Seconds in view become `factor` times as many, around `x`. */
  onZoom(factor: number, x: number): void;
  onPan(pixels: number): void;
  onReset(): void;
}

/** A pointer that moved less has clicked. */
const CLICK_PX = 4;
const LINE_PX = 20;

/** Starts to listen; gives how to stop. */
export function listenToSeries(element: HTMLElement, target: SeriesGestureTarget): () => void {
  const pointers = new Map<number, number>();
  let start: { readonly x: number; readonly y: number } | null = null;
  let isDragging = false;
  let wasPinched = false;

  const getPlace = (event: PointerEvent | MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const endDrag = () => {
    if (isDragging) target.onBrush(null, true);
    isDragging = false;
    start = null;
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || event.ctrlKey) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, getPlace(event).x);
    wasPinched = pointers.size > 1;
    if (wasPinched) endDrag();
    else start = getPlace(event);
  };
  const onMove = (event: PointerEvent): void => {
    const at = getPlace(event);
    const before = pointers.get(event.pointerId);
    if (pointers.size === 2 && before !== undefined) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      pointers.set(event.pointerId, at.x);
      const [old, now] = [Math.max(10, Math.abs(before - other)), Math.max(10, Math.abs(at.x - other))];
      target.onZoom(old / now, (at.x + other) / 2);
      target.onPan((before - at.x) / 2);
      return;
    }
    if (start !== null && (isDragging || Math.abs(at.x - start.x) >= CLICK_PX)) {
      isDragging = true;
      target.onBrush({ x0: Math.min(start.x, at.x), x1: Math.max(start.x, at.x) }, false);
    }
    target.onPoint(at);
  };
  const onUp = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    if (start === null) return;
    const at = getPlace(event);
    const from = start;
    const hasDragged = isDragging;
    isDragging = false;
    start = null;
    if (wasPinched) return;
    if (hasDragged) target.onBrush({ x0: Math.min(from.x, at.x), x1: Math.max(from.x, at.x) }, true);
    else target.onClick(at);
  };
  const onCancel = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    endDrag();
  };
  const onLeave = (): void => {
    if (start === null) target.onPoint(null);
  };
  const onWheel = (event: WheelEvent): void => {
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PX : element.clientHeight;
    const isAcross = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isAcross) {
      event.preventDefault();
      target.onPan((event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * unit);
      return;
    }
    if (target.canScroll() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaY * unit;
    // A pinch comes as small steps with Ctrl; a notch of a wheel is 100 or more at once.
    target.onZoom(2 ** (pixels * (Math.abs(pixels) < 50 ? 0.015 : 0.003)), getPlace(event).x);
  };
  const onDouble = (): void => target.onReset();

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('dblclick', onDouble);
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onCancel);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('dblclick', onDouble);
    element.removeEventListener('wheel', onWheel);
  };
}
