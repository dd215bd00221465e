/**
 * The page's workers. The content security policy asks for a Trusted Types policy where a script is started by its
 * address; this one lets nothing through but the scripts that were built with the page.
 */
import readWorkerUrl from '../worker/read-worker.ts?worker&url';
import searchWorkerUrl from '../worker/search-worker.ts?worker&url';
import unpackWorkerUrl from '../worker/unpack-worker.ts?worker&url';

/** What the DOM library does not declare yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const OURS = [readWorkerUrl, searchWorkerUrl, unpackWorkerUrl];

const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('tsviz-worker', {
  createScriptURL(url) {
    if (!OURS.includes(url)) throw new TypeError('Not a worker of this page.');
    return url;
  },
});

/** A worker that reads one file, and is ended after it. */
export const createReadWorker = (): Worker => start(readWorkerUrl);
/** A worker that unpacks one profile, or prepares one call graph, and is ended after it. */
export const createUnpackWorker = (): Worker => start(unpackWorkerUrl);
/** A worker that searches names. */
export const createSearchWorker = (): Worker => start(searchWorkerUrl);

/**
 * Brings the workers' scripts into the browser's cache, where they are found when the server is gone: their names hold a
 * digest, so nobody is asked again. Workers that wait would cost more memory than most profiles.
 */
export function fetchWorkers(): void {
  for (const url of OURS) fetch(url, { priority: 'low' }).catch(() => undefined);
}

function start(url: string): Worker {
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' });
}
