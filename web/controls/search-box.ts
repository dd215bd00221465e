/** The search box: text, and two switches for what the text means. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from './icons.ts';

/** What the search box shows, and what it tells. */
export interface SearchBoxProps {
  readonly text: string;
  readonly mode: 'text' | 'regex' | 'word';
  /** Why the text can't be searched for; null when it can. */
  readonly error: string | null;
  readonly short: boolean;
  readonly onText: (text: string) => void;
  readonly onMode: (mode: 'regex' | 'word') => void;
  /** Enter and Shift+Enter: to the next match, or the one before. */
  readonly onWalk: (step: 1 | -1) => void;
}

/** Id of the input, for the key that goes there. */
export const SEARCH_INPUT_ID = 'search-input';

/** The box. Escape empties it, and leaves it when it is empty. */
export function searchBox(props: SearchBoxProps): TemplateResult {
  const { text, mode, error, short, onText, onMode, onWalk } = props;
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      onWalk(event.shiftKey ? -1 : 1);
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (text === '') (event.currentTarget as HTMLInputElement).blur();
    else onText('');
  };
  const option = (name: 'regex' | 'word', letters: string, title: string) =>
    html`<button type="button" class="opt" aria-pressed=${mode === name ? 'true' : 'false'} aria-label=${title} title=${title} @click=${() => onMode(name)}>${letters}</button>`;
  return html`<div class=${`field search${error === null ? '' : ' wrong'}`} role="search">
    ${icon('search', 14)}
    <input id=${SEARCH_INPUT_ID} type="search" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000"
      aria-label="Search functions and paths" aria-invalid=${error === null ? 'false' : 'true'} title=${error ?? nothing}
      placeholder=${short ? 'Search' : 'Search functions and paths'} .value=${live(text)}
      @input=${(event: Event) => onText((event.currentTarget as HTMLInputElement).value)} @keydown=${press}>
    ${
      text === ''
        ? html`<kbd>/</kbd>`
        : html`${option('word', 'W', 'Whole word')}${option('regex', '.*', 'Regular expression')}<button type="button" class="opt" aria-label="Clear the search" @click=${() => onText('')}>${icon('close', 12)}</button>`
    }
  </div>`;
}
