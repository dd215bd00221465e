import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const framesOf = async (text: string) => {
  const profile = (await read(text)).profiles[0]!;
  return Array.from({ length: profile.frames.length }, (_, frame) => getFrameKey(profile, frame));
};

describe('a plop file', () => {
  it('has stacks leaf first, with the line that was running', async () => {
    const { profiles, format } = await read(
      "{(('a.py', 3, 'leaf'), ('a.py', 9, 'main')): 4, (('a.py', 9, 'main'),): 1}\n",
    );
    const [profile] = profiles;
    const { frame, parent, self, samples } = profile!.contexts!;
    expect(format).toBe('plop');
    expect([...frame].map((of) => getFrameKey(profile!, of))).toEqual(['a.py:9(main)', 'a.py:3(leaf)']);
    expect([...parent]).toEqual([-1, 0]);
    expect([...self[0]!]).toEqual([1, 4]);
    expect(samples).toBe(2);
    expect(profile!.traits).toMatchObject({ sampled: true, linesRan: true });
  });

  it('of Python 2 has bytes that are UTF-8, prefixes and long ints', async () => {
    const text = String.raw`{((u'caf\xe9.py', 1L, 'caf\xc3\xa9'), (b"it's", 2, "a\\b\n\u00e9\q")): 12L}`;
    expect(await framesOf(text)).toEqual(['café.py:1(café)', "it's:2(a\\b\né\\q)"]);
  });

  it('may be empty stacks, blank lines and commas at the end', async () => {
    const { profiles, warnings } = await read("{\n (): 3,\n (('a', 1, 'f',),): 2,\n}\n");
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([2]);
    expect(warnings).toMatchObject([{ code: 'empty-stack', count: 3 }]);
  });

  it.each([
    ["{(('a', 1, 'f'),): __import__('os')}", 'plop character 19: expected the samples of a stack, an int'],
    [
      "{(('a', 1, 'f'),): 1",
      'plop character 20: expected another stack or the end of the dict ("}"), but the file ends',
    ],
    ["{(('a', x, 'f'),): 1}", 'plop character 8: expected the line of a frame, an int, but found "x,'],
    ["{(('a', 1, 'f", 'expected the end of a string, but the file ends here'],
    ["{(('a', 1, 'f'),): 1} + 1", 'expected nothing behind the dict, but found "+ 1"'],
    [String.raw`{(('\x1', 1, 'f'),): 1}`, 'expected an escape of a character'],
  ])('that is something else is refused, and never run: %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
