/**
 * The searching worker: runs queries over names, so that an expression that never ends stops nothing but itself.
 */
/// <reference lib="webworker" />
import type { Profile } from '../../shared/model/profile.ts';
import type { SearchReply, SearchRequest } from '../../shared/protocol/worker.ts';
import { searchFrames } from '../../shared/tree/search.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The profile as far as searching needs it: names and places, no numbers. */
let names: Profile | null = null;

self.addEventListener('message', (event: MessageEvent<SearchRequest>) => {
  const request = event.data;
  if (request.kind === 'names') {
    names = makeNamesOnly(request);
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

function makeNamesOnly({ strings, frames }: Extract<SearchRequest, { kind: 'names' }>): Profile {
  const none = new Float64Array();
  const numbers = { calls: none, primitiveCalls: none, self: [], total: [] };
  const calls = { ...numbers, length: 0, caller: new Int32Array(), callee: new Int32Array() };
  const traits = { sampled: false, hasCounts: false };
  return { name: '', metrics: [], strings, frames, functions: numbers, calls, traits };
}
