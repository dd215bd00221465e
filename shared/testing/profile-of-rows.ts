/** Profiles of functions without calls, written as a table. */
import { ProfileBuilder } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';

/** Lines `name calls/primitive self total file:line`; `?` is unknown. */
export function profileOfRows(text: string): Profile {
  const builder = new ProfileBuilder();
  const number = (word: string | undefined) => (word === undefined || word === '?' ? Number.NaN : Number(word));
  for (const line of text.trim().split('\n')) {
    const [name, counts, self, total, place] = line.trim().split(/\s+/);
    const [calls, primitive] = counts!.split('/');
    const [file, at] = place!.split(':');
    builder.setFunction(builder.addFrame(name!, file!, Number(at)), {
      calls: number(calls),
      primitiveCalls: number(primitive ?? calls),
      self: [number(self)],
      total: [number(total)],
    });
  }
  return builder.build();
}

/** A few functions of a program, one of them unknown. */
export const SMALL_ROWS = `
  main    1     1  20  app/main.py:1
  parse   8/2   6  12  app/parse.py:10
  read    4     6   6  lib/io.py:5
  ghost   ?     ?   ?  lib/io.py:9
`;
