/** `window.tsviz` for developers: state, profile and tree of what is on screen. Not in the published page. */
import type { App } from './context.ts';

/** Puts the hook in place. */
export function exposeForDevelopers(app: App): void {
  Object.defineProperty(window, 'tsviz', {
    get: () => ({
      app,
      state: app.store.state.value,
      profile: app.model.value?.document.profile,
      tree: app.model.value?.shown.value.tree,
    }),
  });
}
