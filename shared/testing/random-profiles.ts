/**
 * Random programs and random files for property tests.
 */
import fc from 'fast-check';
import { ProfileBuilder } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';
import type { RecordedTree } from './recorded-tree.ts';

/** Names that make the hints work too: files that are shared, lambdas, built-ins. */
const FRAMES = [
  ['app.py', 1, 'main'],
  ['app.py', 10, 'f'],
  ['app.py', 12, '<lambda>'],
  ['lib.py', 1, 'g'],
  ['lib.py', 20, 'h'],
  ['lib.py', 25, '<listcomp>'],
  ['~', 0, '<built-in sorted>'],
  ['~', 0, '<built-in exec>'],
] as const;

/** Trees as a run could have made them: up to 40 distinct paths over 8 functions, recursion included. */
export const recordedTrees: fc.Arbitrary<RecordedTree> = fc
  .array(
    fc.record({
      parent: fc.nat(1000),
      frame: fc.nat(FRAMES.length - 1),
      calls: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
      self: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5_000_000 })),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => {
    const tree = {
      frames: FRAMES,
      parent: [] as number[],
      frame: [] as number[],
      calls: [] as number[],
      self: [] as number[],
    };
    const known = new Set<string>();
    for (const row of rows) {
      // 0 is "no parent"; mostly a node before.
      const parent = row.parent % (tree.parent.length + 1) === 0 ? -1 : (row.parent % (tree.parent.length + 1)) - 1;
      const key = `${parent} ${row.frame}`;
      if (known.has(key)) continue;
      known.add(key);
      tree.parent.push(parent);
      tree.frame.push(row.frame);
      tree.calls.push(row.calls);
      tree.self.push(row.self);
    }
    return tree;
  });

const counts = fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 0, max: 100 }), fc.constant(Number.NaN));
const times = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(Number.NaN, 1e-9, 1e9, 1e300),
);

/** Files that no run can have written: numbers of any kind on any graph. */
export const brokenProfiles: fc.Arbitrary<Profile> = fc
  .record({
    traits: fc.constantFrom(
      { sampled: false, hasCounts: true },
      { sampled: true, hasCounts: true },
      { sampled: false, hasCounts: false },
    ),
    functions: fc.array(fc.tuple(counts, counts, times, times), { minLength: 1, maxLength: 8 }),
    calls: fc.array(fc.tuple(fc.nat(7), fc.nat(7), counts, counts, times, times), { maxLength: 20 }),
  })
  .map(({ traits, functions, calls }) => {
    const builder = new ProfileBuilder({ traits });
    const toNumbers = (a: number, b: number, self: number, total: number) => ({
      calls: Math.max(a, b),
      primitiveCalls: Math.min(a, b),
      self: [self],
      total: [total],
    });
    functions.forEach((numbers, index) => {
      const [file, line, name] = FRAMES[index]!;
      builder.setFunction(builder.addFrame(name, file, line), toNumbers(...numbers));
    });
    const known = new Set<string>();
    for (const [from, to, ...numbers] of calls) {
      const caller = from % functions.length;
      const callee = to % functions.length;
      if (known.has(`${caller} ${callee}`)) continue;
      known.add(`${caller} ${callee}`);
      builder.addCall(caller, callee, toNumbers(...numbers));
    }
    return builder.build();
  });
