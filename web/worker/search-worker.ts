/**
 * The searching worker: runs queries over names, so that an expression that never ends stops nothing but itself.
 */
/// <reference lib="webworker" />
import type { SearchReply, SearchRequest } from '../../shared/protocol/worker.ts';
import type { FrameNames } from '../../shared/tree/frame-text.ts';
import { searchFrames } from '../../shared/tree/search.ts';
import { listBuffers } from './transfer.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The profile as far as searching needs it: names and places, no numbers. */
let names: FrameNames | null = null;

self.addEventListener('message', (event: MessageEvent<SearchRequest>) => {
  const request = event.data;
  if (request.kind === 'names') {
    names = { strings: request.strings, frames: request.frames };
    return;
  }
  if (names === null) return;
  let answer: SearchReply;
  try {
    answer = { id: request.id, found: searchFrames(names, request.query), error: null };
  } catch (error) {
    answer = { id: request.id, found: null, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer, answer.found === null ? [] : listBuffers(answer.found));
});
