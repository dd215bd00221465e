import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_BYTES } from '../../shared/decode/source.ts';
import { computeContentId } from './content-id.ts';
import { cutExcerpt } from './excerpt.ts';
import { loadFile } from './load-file.ts';
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
  it('is found in a list of any length', () => {
    const measurements = Array.from({ length: 200_000 }, () => ({ values: new Float64Array(1) }));
    expect(listBuffers({ measurements })).toHaveLength(200_000);
  });

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

describe('a file of this machine', () => {
  it('comes into memory in pieces, each of them told', async () => {
    const bytes = Uint8Array.from({ length: 20_000_001 }, (_, index) => index % 251);
    const told: number[] = [];
    const loaded = await loadFile(new Blob([bytes]), (count) => told.push(count));
    expect(Buffer.compare(loaded, bytes)).toBe(0);
    expect(told).toEqual([8_000_000, 16_000_000, 20_000_001]);
  });

  it('that is empty is no bytes', async () => {
    expect(await loadFile(new Blob([]))).toHaveLength(0);
  });

  it('that is too large is refused before any of it is read', async () => {
    const large = { size: DEFAULT_MAX_BYTES + 1 } as Blob;
    await expect(loadFile(large)).rejects.toThrow('at most 537 MB are opened');
  });

  it('that cannot be read, as a folder, is told as such', async () => {
    const folder = {
      size: 4096,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('it is gone')) }),
    } as unknown as Blob;
    await expect(loadFile(folder)).rejects.toMatchObject({
      code: 'access',
      message: 'The browser could not read it: it is gone',
    });
  });

  it('has the id that the server would give it', async () => {
    const bytes = new TextEncoder().encode('some content');
    expect(await computeContentId(bytes)).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 16));
  });
});
