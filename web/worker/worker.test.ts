import { describe, expect, it } from 'vitest';
import { cutExcerpt } from './excerpt.ts';
import { listBuffers } from './transfer.ts';

describe('bytes around a fault', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, index) => index);

  it('are whole lines: two before, that of the fault, one after', async () => {
    const excerpt = await cutExcerpt(bytes, 100);
    expect(excerpt).toMatchObject({ start: 64, at: 100, ends: false });
    expect([excerpt!.bytes[0], excerpt!.bytes.length]).toEqual([64, 64]);
  });

  it('end where the file ends', async () => {
    expect(await cutExcerpt(bytes, 200)).toMatchObject({ start: 160, at: 200, ends: true });
    expect(await cutExcerpt(bytes, 9999)).toMatchObject({ at: 200, ends: true });
  });

  it('are few at the start, and none of nothing', async () => {
    expect((await cutExcerpt(bytes, 0))!.start).toBe(0);
    expect(await cutExcerpt(new Uint8Array(), 0)).toMatchObject({ start: 0, at: 0, ends: true });
  });
});

describe('memory that moves with a message', () => {
  it('is each buffer once, wherever it lies in the message', () => {
    const shared = new ArrayBuffer(16);
    const own = new Float64Array(2);
    const message = {
      a: new Uint8Array(shared, 0, 4),
      deep: { list: [{ b: new Uint8Array(shared, 8) }, { own }] },
      text: 'x',
      none: null,
    };
    expect(new Set(listBuffers(message))).toEqual(new Set([shared, own.buffer]));
    expect(listBuffers(message)).toHaveLength(2);
  });
});
