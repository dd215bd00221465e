/**
 * What end-to-end tests share: the built command, started once per worker for each set of files, and a page that fails
 * its test when anything goes wrong in the background.
 *
 * Wrong are: errors on the console, exceptions nobody caught, violations of the content security policy, requests to
 * other hosts. A test that provokes one looks at it in `troubles` and takes it out.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { type Served, serve } from './serve.mjs';

/** Starts the command with these arguments, or gives the one that already runs with them. */
export type ServeFiles = (...args: string[]) => Promise<Served>;
/** Starts a command for one test alone: one with standard input, or one that the test stops. */
export type StartCommand = (args: string[], options?: { input?: Uint8Array }) => Promise<Served>;

interface TestFixtures {
  /** What went wrong in the page so far, in words. */
  troubles: string[];
  /** Opens a profile (or several) as the printed link does, and waits until its chart and its table are there. */
  open(...files: string[]): Promise<Served>;
}

interface WorkerFixtures {
  serveFiles: ServeFiles;
  startCommand: StartCommand;
  /** Writes a file into a folder that goes away with the worker, and gives its path. */
  writeFile(name: string, bytes: Uint8Array | string): string;
}

export { expect };

/** Playwright's test with the fixtures above. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  startCommand: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from a pattern.
    async ({}, use) => {
      const running: Promise<Served>[] = [];
      await use((args, options) => {
        const served = serve(args, options);
        running.push(served);
        return served;
      });
      // Pages may ask for something to their last moment, so no server ends before them unless its test wants that.
      for (const served of await Promise.all(running)) {
        await served.stop();
        expect(leaks(served), 'output of the command').toEqual([]);
      }
    },
    { scope: 'worker' },
  ],

  serveFiles: [
    async ({ startCommand }, use) => {
      const running = new Map<string, Promise<Served>>();
      await use((...args) => {
        const key = JSON.stringify(args);
        const served = running.get(key) ?? startCommand(args);
        running.set(key, served);
        return served;
      });
    },
    { scope: 'worker' },
  ],

  writeFile: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from a pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'tsviz-e2e-'));
      await use((name, bytes) => {
        const path = join(folder, name);
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, bytes);
        return path;
      });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from a pattern.
  troubles: async ({}, use) => {
    await use([]);
  },

  page: async ({ page, troubles }, use) => {
    await watch(page, troubles);
    await use(page);
    expect(troubles, 'troubles in the page').toEqual([]);
  },

  open: async ({ page, serveFiles }, use) => {
    await use(async (...files) => {
      const served = await serveFiles(...files);
      await page.goto(served.url);
      await chartIsThere(page);
      // The first picture comes before the app around it: without this, a test could look at a table not yet made.
      await expect(page.locator('[data-view-ready="table"]')).toBeAttached();
      return served;
    });
  },
});

/** Waits until a chart is painted. */
export async function chartIsThere(page: Page): Promise<void> {
  await expect(page.locator('[data-view-ready="icicle"], [data-view-ready="sunburst"]').first()).toBeVisible();
}

/** Writes down what goes wrong in a page from now on. */
export async function watch(page: Page, troubles: string[]): Promise<void> {
  const hosts = ['127.0.0.1', ...ownAddresses()];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    // Browsers complain about every 404; that a function's source is not to be had is an answer.
    if (message.type() === 'error' && !/\/source\?frame=/.test(url)) troubles.push(`console: ${message.text()} ${url}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOurs = hosts.includes(url.hostname) || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOurs) troubles.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`);
    });
  });
}

/** Takes out the troubles that a test provoked. */
export function forgive(troubles: string[], word: string): void {
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !trouble.includes(word)));
}

/** Addresses by which other machines could reach this one; none without a network. */
export function ownAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

/** What the command printed and should not have: tokens beside the one line that carries it, and the home folder. */
function leaks(served: Served): string[] {
  const rest = served
    .output()
    .split('\n')
    .filter((line) => !line.startsWith('{'));
  const token = new URL(served.url).searchParams.get('t');
  const found = token !== null && rest.some((line) => line.includes(token)) ? ['token'] : [];
  return rest.some((line) => line.includes(`${homedir()}/`)) ? [...found, 'home folder'] : found;
}
