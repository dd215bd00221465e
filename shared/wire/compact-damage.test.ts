import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { checkProfile } from '../model/check.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { eachSample } from '../testing/corpus.ts';
import { mutate, seededRandom } from '../testing/mutate.ts';
import { profileOf } from '../testing/profile-of.ts';
import { CompactReader, encodeCompact } from './compact.ts';
import { joinBytes, PARTS_START, PartCutter, StreamsReader, StreamsWriter } from './compact-streams.ts';

const CHANGES_PER_SAMPLE = 150;
const packed = joinBytes([
  ...encodeCompact({
    format: 'test',
    writer: null,
    profiles: [profileOf('main;f 3 x2\nmain;g 4')],
    warnings: [],
  }),
]);

function unpackAll(bytes: Uint8Array): ProfileGroup {
  const reader = new CompactReader();
  reader.push(bytes);
  return reader.finish();
}

/** Unpacks what may be damaged: the rules of a profile hold, or the error says what is wrong. */
function expectProfileOrError(bytes: Uint8Array, what: string): 'profile' | 'error' {
  try {
    unpackAll(bytes).profiles.forEach(checkProfile);
    return 'profile';
  } catch (error) {
    expect(error, what).toBeInstanceOf(FormatError);
    expect((error as FormatError).message, what).toMatch(/^packed profile: /);
    return 'error';
  }
}

/** The same parts with other facts. */
function withFacts(change: (facts: Record<string, unknown>) => unknown): Uint8Array {
  const [part] = new PartCutter().push(packed);
  const before = new StreamsReader(part!).open('facts').takeAll();
  const facts = JSON.parse(new TextDecoder().decode(before)) as Record<string, unknown>;
  const to = new StreamsWriter();
  to.open().append(new TextEncoder().encode(JSON.stringify(change(facts))));
  // Two bytes of length stand before the part.
  return joinBytes([to.join(PARTS_START), packed.subarray(PARTS_START.length + 2 + part!.length)]);
}

describe('damaged bytes are a profile all the same or an error that says so', () => {
  for (const { name, bytes } of eachSample('pstats')) {
    it(name, async () => {
      const whole = joinBytes([...encodeCompact(await readBytes(bytes, name))]);
      const random = seededRandom(20);
      for (let change = 0; change < CHANGES_PER_SAMPLE; change++) {
        expectProfileOrError(mutate(whole, random), `change ${change}`);
      }
    });
  }

  it('where a single byte is another one', () => {
    const found = { profile: 0, error: 0 };
    for (let at = 0; at < packed.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = packed.slice();
        damaged[at]! ^= flip;
        found[expectProfileOrError(damaged, `byte ${at} ^ ${flip}`)]++;
      }
    }
    expect(Math.min(found.profile, found.error)).toBeGreaterThan(0);
  });

  it('where they are cut', () => {
    for (let length = 0; length < packed.length; length++) {
      expect(expectProfileOrError(packed.subarray(0, length), `${length} bytes`)).toBe('error');
    }
  });
});

describe('what is wrong is said', () => {
  const refusal = (bytes: Uint8Array) => {
    try {
      unpackAll(bytes);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('about the frame', () => {
    expect(refusal(new Uint8Array())).toBe('packed profile: there is not one byte');
    expect(refusal(Uint8Array.of(9, 0))).toBe('packed profile: it has version 9; this tsviz reads version 2');
    expect(refusal(Uint8Array.of(2))).toBe('packed profile: it ends before the last profile');
    expect(refusal(Uint8Array.of(2, 0x81))).toBe('packed profile: it ends in the length of a part');
    expect(refusal(Uint8Array.of(2, 9, 1))).toBe('packed profile: it ends 8 bytes before the end of a part');
    expect(refusal(Uint8Array.of(2, 1, 0))).toBe('packed profile: the facts are missing');
    expect(refusal(Uint8Array.of(2, 3, 1, 5, 0))).toBe('packed profile: its streams claim 5 bytes; 1 are there');
    expect(refusal(new Uint8Array(40).fill(0x80).fill(2, 0, 1))).toBe('packed profile: a length has more than 8 bytes');
    expect(refusal(joinBytes([packed, packed.subarray(1)]))).toBe('packed profile: it goes on after the last profile');
  });

  it('about the facts, before anything is made room for', () => {
    const rows = (claim: object) =>
      withFacts((facts) => ({ ...facts, profiles: [{ ...(facts.profiles as object[])[0], ...claim }] }));
    expect(refusal(rows({ frames: 1e9 }))).toMatch(/it claims 1\d{9} values in \d+ bytes$/);
    expect(refusal(rows({ calls: -1 }))).toBe('packed profile: in its facts, calls is not a whole number');
    expect(refusal(rows({ clocks: [99] }))).toMatch(/its clocks are 99; one of 0 to \d is there for each metric$/);
    expect(refusal(rows({ metrics: [], clocks: [] }))).toBe('packed profile: it has a profile without a metric');
    expect(refusal(withFacts((facts) => ({ ...facts, writer: 3 })))).toBe(
      'packed profile: in its facts, writer is not a text',
    );
    expect(refusal(withFacts(() => []))).toBe('packed profile: in its facts, all is not an object');
    expect(refusal(withFacts((facts) => facts))).toBe('nothing');
  });
});
