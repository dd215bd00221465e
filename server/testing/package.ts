/**
 * A package to test: the command and its worker as they are published, with a page of one file and one asset.
 *
 * Built anew for each test file, so that no test depends on what an earlier build left behind.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const folders: string[] = [];
// Registered when a test file imports this: inside a test it would be too late.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed after the tests of the file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsviz-test-'));
  folders.push(folder);
  return folder;
}

/** Folder of a freshly built package. Cost: a second. */
export async function buildPackage(): Promise<string> {
  const folder = makeFolder();
  await build({
    configFile: join(ROOT, 'server', 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: join(folder, 'dist') },
  });
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const page = join(folder, 'dist', 'web');
  mkdirSync(join(page, 'assets'), { recursive: true });
  mkdirSync(join(page, 'samples'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>tsviz</title><p>the page</p>');
  writeFileSync(join(page, 'assets', 'main-0123abcd.js'), 'export {};');
  writeFileSync(join(page, 'samples', 'notes.prof'), '{0');
  return folder;
}
