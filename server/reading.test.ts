/** The worker's limits, tried with workers that misbehave, and the real worker on files that do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FormatError } from '../shared/errors.ts';
import type { Profile } from '../shared/model/profile.ts';
import { readSample } from '../shared/testing/corpus.ts';
import { CompactReader } from '../shared/wire/compact.ts';
import { isPacked } from '../shared/wire/pack.ts';
import { getWorkerFile } from './files/package-files.ts';
import { ProfileStore } from './files/store.ts';
import { Reading, type ReadingOptions } from './reading.ts';
import { buildPackage, makeFolder } from './testing/package.ts';

let root = '';
let folder = '';
beforeAll(async () => {
  root = await buildPackage();
  folder = makeFolder();
}, 60_000);

const open: Reading[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reading) => reading.close()));
});

function makeReading(options: Partial<ReadingOptions> = {}): Reading {
  const reading = new Reading({ workerFile: getWorkerFile(root), maxBytes: 512e6, ...options });
  open.push(reading);
  return reading;
}

/** A worker that does this with its first job and reads nothing. */
function makeBadWorker(code: string): string {
  const file = join(folder, `worker-${code.length}.mjs`);
  writeFileSync(file, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${code} });`);
  return file;
}

describe('R22: reading', () => {
  it('R22: that never ends is ended, and the next file is read by a new worker', async () => {
    const store = new ProfileStore(1e6);
    const reading = makeReading({ workerFile: makeBadWorker('for (;;);'), maxMs: 300 });
    const summaries = await Promise.all(
      ['a', 'b'].map((name) => reading.getSummary(store.addBytes(name, new TextEncoder().encode(name)))),
    );
    expect(summaries.map(({ error }) => error?.message)).toEqual(
      Array(2).fill('reading it takes more than 1 s, the limit'),
    );
  });

  it('R22: that eats memory is ended, and this process lives on', async () => {
    const eater = makeBadWorker('const all = []; for (;;) all.push({ all: [...all.slice(-9)] });');
    const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };
    const reading = makeReading({ workerFile: eater, resourceLimits });
    await expect(reading.read(new Uint8Array(1), 'a.prof')).rejects.toThrow(
      new FormatError('reading it takes more memory than a file may'),
    );
  });

  it('R22: that ends by itself is no answer either', async () => {
    const reading = makeReading({ workerFile: makeBadWorker('process.exit(3);') });
    await expect(reading.read(new Uint8Array(1), 'a.prof')).rejects.toThrow('broken off');
  });

  it.each([
    'marshal-huge-tuple.prof',
    'marshal-huge-dict-string.prof',
    'marshal-huge-long.prof',
    'gzip-bomb-100MB-zeros.pb.gz',
  ])('R22: of %s ends as FormatError, and the next file is read', async (name) => {
    const reading = makeReading();
    await expect(reading.read(readSample(`bad/${name}`), name)).rejects.toBeInstanceOf(FormatError);
    const group = await reading.read(readSample('pstats/orders-py36.prof'), 'orders.prof');
    expect(group.profiles[0]?.frames.length).toBe(244);
  });

  it('R22: that throws is ended, without a word of ours in the answer', async () => {
    const reading = makeReading({ workerFile: makeBadWorker('throw new Error(JSON.stringify(process.env));') });
    await expect(reading.read(new Uint8Array(1), 'a.prof')).rejects.toThrow('more memory');
  });
});

describe('the compact form', () => {
  async function unpackAll(pieces: AsyncIterable<Uint8Array>): Promise<Profile | undefined> {
    const reader = new CompactReader();
    for await (const piece of pieces) reader.push(piece);
    return reader.finish().profiles[0];
  }
  const store = new ProfileStore(1e6);
  const add = (sample: string) => store.addBytes(sample, readSample(sample));

  it('is the same whether it was wished for at once or after the profile was open', async () => {
    const reading = makeReading();
    const early = reading.open(add('pstats/orders-py36.prof'));
    const wished = unpackAll(early.getCompact());
    const late = reading.open(add('pstats/orders-py36.prof'));
    expect(await late.opened).not.toBeNull();
    expect((await wished)?.frames.length).toBe(244);
    expect(await unpackAll(late.getCompact())).toEqual(await wished);
    expect(late.getCompact()).toBe(late.getCompact());
    expect(await early.opened).not.toBeNull();
  });

  it('is no pieces where there is no profile, and the profile as it is where there is no such form of it', async () => {
    const reading = makeReading();
    const none = reading.open(add('bad/truncated-pstats-15939.prof'));
    expect(await none.getCompact().hasAny()).toBe(false);
    const other = reading.open(add('collapsed/recursion.txt'));
    const pieces: Uint8Array[] = [];
    for await (const piece of other.getCompact()) pieces.push(piece);
    expect(isPacked(pieces[0]!)).toBe(true);
  });

  it('that ends half way is an error', async () => {
    const half = "parentPort.postMessage({ kind: 'piece', piece: Uint8Array.of(2) }); process.exit(3);";
    const opening = makeReading({ workerFile: makeBadWorker(half) }).open(add('pstats/orders-py36.prof'));
    await expect(unpackAll(opening.getCompact())).rejects.toThrow('half way');
  });
});

describe('a summary', () => {
  it('says what a listing shows', async () => {
    const store = new ProfileStore(1e6);
    const profile = store.addBytes('app.prof', readSample('pstats/orders-py36.prof'));
    const summary = await makeReading().getSummary(profile);
    expect(summary).toMatchObject({ format: 'pstats', functions: 244, unit: 'seconds', error: null });
    expect(summary.total).toBeCloseTo(0.020683, 12);
    expect(profile.summary).toBe(summary);
  });

  it('is made once for a file that is asked for twice, and again when the file has changed', async () => {
    const path = join(folder, 'changing.prof');
    writeFileSync(path, readSample('pstats/orders-py36.prof'));
    const store = new ProfileStore(1e6);
    const profile = await store.addFile(path);
    const reading = makeReading();
    const [first, second] = await Promise.all([reading.getSummary(profile), reading.getSummary(profile)]);
    expect(first).toBe(second);
    writeFileSync(path, readSample('bad/truncated-pstats-15939.prof'));
    await store.refresh(profile);
    expect((await reading.getSummary(profile)).error?.message).toContain('cut short');
    expect(profile.error?.code).toBe('format');
  });

  it('counts functions, not callers that the file does not list', async () => {
    const store = new ProfileStore(1e6);
    const summary = await makeReading().getSummary(store.addBytes('a', readSample('pstats/orphan-caller.prof')));
    const group = await makeReading().read(readSample('pstats/orphan-caller.prof'), 'a');
    expect(summary.functions).toBeLessThan(group.profiles[0]?.frames.length ?? 0);
  });

  it('counts a function once however many threads ran it', async () => {
    const thread = (name: string) => ({
      type: 'sampled',
      name,
      unit: 'none',
      startValue: 0,
      endValue: 1,
      samples: [[0, 1]],
      weights: [1],
    });
    const text = JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      shared: { frames: [{ name: 'main' }, { name: 'load' }] },
      profiles: [thread('a'), thread('b'), thread('c')],
    });
    const profile = new ProfileStore(1e6).addBytes('a', new TextEncoder().encode(text));
    expect(await makeReading().getSummary(profile)).toMatchObject({ functions: 2, total: 3 });
  });
});
