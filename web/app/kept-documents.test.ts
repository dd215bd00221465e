import { describe, expect, it } from 'vitest';
import type { OpenDocument } from '../state/document.ts';
import { KeptDocuments } from './kept-documents.ts';

const placeOf = (id: string) => ({ kind: 'profile', id }) as const;

/** A document whose columns fill so many bytes. */
function documentOf(id: string, bytes = 8): OpenDocument {
  // Only as long as is said: nobody looks at what is in it.
  const buffer = new ArrayBuffer(0);
  Object.defineProperty(buffer, 'byteLength', { value: bytes });
  const codes = new Int32Array(0);
  Object.defineProperty(codes, 'buffer', { value: buffer });
  return { place: placeOf(id), group: {}, prepared: {}, codes } as unknown as OpenDocument;
}

function keepAll(...documents: OpenDocument[]): (id: string) => boolean {
  const kept = new KeptDocuments();
  for (const document of documents) kept.keep(document);
  return (id) => kept.find(placeOf(id)) !== null;
}

describe('documents kept for going back', () => {
  it('are the last six', () => {
    const has = keepAll(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => documentOf(id)));
    expect(['a', 'b', 'g'].map(has)).toEqual([false, true, true]);
  });

  it('are fewer when they are large, and always the one on screen', () => {
    const has = keepAll(documentOf('first', 200e6), documentOf('second', 100e6), documentOf('third', 100e6));
    expect(['first', 'second', 'third'].map(has)).toEqual([false, true, true]);
    expect(keepAll(documentOf('small'), documentOf('huge', 600e6))('huge')).toBe(true);
  });

  it('are one at each place: the newest', () => {
    const kept = new KeptDocuments();
    const newest = documentOf('a');
    kept.keep(documentOf('a'));
    kept.keep(newest);
    expect(kept.find(placeOf('a'))).toBe(newest);
    kept.forget(placeOf('a'));
    expect(kept.find(placeOf('a'))).toBeNull();
  });
});
