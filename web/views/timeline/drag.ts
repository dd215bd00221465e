/** Following a pointer from its press to its release. */

/** A pointer that moved less than this has clicked. */
const CLICK_PX = 4;

/** What is told of a drag, in CSS pixels of the window. */
export interface DragTarget {
  /** Only once it has moved so far that it is no click. */
  onMove(x: number): void;
  /** `isDrag`: it has moved. */
  onEnd(isDrag: boolean): void;
}

/** Follows the pointer that `event` is the press of; its moves and its release reach nobody else. */
export function followDrag(element: HTMLElement, event: PointerEvent, target: DragTarget): void {
  const start = event.clientX;
  let isDrag = false;
  const move = (next: PointerEvent): void => {
    if (next.pointerId !== event.pointerId) return;
    isDrag ||= Math.abs(next.clientX - start) >= CLICK_PX;
    if (isDrag) target.onMove(next.clientX);
  };
  const end = (next: PointerEvent): void => {
    if (next.pointerId !== event.pointerId) return;
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
    if (isDrag) swallowClick(element);
    target.onEnd(isDrag);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  event.stopPropagation();
}

/** The release of a drag is no click on what is under it. */
function swallowClick(element: HTMLElement): void {
  const swallow = (event: Event): void => event.stopImmediatePropagation();
  element.addEventListener('click', swallow, { capture: true, once: true });
  // A click comes with the release or not at all.
  window.setTimeout(() => element.removeEventListener('click', swallow, { capture: true }));
}
