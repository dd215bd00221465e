/** Keys, and the switch that turns the single letters among them off. */
import { html, type TemplateResult } from 'lit-html';
import { dialog } from '../controls/dialog.ts';
import type { App } from './context.ts';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
const MOD = isApple ? '⌘' : 'Ctrl';

/** What each key does; several entries of `keys` are pressed together. */
const KEYS: readonly (readonly [what: string, ...keys: readonly string[]])[] = [
  ['Search', '/'],
  ['Search', MOD, 'F'],
  ['Next match', '↵'],
  ['Previous match', '⇧', '↵'],
  ['Up to the caller', '↑'],
  ['Down to the largest callee', '↓'],
  ['To siblings', '←', '→'],
  ['Zoom to the selection', '↵'],
  ['Zoom out', 'Esc'],
  ['Zoom out', '⌫'],
  ['Reset zoom', '0'],
  ['Make root', 'r'],
  ['Icicle, flame, sunburst', '1', '2', '3'],
  ['Undo', 'z'],
  ['Redo', '⇧', 'z'],
  ['Next, previous profile', 'n', 'p'],
  ['Open a file', MOD, 'O'],
  ['Light or dark', 't'],
  ['This help', '?'],
];

/** The help dialog. */
export function helpDialog(app: App, onClose: () => void): TemplateResult {
  const { letterKeys } = app.preferences;
  const version = app.session.info.value?.version;
  return dialog(
    'Keys',
    html`
      <dl class="keys">${KEYS.map(
        ([what, ...keys]) => html`<div><dt>${what}</dt><dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd></div>`,
      )}</dl>
      <h3>Mouse</h3>
      <p class="prose">Click a block to zoom to it, the bar above it or the centre of the sunburst to zoom out. The wheel zooms at the pointer,
        dragging moves. A double click on a row of the table makes that function the root.</p>
      <div class="page-buttons">
        <button type="button" class="btn switch" role="switch" aria-checked=${letterKeys.value ? 'true' : 'false'} @click=${() => {
          letterKeys.value = !letterKeys.value;
        }}><span class="box">${letterKeys.value ? '✓' : ''}</span>Keys of a single letter or sign</button>
        <span class="grow"></span>${version === undefined ? '' : html`<span class="faint">tsviz ${version}</span>`}
      </div>`,
    onClose,
  );
}
