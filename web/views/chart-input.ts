/** What pointer, keys and focus do to the element of a chart, as calls that say what is meant. */
import type { Point } from './chart-props.ts';

/** Whoever is told. */
export interface InputTarget {
  /** Where the pointer is; null when it left. */
  onPoint(point: Point | null): void;
  onClick(point: Point): void;
  onKey(event: KeyboardEvent): void;
  /** The keyboard came, so that where it is has to be seen. */
  onKeyboardFocus(): void;
  onBlur(): void;
}

/** Starts listening on `root`; ends with it. Buttons inside have clicks of their own. */
export function listenToInput(root: HTMLElement, target: InputTarget): void {
  root.addEventListener('pointermove', (event) => target.onPoint({ x: event.clientX, y: event.clientY }));
  root.addEventListener('pointerleave', () => target.onPoint(null));
  root.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLButtonElement)) target.onClick({ x: event.clientX, y: event.clientY });
  });
  root.addEventListener('keydown', (event) => target.onKey(event));
  root.addEventListener('focus', () => {
    if (root.matches(':focus-visible')) target.onKeyboardFocus();
  });
  root.addEventListener('blur', () => target.onBlur());
}
