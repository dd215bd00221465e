/** Pages that say why there is nothing to see. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from './context.ts';
import { bareHeader } from './header.ts';
import { problemRows } from './notice-rows.ts';

/** The address leads to nothing that the server or this browser has. */
export function missingPage(app: App): TemplateResult {
  return messagePage(
    app,
    'This profile is not open here',
    'The tsviz that answers at this address was not given this profile, and this browser has not kept it. Start tsviz with the file, or open it here.',
    [
      html`<button type="button" class="btn primary" @click=${app.commands.chooseFiles}>Open a file…</button>`,
      html`<button type="button" class="btn line" @click=${() => app.store.go({ kind: 'home' })}>What is open</button>`,
    ],
  );
}

/** No token, or one of an earlier start. */
export function deniedPage(app: App): TemplateResult {
  return messagePage(
    app,
    'This link no longer lets you in',
    'The link needs the token that tsviz printed when it was started. tsviz was probably started again since. The right link is in the terminal of whoever started it.',
    [],
  );
}

/** The server does not answer. */
export function unreachablePage(app: App): TemplateResult {
  return messagePage(
    app,
    'tsviz does not answer',
    'The server that this page came from has stopped. Start it again and reload this page. Files of this machine can still be opened here.',
    [
      html`<button type="button" class="btn primary" @click=${() => location.reload()}>Reload</button>`,
      html`<button type="button" class="btn line" @click=${app.commands.chooseFiles}>Open a file…</button>`,
    ],
  );
}

function messagePage(app: App, heading: string, lead: string, buttons: readonly TemplateResult[]): TemplateResult {
  return html`${bareHeader(app)}${problemRows(app)}<main class="page narrow"><div class="col"><h1>${heading}</h1><p class="lead">${lead}</p>
    ${buttons.length === 0 ? nothing : html`<div class="buttons">${buttons}</div>`}</div></main>`;
}
