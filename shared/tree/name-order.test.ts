import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';
import { getFile, getShownName } from './frame-text.ts';
import { rankFramesByName } from './name-order.ts';
import { finish } from './steps.ts';

/** The same by comparing texts. */
function compared(profile: Profile): number[] {
  const { length, line } = profile.frames;
  const frames = Array.from({ length }, (_, frame) => frame);
  const name = (frame: number) => getShownName(profile, frame).toLowerCase();
  const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  frames.sort(
    (a, b) =>
      compare(name(a), name(b)) || compare(getFile(profile, a), getFile(profile, b)) || line[a]! - line[b]! || a - b,
  );
  const ranks: number[] = [];
  frames.forEach((frame, rank) => {
    ranks[frame] = rank;
  });
  return ranks;
}

describe('rankFramesByName', () => {
  it('agrees with comparing shown names in lower case, then paths, then lines', () => {
    const name = fc.constantFrom(
      'main',
      'Main',
      'MAIN',
      '_x',
      '<lambda>',
      '<module>',
      'größe',
      'GRÖSSE',
      'İ',
      '',
      'zip',
    );
    const builtin = fc.constantFrom("<method 'match' of 're.Pattern' objects>", '<built-in method builtins.len>');
    const file = fc.constantFrom('/a/B.py', '/a/b.py', 'maß.py', '~', '', '😀.py', '\uffee.py');
    const frame = fc.tuple(fc.oneof(name, builtin), file, fc.integer({ min: -1, max: 3 }));
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 60 }), (frames) => {
        const builder = new ProfileBuilder();
        for (const [text, path, line] of frames) builder.addFrame(text, path, line);
        const profile = builder.build();
        expect([...finish(rankFramesByName(profile))]).toEqual(compared(profile));
      }),
    );
  });
});
