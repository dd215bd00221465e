/**
 * The searching worker: runs queries over names, so that an expression that never ends stops nothing but itself.
 */
/// <reference lib="webworker" />
import type { SearchReply, SearchRequest } from '../../shared/protocol/worker.ts';
import { searchFrames } from '../../shared/tree/search.ts';

declare const self: DedicatedWorkerGlobalScope;

let names: Extract<SearchRequest, { kind: 'names' }> | null = null;

self.addEventListener('message', (event: MessageEvent<SearchRequest>) => {
  const request = event.data;
  if (request.kind === 'names') {
    names = request;
    return;
  }
  if (names === null) return;
  let answer: SearchReply;
  try {
    answer = { id: request.id, found: searchFrames(names, request.query), error: null };
  } catch (error) {
    answer = { id: request.id, found: null, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
});
