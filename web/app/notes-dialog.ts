/** The notes about a file: what was odd in it, and what was made of it. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { ProfileWarning } from '../../shared/errors.ts';
import { formatCount } from '../../shared/units/format.ts';
import { dialog } from '../controls/dialog.ts';
import type { OpenDocument } from '../state/document.ts';

/** All notes: the reader's first, then those of making sense of the numbers. */
export function listNotes(document: OpenDocument): readonly ProfileWarning[] {
  return [...document.group.warnings, ...document.prepared.warnings];
}

/** The dialog with the notes. */
export function notesDialog(document: OpenDocument, onClose: () => void): TemplateResult {
  const notes = listNotes(document);
  return dialog(
    notes.length === 1 ? 'A note about this file' : 'Notes about this file',
    html`<p class="prose">The file could be read. This is what was odd in it, and what was made of it.</p>
      <ul class="notes-list">${notes.map(
        (note) =>
          html`<li>${note.message}${
            note.count > 1 ? html` <span class="faint">${formatCount(note.count)} times</span>` : nothing
          }${note.where === null ? nothing : html`<div class="faint">${note.count > 1 ? 'first at ' : 'at '}${note.where}</div>`}</li>`,
      )}</ul>`,
    onClose,
  );
}
