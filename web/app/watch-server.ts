/** Notices that the server has stopped, and that it is back. What is open stays usable in between. */
import type { App } from './context.ts';

/** While all is well, and while waiting for it to come back. */
const CALM_MS = 20_000;
const WAITING_MS = 4_000;

/** Asks now and then, as long as somebody looks at the page. */
export function watchServer(app: App): void {
  const ask = async () => {
    if (document.visibilityState === 'visible') app.online.value = await app.session.refreshInfo();
    window.setTimeout(() => void ask(), app.online.value ? CALM_MS : WAITING_MS);
  };
  void ask();
}
