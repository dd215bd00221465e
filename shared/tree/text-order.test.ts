import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from './steps.ts';
import { rankTexts, TextKeys } from './text-order.ts';

function ranksOf(texts: readonly string[]): number[] {
  const keys = new TextKeys();
  for (const text of texts) keys.addText(text);
  return [...finish(rankTexts(keys))];
}

/** Ranks by comparing strings, equal ones sharing one. */
function compared(texts: readonly string[]): number[] {
  const distinct = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  return texts.map((text) => distinct.indexOf(text));
}

describe('rankTexts', () => {
  it('ranks as comparing strings does, beginnings first and equal ones alike', () => {
    const texts = ['b', '', 'abc', 'ab', 'b', 'a', 'B', '_'];
    expect(ranksOf(texts)).toEqual(compared(texts));
  });

  it('knows that pairs of UTF-16 come before the last letters of the basic plane', () => {
    const texts = ['\uffee', '😀', '\ue000', 'é', '\ud7ff', 'z', '\u{10ffff}'];
    expect(ranksOf(texts)).toEqual(compared(texts));
  });

  it('agrees with comparing on any texts', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('site-packages/a', 'site-packages/b', 'site-packages/'),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (texts) => {
        expect(ranksOf(texts)).toEqual(compared(texts));
      }),
    );
  });

  it('ranks many texts that begin alike', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `${'deep/'.repeat(40)}${(i * 7919) % 5000}`);
    expect(ranksOf(texts)).toEqual(
      (() => {
        const sorted = [...texts].sort((a, b) => (a < b ? -1 : 1));
        const ranks = new Map(sorted.map((text, rank) => [text, rank]));
        return texts.map((text) => ranks.get(text)!);
      })(),
    );
  });

  it('takes ASCII letters in lower case and refuses others', () => {
    const keys = new TextKeys();
    const bytes = new TextEncoder().encode('BETAalphagröße');
    const added = [0, 4, 9].map((start, i) => keys.addAscii(bytes, start, [4, 9, bytes.length][i]!, true));
    expect(added).toEqual([true, true, false]);
    keys.addText('gamma');
    expect([...finish(rankTexts(keys))]).toEqual([1, 0, 2]);
  });
});
