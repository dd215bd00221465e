/**
 * The page's workers. The content security policy asks for a Trusted Types policy where a script is started by its
 * address; this one lets nothing through but the two scripts that were built with the page.
 */
import openWorkerUrl from '../worker/open-worker.ts?worker&url';
import searchWorkerUrl from '../worker/search-worker.ts?worker&url';

/** What the DOM library does not declare yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** After taking a spare. */
const NEXT_SPARE_MS = 1500;

const OURS = [openWorkerUrl, searchWorkerUrl];

const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('tsviz-worker', {
  createScriptURL(url) {
    if (!OURS.includes(url)) throw new TypeError('Not a worker of this page.');
    return url;
  },
});

/** A worker that reads one file, and is ended after it. */
export const createOpenWorker = (): Worker => takeSpare(openWorkerUrl);
/** A worker that searches names. */
export const createSearchWorker = (): Worker => takeSpare(searchWorkerUrl);

/** Started and not in use yet, by address. */
const spares = new Map<string, Worker>();

/** Brings the workers' scripts into the browser's cache, where their start finds them. */
export function fetchWorkers(): void {
  for (const url of OURS) fetch(url, { priority: 'low' }).catch(() => undefined);
}

/**
 * Starts one worker of each kind ahead: the first file is then read without waiting for a script, and files can be
 * opened and searched when the server is gone.
 */
export function startSpares(): void {
  for (const url of OURS) keepSpare(url);
}

function takeSpare(url: string): Worker {
  const worker = spares.get(url) ?? start(url);
  spares.delete(url);
  // Not at once: what is wanted now comes first.
  window.setTimeout(() => keepSpare(url), NEXT_SPARE_MS);
  return worker;
}

function keepSpare(url: string): void {
  if (spares.has(url)) return;
  const worker = start(url);
  // Its script can't be had just now: whoever needs one tries again.
  worker.addEventListener('error', () => {
    if (spares.get(url) === worker) spares.delete(url);
  });
  spares.set(url, worker);
}

function start(url: string): Worker {
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' });
}
