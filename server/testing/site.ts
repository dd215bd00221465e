/** What the tests of rules serve: a folder with profiles, a secret, and ways out of it that must not be taken. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSample } from '../../shared/testing/corpus.ts';
import { buildPackage, makeFolder } from './package.ts';
import { startServer, type TestServer } from './server.ts';

/** What `secret.txt` beside the profiles holds; no answer ever does. */
export const SECRET = 'top secret';

/** A package and a folder to serve from it. */
export interface Site {
  readonly root: string;
  /** Holds app.prof, secret.txt and runs/ with a profile, a hidden one and a link. */
  readonly folder: string;
  /** A server with this command line, started in the folder. */
  start(args: readonly string[]): Promise<TestServer>;
  /** A server of app.prof. */
  serveApp(...args: string[]): Promise<TestServer>;
}

/** A fresh site. */
export async function makeSite(): Promise<Site> {
  const root = await buildPackage();
  const folder = makeFolder();
  const put = (sample: string, ...name: string[]) =>
    writeFileSync(join(folder, ...name), readSample(`pstats/${sample}`));
  mkdirSync(join(folder, 'runs', '.hidden'), { recursive: true });
  put('orders-py36.prof', 'app.prof');
  put('orders-py314.prof', 'runs', 'other.prof');
  put('orders-py315.prof', 'runs', '.hidden', 'x.prof');
  symlinkSync(join(folder, 'app.prof'), join(folder, 'runs', 'link.prof'));
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  const start = (args: readonly string[]) => startServer(args, { root, cwd: folder });
  return { root, folder, start, serveApp: (...args) => start(['app.prof', ...args]) };
}

/** One address of every kind: pages, assets, data, redirects, and what is not there. */
export const listRoutes = ({ id }: TestServer): readonly string[] => [
  '/',
  `/p/${id}`,
  '/index.html',
  '/assets/main-0123abcd.js',
  '/samples/notes.prof',
  '/api/info',
  `/api/profiles/${id}`,
  `/api/profiles/${id}/opened`,
  `/api/profiles/${id}/compact`,
  `/api/profiles/${id}/bytes`,
  `/api/profiles/${id}/summary`,
  `/api/profiles/${id}/source?frame=0`,
  '/api/folders/0123456789abcdef',
  '/nothing/here',
];
