/** The icons that tables and panels use: lines in a box of 16, in the colour of their text. Decoration, never a name. */
import { svg, type TemplateResult } from 'lit-html';

const PATHS = {
  arrowDown: 'M4 6.5 8 10.5 12 6.5',
  arrowUp: 'M4 9.5 8 5.5 12 9.5',
  arrowRight: 'M6.5 4 10.5 8 6.5 12',
  up: 'M8 13V3.5M4 7l4-4 4 4',
  down: 'M8 3v9.5M4 9l4 4 4-4',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1.2V8.5Z',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5H2.5v-8h8V3',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  zoom: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  root: 'M8 2.5v4M3.5 13.5v-3h9v3M8 6.5v4',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon of `size` CSS pixels. Hidden from readers: the control around it has the name. */
export function icon(name: IconName, size = 16): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 16 16" width=${size} height=${size} fill="none" stroke="currentColor"
    stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
