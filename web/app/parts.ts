/**
 * What comes after the first picture: the app, its dialogs, the sunburst, the pages where files are chosen, the workers'
 * scripts.
 *
 * All of it is fetched while the picture is painted: whoever sees a chart can go on with it whatever becomes of the
 * server.
 */
import { fetchWorkers } from './workers.ts';

/** Modules on their way. */
export interface Parts {
  readonly page: Promise<typeof import('./page.ts')>;
  readonly dialogs: Promise<typeof import('./dialogs.ts')>;
  readonly startPages: Promise<typeof import('./start-pages.ts')>;
  readonly sunburst: Promise<typeof import('../views/sunburst/sunburst.ts')>;
}

/** Begins to fetch all of them. */
export function loadParts(): Parts {
  const parts = {
    page: import('./page.ts'),
    dialogs: import('./dialogs.ts'),
    startPages: import('./start-pages.ts'),
    sunburst: import('../views/sunburst/sunburst.ts'),
  };
  // Whoever needs a part hears that it could not be had.
  for (const part of Object.values(parts)) part.catch(() => undefined);
  fetchWorkers();
  return parts;
}
