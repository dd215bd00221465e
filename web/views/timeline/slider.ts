/** A thing that is dragged along the axis, and moved by arrows: an end of a window or of a range, or all of it. */

/** Keys that move it, as shares of the step. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};
const LARGE = 10;

/** What keys do to it. */
export interface SliderTarget {
  /** By so many steps; ten with Shift. */
  onStep(steps: number): void;
  /** To the beginning or the end of the axis. */
  onEnd(end: 'from' | 'to'): void;
  /** Any other key; true when it was of use. */
  onKey?(key: string): boolean;
}

/** A slider's element, under a name for screen readers. */
export function createSlider(className: string, label: string, target: SliderTarget): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.tabIndex = 0;
  element.setAttribute('role', 'slider');
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-orientation', 'horizontal');
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move !== undefined) target.onStep(move * (event.shiftKey ? LARGE : 1));
    else if (event.key === 'Home') target.onEnd('from');
    else if (event.key === 'End') target.onEnd('to');
    else if (!target.onKey?.(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return element;
}

/** Says where a slider is: as a share of the axis for programs, in words for people. */
export function setSlider(element: HTMLElement, share: number, text: string): void {
  element.setAttribute('aria-valuemin', '0');
  element.setAttribute('aria-valuemax', '100');
  element.setAttribute('aria-valuenow', String(Math.round(share * 1000) / 10));
  element.setAttribute('aria-valuetext', text);
}
