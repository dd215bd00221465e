/** The page's keys. None of them acts while somebody types, or while a dialog or menu is open. */
import { createKeybindingsHandler } from 'tinykeys';
import { isDialogOpen } from '../controls/dialog.ts';
import { isPopoverOpen } from '../controls/popover.ts';
import type { App } from './context.ts';

/**
 * Starts listening on `window`. Arrows that nothing else is the target of go to the chart. `findPanel`: the host of a view
 * that is no picture of the tree, while one is on screen: it zooms by itself.
 */
export function listenToKeys(app: App, findChart: () => HTMLElement | null, findPanel: () => HTMLElement | null): void {
  const { commands, preferences } = app;
  const always = (run: () => void) => (event: KeyboardEvent) => {
    if (isDialogOpen()) return;
    event.preventDefault();
    run();
  };
  const page = (run: () => void) => (event: KeyboardEvent) => {
    if (event.defaultPrevented || isDialogOpen() || isPopoverOpen() || isTyping(event.target)) return;
    event.preventDefault();
    run();
  };
  /** Speech and switch software types single letters: those who use it can switch them off. */
  const letter = (run: () => void) => (event: KeyboardEvent) => {
    if (preferences.letterKeys.value && !event.ctrlKey && !event.metaKey && !event.altKey) page(run)(event);
  };
  /** A picture in the view that is no picture of the tree; null: none, or no such view. */
  const findPicture = () => findPanel()?.querySelector<HTMLElement>('[role="application"]') ?? null;
  let isPassing = false;
  const pass = (target: HTMLElement | null, key: string) => {
    // What nobody there has a use for comes back here.
    if (isPassing) return;
    isPassing = true;
    target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    isPassing = false;
  };
  const zoom = (run: () => void) => (event: KeyboardEvent) => {
    page(() => {
      if (findPanel() === null) run();
      else pass(findPicture(), event.key);
    })(event);
  };
  const arrow = (event: KeyboardEvent) => {
    // Rows of the table, tabs, menus and the divider have arrows of their own.
    if (event.target !== document.body) return;
    page(() => {
      const chart = findPanel() === null ? findChart() : findPicture();
      chart?.focus();
      pass(chart, event.key);
    })(event);
  };

  window.addEventListener(
    'keydown',
    createKeybindingsHandler({
      '$mod+f': (event) => {
        if (app.model.value !== null) always(commands.goToSearch)(event);
      },
      '$mod+o': always(commands.chooseFiles),
      '$mod+k': always(() => {
        app.dialog.value = 'commands';
      }),
      Escape: zoom(commands.zoomOut),
      Backspace: zoom(commands.zoomOut),
      Enter: (event) => {
        if (event.target === document.body) zoom(commands.zoomToSelected)(event);
      },
      ArrowUp: arrow,
      ArrowDown: arrow,
      ArrowLeft: arrow,
      ArrowRight: arrow,
      '/': letter(commands.goToSearch),
      '(\\?)': letter(() => {
        app.dialog.value = 'help';
      }),
      'Shift+(\\?)': letter(() => {
        app.dialog.value = 'help';
      }),
      0: letter(() => {
        if (findPanel() === null) commands.resetZoom();
        else pass(findPicture(), '0');
      }),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, view) => [view + 1, letter(() => commands.setView(view))])),
      r: letter(commands.makeSelectedRoot),
      'Shift+r': letter(commands.cutToSelected),
      z: letter(commands.undo),
      'Shift+z': letter(commands.redo),
      n: letter(() => commands.switchProfile(1)),
      p: letter(() => commands.switchProfile(-1)),
      t: letter(() => {
        preferences.themeWish.value = preferences.theme.value === 'dark' ? 'light' : 'dark';
      }),
    }),
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}
