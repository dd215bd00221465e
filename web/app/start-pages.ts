/**
 * The pages that have no profile: the empty one, the listing of a folder, a file that cannot be opened. A profile's page
 * does without them, so they come after it.
 */
import { computed, effect, untracked } from '@preact/signals-core';
import type { TemplateResult } from 'lit-html';
import type { App } from './context.ts';
import { errorPage } from './error-page.ts';
import { createFolderPage, folderPage } from './folder-page.ts';
import { createHomePage, homePage } from './home-page.ts';
import type { FailedFile } from './session.ts';

/** All of them; those that ask the server do so while they are on screen. */
export interface StartPages {
  home(): TemplateResult;
  folder(): TemplateResult;
  failed(file: FailedFile, onBack: (() => void) | null): TemplateResult;
}

/** The start pages of an app; they notice by themselves when they are on screen. */
export function createStartPages(app: App): StartPages {
  const home = createHomePage(app);
  const folder = createFolderPage();
  const { screen } = app.session;
  const kind = computed(() => screen.value.kind);
  const folderId = computed(() => (screen.value.kind === 'folder' ? screen.value.id : ''));
  effect(() => {
    if (kind.value !== 'home') return;
    untracked(home.enter);
    return home.leave;
  });
  effect(() => {
    if (folderId.value === '') return;
    const id = folderId.value;
    untracked(() => folder.enter(id));
    return folder.leave;
  });
  return {
    home: () => homePage(app, home),
    folder: () => folderPage(app, folder),
    failed: (file, onBack) => errorPage(app, file, onBack),
  };
}
