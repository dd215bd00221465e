/** The line between chart and table: dragged, or moved with the arrow keys; a double click undoes both. */
import { html, type TemplateResult } from 'lit-html';

/** Where the divider is and may go, in CSS pixels. */
export interface DividerProps {
  /** Height of what is above it, in CSS pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onMove: (value: number) => void;
  readonly onReset: () => void;
}

/** One press of an arrow key: a row of the table. */
const KEY_STEP_PX = 24;

/** The divider. The new height is told, not set. */
export function divider({ value, min, max, onMove, onReset }: DividerProps): TemplateResult {
  const move = (height: number) => onMove(Math.round(Math.min(max, Math.max(min, height))));
  const drag = (event: PointerEvent) => {
    const element = event.currentTarget as HTMLElement;
    if (event.button !== 0) return;
    const from = event.clientY - value;
    element.setPointerCapture(event.pointerId);
    const follow = (later: PointerEvent) => move(later.clientY - from);
    const stop = () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('lostpointercapture', stop);
    };
    element.addEventListener('pointermove', follow);
    element.addEventListener('lostpointercapture', stop);
  };
  const press = (event: KeyboardEvent) => {
    const to =
      event.key === 'ArrowUp'
        ? value - KEY_STEP_PX
        : event.key === 'ArrowDown'
          ? value + KEY_STEP_PX
          : event.key === 'Home'
            ? min
            : event.key === 'End'
              ? max
              : null;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(to);
  };
  return html`<div class="divider" role="separator" tabindex="0" aria-orientation="horizontal" aria-label="Height of the chart"
    aria-valuenow=${Math.round(value)} aria-valuemin=${Math.round(min)} aria-valuemax=${Math.round(max)}
    @pointerdown=${drag} @keydown=${press} @dblclick=${onReset}></div>`;
}
