/**
 * What the installed package brings along: its version, the built page, the samples.
 *
 * Source tree and published package have the same shape seen from here: this module is one folder below the root in
 * the bundle (`dist/`) and two in the source (`server/files/`), so the root is found by its package.json.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SampleBody } from '../../shared/protocol/api.ts';

/** Folder that holds our package.json. */
export function findPackageRoot(from: string = import.meta.dirname): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('tsviz is not installed completely: its package.json is missing');
    folder = above;
  }
  return folder;
}

/** Version of this program. */
export function getVersion(root: string): string {
  const text: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof text === 'object' && text !== null && 'version' in text) return String(text.version);
  throw new Error('package.json has no version');
}

/** Folder of the built page. @throws Error when it was not built. */
export function findPage(root: string): string {
  const folder = join(root, 'dist', 'web');
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw new Error('the page is not built: run "npm run build" in the folder of tsviz');
}

/** Program of the worker thread that reads profiles. */
export function getWorkerFile(root: string): string {
  return join(root, 'dist', 'worker.cjs');
}

/** Samples beside the page, as their list (`samples/index.json`) has them. @throws Error when the list is broken. */
export function listSamples(page: string): SampleBody[] {
  const list = join(page, 'samples', 'index.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

/** Addresses of the built page's scripts and styles, packed ones (`.gz`) included. Their names hold a digest. */
export function listAssets(page: string): string[] {
  const folder = join(page, 'assets');
  return existsSync(folder) ? readdirSync(folder).map((name) => `/assets/${name}`) : [];
}

/** A file of the built page. `name` is one of ours, never a part of a request. */
export function readPageFile(page: string, name: string): Promise<Uint8Array> {
  return readFile(join(page, name));
}
