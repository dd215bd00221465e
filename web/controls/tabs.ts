/** A row of tabs: one is chosen by click or arrow key, and the row says so by a `change` event, as a select would. */
import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** One tab. */
export interface Tab {
  readonly value: string;
  readonly title: string;
}

/** What the row shows, and what it tells. */
export interface TabsProps {
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  /** Id of the panel that the tabs are of. */
  readonly panel: string;
  readonly onChange: (value: string) => void;
}

/** The tabs. Each has its value in `data-action`, after `view-`. */
export function tabList({ name, tabs, chosen, panel, onChange }: TabsProps): TemplateResult {
  const change = (event: Event) => onChange((event.currentTarget as HTMLElement).dataset.value ?? '');
  return html`<div role="tablist" aria-label=${name} data-value=${live(chosen)} @click=${choose} @keydown=${walk} @change=${change}>
    ${tabs.map(
      ({ value, title }) =>
        html`<button type="button" class="tab" role="tab" id=${`tab-${value}`} aria-selected=${value === chosen ? 'true' : 'false'} aria-controls=${panel}
          tabindex=${value === chosen ? 0 : -1} data-label=${title} data-value=${value} data-action=${`view-${value}`}>${title}</button>`,
    )}
  </div>`;
}

/** The event comes before anything is done about it. */
function choose(event: Event): void {
  const list = event.currentTarget as HTMLElement;
  const value = (event.target as Element).closest<HTMLElement>('[role="tab"]')?.dataset.value;
  if (value === undefined || value === list.dataset.value) return;
  list.dataset.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const tabs = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}
