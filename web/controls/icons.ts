/** Icons: 16 box, 1.4 px round strokes, current colour. They are decoration: the control around them has the name. */
import { html, type TemplateResult } from 'lit-html';

const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM11 11l3.2 3.2',
  down: 'M4 6.5 8 10.5 12 6.5',
  right: 'M6.5 4 10.5 8 6.5 12',
  up: 'M8 13V3.5M4 7l4-4 4 4',
  previous: 'M4 9.5 8 5.5 12 9.5',
  share: 'M8 10V2M5 4.5 8 1.8l3 2.7M3 8v5.5h10V8',
  moon: 'M13 9.8A5.5 5.5 0 0 1 6.2 3a5.5 5.5 0 1 0 6.8 6.8Z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.2',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  warn: 'M8 2.2 14.2 13H1.8L8 2.2ZM8 6.5v3M8 11.3v.2',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5H2.5v-8h8V3',
  file: 'M4 1.8h5.2L12.5 5v9.2H4ZM9 2v3.2h3.3',
  open: 'M2 12.5V3.5h4l1.5 1.8H14v7.2Z',
  check: 'M3.2 8.4l3 3 6.6-6.8',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  root: 'M8 2.5v4M3.5 13.5v-3h9v3M8 6.5v4',
  list: 'M3 4h10M3 8h10M3 12h10',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1.2V8.5Z',
  zoom: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon of `size` CSS pixels. */
export function icon(name: IconName, size = 16): TemplateResult {
  return html`<svg viewBox="0 0 16 16" width=${size} height=${size} fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}

/** The mark of the program: the one filled drawing. */
export function mark(): TemplateResult {
  return html`<svg viewBox="0 0 16 16" width="18" height="18" fill="currentColor" aria-hidden="true"><rect x="1" y="1.5" width="14" height="3.6" rx=".8"></rect><rect x="1" y="6.5" width="9" height="3.6" rx=".8"></rect><rect class="lit" x="11" y="6.5" width="4" height="3.6" rx=".8"></rect><rect x="1" y="11.5" width="5" height="3.6" rx=".8"></rect></svg>`;
}
