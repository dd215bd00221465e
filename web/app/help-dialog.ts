/** Keys, and the switch that turns the single letters among them off. */
import { html, type TemplateResult } from 'lit-html';
import { dialog } from '../controls/dialog.ts';
import { icon } from '../controls/icons.ts';
import type { App } from './context.ts';
import { MOD } from './key-names.ts';

/** What keys do: any of `keys`, each a combination. */
const KEYS: readonly { readonly what: string; readonly keys: readonly (readonly string[])[] }[] = [
  { what: 'Search', keys: [['/'], [MOD, 'F']] },
  { what: 'Next match', keys: [['↵']] },
  { what: 'Previous match', keys: [['⇧', '↵']] },
  { what: 'To the caller', keys: [['↑']] },
  { what: 'To the largest callee', keys: [['↓']] },
  { what: 'To siblings', keys: [['←'], ['→']] },
  { what: 'Select', keys: [['Space']] },
  { what: 'Zoom to the selection', keys: [['↵']] },
  { what: 'Zoom out', keys: [['Esc'], ['⌫']] },
  { what: 'Reset zoom', keys: [['0']] },
  { what: 'Make root', keys: [['r']] },
  { what: 'Show only this block', keys: [['⇧', 'r']] },
  { what: 'First view … ninth view', keys: [['1'], ['9']] },
  { what: 'In the table: select, make root', keys: [['↵'], ['⇧', '↵']] },
  { what: 'In the timeline: other thread', keys: [['PgUp'], ['PgDn']] },
  { what: 'Along time: closer, further', keys: [['+'], ['−']] },
  { what: 'Along time: to the start, to the end', keys: [['Home'], ['End']] },
  { what: 'In the timeline: limit the rest to a call', keys: [['⇧', '↵']] },
  { what: 'Over time: next and previous peak', keys: [['↓'], ['↑']] },
  { what: 'Over time: mark a stretch, zoom to it', keys: [['⇧', '→'], ['↵']] },
  { what: 'In Lines: next and previous hottest line', keys: [['.'], [',']] },
  { what: 'Undo', keys: [['z']] },
  { what: 'Redo', keys: [['⇧', 'z']] },
  { what: 'Next and previous profile', keys: [['n'], ['p']] },
  { what: 'Open a file', keys: [[MOD, 'O']] },
  { what: 'Light or dark', keys: [['t']] },
  { what: 'All commands by name', keys: [[MOD, 'K']] },
  { what: 'This help', keys: [['?']] },
];

/** The help dialog. */
export function helpDialog(app: App, onClose: () => void): TemplateResult {
  const { letterKeys } = app.preferences;
  const version = app.session.info.value?.version;
  return dialog(
    'Keys',
    html`
      <dl class="keys">${KEYS.map(
        ({ what, keys }) =>
          html`<div><dt>${what}</dt><dd>${keys.map((combination, index) => html`${index > 0 ? html`<span class="or"></span>` : ''}${combination.map((key) => html`<kbd>${key}</kbd>`)}`)}</dd></div>`,
      )}</dl>
      <h3>Mouse</h3>
      <p class="prose">Click a block to zoom to it, the bar above it or the centre of the sunburst to zoom out. The wheel scrolls the levels, or zooms
        at the pointer where all of them fit; with ${MOD} it always zooms. Dragging moves. In the timeline a double click zooms to a call, and a drag on the ruler, or anywhere with ⇧, limits
        everything else to a stretch of time. Over values in time a drag zooms to a stretch, and a double click goes back. A double click on a row of the table makes that
        function the root. A click on a head sorts by it, with ⇧ by several; the third click goes back to the order of the file.</p>
      <div class="page-buttons">
        <button type="button" class="btn switch" role="switch" aria-checked=${letterKeys.value ? 'true' : 'false'} @click=${() => {
          letterKeys.value = !letterKeys.value;
        }}><span class="box">${letterKeys.value ? icon('check', 10) : ''}</span>Keys of a single letter or sign</button>
        <span class="grow"></span>${version === undefined ? '' : html`<span class="faint">tsviz ${version}</span>`}
      </div>`,
    onClose,
  );
}
