/** The notes about a file: what was odd in it, and what was made of it. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatCount } from '../../shared/units/format.ts';
import { dialog } from '../controls/dialog.ts';
import type { OpenDocument } from '../state/document.ts';
import { getTimesText, listNotes } from './notes.ts';

/** The dialog with the notes. */
export function notesDialog(document: OpenDocument, onClose: () => void): TemplateResult {
  const notes = listNotes(document);
  return dialog(
    notes.length === 1 ? 'A note about this file' : 'Notes about this file',
    html`<p class="prose">The file could be read. This is what was odd in it, and what was made of it.</p>
      <ul class="notes-list">${notes.map((note) => {
        const times = getTimesText(note, formatCount);
        return html`<li>${note.message}${times === '' ? nothing : html` <span class="faint">${times}</span>`}${
          note.where === null
            ? nothing
            : html`<div class="faint break">${note.count > 1 ? 'first at ' : 'at '}${note.where}</div>`
        }</li>`;
      })}</ul>`,
    onClose,
  );
}
