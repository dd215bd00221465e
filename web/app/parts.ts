/**
 * What comes after the first picture: the app, its dialogs, the sunburst, the pages where files are chosen, the workers'
 * scripts.
 *
 * All of it is fetched, the app when the picture has been painted, the rest once the app is there: whoever sees a profile
 * can go on with it whatever becomes of the server.
 */
import { fetchWorkers } from './workers.ts';

/** Modules on their way. */
export interface Parts {
  readonly page: Promise<typeof import('./page.ts')>;
  readonly dialogs: Promise<typeof import('./dialogs.ts')>;
  readonly startPages: Promise<typeof import('./start-pages.ts')>;
  readonly sunburst: Promise<typeof import('../views/sunburst/sunburst.ts')>;
}

/** Begins to fetch the app. */
export function loadPage(): Parts['page'] {
  return hush(import('./page.ts'));
}

/** Fetches all the others, after `ahead`: each file costs the browser some milliseconds that the picture needs. */
export function loadParts(page: Parts['page'], ahead: Promise<unknown> = Promise.resolve()): Parts {
  const later = <T>(load: () => Promise<T>) => hush(ahead.then(load));
  void later(async () => fetchWorkers());
  return {
    page,
    dialogs: later(() => import('./dialogs.ts')),
    startPages: later(() => import('./start-pages.ts')),
    sunburst: later(() => import('../views/sunburst/sunburst.ts')),
  };
}

/** Whoever needs a part hears that it could not be had. */
function hush<T>(part: Promise<T>): Promise<T> {
  part.catch(() => undefined);
  return part;
}
