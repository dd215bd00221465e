/** All commands by name: type a part of it, choose with the arrows, Enter does it. */
import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { dialog } from '../controls/dialog.ts';
import { icon } from '../controls/icons.ts';
import { findCommands, listCommands, type NamedCommand } from './command-list.ts';
import type { App } from './context.ts';

const OPTION = 'command-';

/** Mounts the dialog in `host`; `onClose` when it is gone. What was chosen runs after that, with the focus given back. */
export function openCommandDialog(host: HTMLElement, app: App, onClose: () => void): void {
  const commands = listCommands(app);
  let text = '';
  let at = 0;
  let chosen: NamedCommand | null = null;

  const finish = () => {
    render(nothing, host);
    onClose();
    chosen?.run();
  };
  const choose = (command: NamedCommand | undefined) => {
    if (command === undefined) return;
    chosen = command;
    host.querySelector('dialog')?.close();
  };
  const press = (event: KeyboardEvent) => {
    const found = findCommands(commands, text);
    const last = found.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at === 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    const move = moves[event.key];
    if (move !== undefined) at = Math.max(0, move);
    else if (event.key === 'Enter' && !event.isComposing) choose(found[at]);
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) host.querySelector('dialog')?.close();
    else return;
    event.preventDefault();
    if (move !== undefined) draw();
  };
  const type = (event: Event) => {
    text = (event.currentTarget as HTMLInputElement).value;
    at = 0;
    draw();
  };

  function draw(): void {
    const found = findCommands(commands, text);
    render(dialog('Commands', body(found), finish, 'commands'), host);
    host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  function body(found: readonly NamedCommand[]) {
    return html`<div class="field">${icon('search', 14)}<input type="text" role="combobox" aria-label="Command" aria-expanded="true" aria-controls="command-list"
        aria-autocomplete="list" aria-activedescendant=${found.length > 0 ? OPTION + at : nothing} autocomplete="off" autocapitalize="off" spellcheck="false"
        placeholder="Part of a command’s name" autofocus .value=${live(text)} @input=${type} @keydown=${press}></div>
      <div id="command-list" class="command-list" role="listbox" aria-label="Commands">${found.map(
        (command, index) =>
          html`<div role="option" id=${OPTION + index} class="item" aria-selected=${index === at ? 'true' : 'false'} @click=${() => choose(command)}
            ><span class="cut">${command.name}</span><span class="detail">${command.keys.map((key, place) => html`${place > 0 ? ' ' : ''}<kbd>${key}</kbd>`)}</span></div>`,
      )}</div>
      ${found.length === 0 ? html`<p class="prose" role="status">No command has “${text}” in its name.</p>` : nothing}`;
  }

  draw();
}
