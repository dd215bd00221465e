/** The pages where files are chosen: the empty one and the listing of a folder. A profile's page does without them. */
import { computed, effect, untracked } from '@preact/signals-core';
import type { TemplateResult } from 'lit-html';
import type { App } from './context.ts';
import { createFolderPage, folderPage } from './folder-page.ts';
import { createHomePage, homePage } from './home-page.ts';

/** Both pages, alive while one of them is on screen. */
export interface StartPages {
  home(): TemplateResult;
  folder(): TemplateResult;
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
  return { home: () => homePage(app, home), folder: () => folderPage(app, folder) };
}
