import { describe, expect, it } from 'vitest';
import { Pieces } from './pieces.ts';

async function takeAll(pieces: Pieces): Promise<number[]> {
  const taken: number[] = [];
  for await (const piece of pieces) taken.push(...piece);
  return taken;
}

describe('pieces', () => {
  it('reach everybody, those who were there before them and those who come later', async () => {
    const pieces = new Pieces();
    const early = takeAll(pieces);
    expect(pieces.isEmpty).toBe(true);
    pieces.push(Uint8Array.of(1, 2));
    const between = takeAll(pieces);
    pieces.push(Uint8Array.of(3));
    pieces.end();
    expect(pieces.isOver).toBe(true);
    expect(await Promise.all([early, between, takeAll(pieces)])).toEqual(Array(3).fill([1, 2, 3]));
  });

  it('are known to come with the first one, and not to come with the end', async () => {
    const some = new Pieces();
    const asked = some.hasAny();
    some.push(new Uint8Array(1));
    expect(await asked).toBe(true);
    const none = new Pieces();
    none.end();
    expect(await none.hasAny()).toBe(false);
  });

  it('that break off are an error to everybody, after what was there', async () => {
    const pieces = new Pieces();
    const early = takeAll(pieces);
    pieces.push(Uint8Array.of(1));
    pieces.fail(new Error('gone'));
    await expect(early).rejects.toThrow('gone');
    await expect(takeAll(pieces)).rejects.toThrow('gone');
    expect(await pieces.hasAny()).toBe(true);
  });
});
