/** All dialogs of the page, each in a place of its own above it. Loaded after the page. */
import { effect, untracked } from '@preact/signals-core';
import { nothing, render } from 'lit-html';
import { openCommandDialog } from './command-dialog.ts';
import type { App } from './context.ts';
import { helpDialog } from './help-dialog.ts';
import type { Model } from './model.ts';
import { notesDialog } from './notes-dialog.ts';
import { whyDialog } from './why-dialog.ts';

/** Shows the dialogs that the page asks for, from now on. `say`: a sentence for when one cannot be had. */
export function mountDialogs(app: App, say: (text: string) => void): void {
  const dialogs = document.createElement('div');
  const share = document.createElement('div');
  const commands = document.createElement('div');
  document.body.append(dialogs, share, commands);
  const close = () => {
    app.dialog.value = null;
  };
  /** Fetched when it is wanted: there is no sharing without the server, and its QR code is the largest thing here. */
  const openShare = async ({ document: opened }: Model) => {
    try {
      const { openShareDialog } = await import('./share-dialog.ts');
      if (app.dialog.peek() === 'share') openShareDialog(share, app, opened, close);
    } catch {
      close();
      say('The server does not answer.');
    }
  };
  effect(() => {
    const name = app.dialog.value;
    const model = app.model.value;
    if (name === 'share' && model) untracked(() => void openShare(model));
  });
  effect(() => {
    if (app.dialog.value === 'commands') untracked(() => openCommandDialog(commands, app, close));
  });
  effect(() => {
    const name = app.dialog.value;
    const model = app.model.value;
    const content =
      name === 'help'
        ? helpDialog(app, close)
        : name === 'why' && model
          ? whyDialog(app, model, close)
          : name === 'notes' && model
            ? notesDialog(model.document, close)
            : nothing;
    render(content, dialogs);
  });
}
