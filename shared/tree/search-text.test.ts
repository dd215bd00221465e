import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';
import { getSearchText } from './frame-text.ts';
import { findText, indexOfWord, type TextQuery } from './search-text.ts';
import { finish } from './steps.ts';

type Frame = readonly [name: string, file: string, line: number];

function profileOf(frames: readonly Frame[]): Profile {
  const builder = new ProfileBuilder();
  for (const [name, file, line] of frames) builder.addFrame(name, file, line);
  return builder.build();
}

/** The same by looking through the text of every function. */
function compared(profile: Profile, { text, isWord, matchCase }: TextQuery): number[] {
  const fold = (each: string) => (matchCase ? each : each.toLowerCase());
  return Array.from({ length: profile.frames.length }, (_, frame) => frame).filter((frame) => {
    const hay = fold(getSearchText(profile, frame));
    return (isWord ? indexOfWord(hay, fold(text)) : hay.indexOf(fold(text))) >= 0;
  });
}

function found(profile: Profile, query: TextQuery): number[] {
  const { matches, count } = finish(findText(profile, query));
  const frames = [...matches.keys()].filter((frame) => matches[frame] === 1);
  expect(count).toBe(frames.length);
  return frames;
}

const NAMES = [
  'parse',
  'Parse_row',
  '<lambda>',
  '',
  'größe',
  'K',
  'İx',
  "<method 'match' of 're.Pattern' objects>",
  '<built-in method builtins.len>',
  '<built-in method __new__ of type object at 0x7f00>',
  'f:1(g)',
];
const FILES = ['~', '', '/app/parse.py', 'C:\\App\\Maß.py', '<string>', 'a:12(b', '0'];

describe('findText', () => {
  it('finds what the text of every function would tell', () => {
    const frame = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...FILES), fc.integer({ min: -1, max: 120 }));
    // Needles are parts of what is there, and a little else.
    const query = fc.record({
      from: fc.nat(60),
      length: fc.integer({ min: 1, max: 9 }),
      other: fc.option(
        fc.constantFrom('k', 'i', 'ß', 'len', '.', 're.pattern.match', '{built', '1', '12', ':', '(', 'zz'),
      ),
      isWord: fc.boolean(),
      matchCase: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 30 }),
        query,
        (frames, { from, length, other, ...how }) => {
          const profile = profileOf(frames);
          const all = getSearchText(profile, from % profile.frames.length);
          const text = other ?? all.slice(from % Math.max(1, all.length)).slice(0, length);
          if (text === '') return;
          expect(found(profile, { text, ...how })).toEqual(compared(profile, { text, ...how }));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds what reaches from the path over the line into the name', () => {
    const profile = profileOf([
      ['parse', 'app/row.py', 17],
      ['parse', 'app/row.py', 18],
    ]);
    expect(found(profile, { text: 'row.py:17(pa', isWord: false })).toEqual([0]);
    expect(found(profile, { text: '17', isWord: true })).toEqual([0]);
    expect(found(profileOf([['f', 'a.py', -1]]), { text: '-1', isWord: false })).toEqual([0]);
  });

  it('lets others have the thread on the way', () => {
    const profile = profileOf(Array.from({ length: 70_000 }, (_, i) => [`f${i}`, 'a.py', 1] as const));
    const steps = findText(profile, { text: '9', isWord: false });
    let pauses = 0;
    while (!steps.next().done) pauses++;
    expect(pauses).toBeGreaterThan(3);
  });
});
