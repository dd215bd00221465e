/** Dialogs: native modal ones. Focus, Escape and the page behind are the browser's business. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { icon } from './icons.ts';

/** A dialog that is open as long as it is rendered. `onClose` is told once, however it was closed. */
export function dialog(title: string, body: unknown, onClose: () => void, className = ''): TemplateResult {
  return html`<dialog class=${`dialog ${className}`} aria-label=${title} ${ref(openModal)} @close=${onClose} @click=${closeOutside}>
    <header><h2>${title}</h2><button type="button" class="btn icon" aria-label="Close" @click=${close}>${icon('close')}</button></header>
    ${body ?? nothing}
  </dialog>`;
}

/** True while a dialog is open: keys of the page behind it are off. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

function openModal(element: Element | undefined): void {
  // The reference is given before the element is in the document, where it can't be opened yet.
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });
}

function close(event: Event): void {
  (event.currentTarget as Element).closest('dialog')?.close();
}

/** A click on the backdrop is a click on the dialog itself, outside its box. */
function closeOutside(event: MouseEvent): void {
  const element = event.currentTarget as HTMLDialogElement;
  if (event.target !== element || event.detail === 0) return;
  const box = element.getBoundingClientRect();
  const inside =
    event.clientX >= box.left && event.clientX < box.right && event.clientY >= box.top && event.clientY < box.bottom;
  if (!inside) element.close();
}
