/** Ids, listings and changes of files, on real files in a temporary folder. */
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { sniffFormat } from '../../shared/readers/sniff-format.ts';
import { readSample } from '../../shared/testing/corpus.ts';
import { makeFolder } from '../testing/package.ts';
import { FolderStore, sniffHead } from './catalogue.ts';
import { hashBytes, lookAt, readHead, readStream, readWholeFile } from './disk.ts';
import { ProfileStore } from './store.ts';

const ONE = readSample('pstats/orders-py36.prof');
const TWO = readSample('pstats/orders-py314.prof');
const idOf = (bytes: Uint8Array) => hashBytes(bytes).slice(0, 16);

let folder = '';
beforeEach(() => {
  folder = makeFolder();
});

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a profile', () => {
  it('has an id by its content, whatever it is called', async () => {
    const store = new ProfileStore(1e6);
    const profile = await store.addFile(put('a.prof', ONE));
    expect([profile.id, profile.name]).toEqual([idOf(ONE), 'a.prof']);
    expect(store.find(idOf(ONE))).toBe(profile);
  });

  it('that is opened at once is read once: the bytes of its id are handed on, and only those', async () => {
    const store = new ProfileStore(1e6);
    const path = put('a.prof', ONE);
    const profile = await store.addFile(path, true);
    expect(profile.id).toBe(idOf(ONE));
    expect(store.takeAhead(profile)).toEqual(new Uint8Array(ONE));
    expect(store.takeAhead(profile)).toBeNull();

    const other = put('b.prof', TWO);
    const changed = await store.addFile(other, true);
    put('b.prof', ONE);
    await store.refresh(changed);
    expect(store.takeAhead(changed)).toBeNull();
  });

  it('that has changed has a new id, and is still found by the old one', async () => {
    const store = new ProfileStore(1e6);
    const path = put('a.prof', ONE);
    const profile = await store.addFile(path);
    writeFileSync(path, TWO);
    await store.refresh(profile);
    expect(profile.id).toBe(idOf(TWO));
    expect([store.find(idOf(ONE)), store.find(idOf(TWO))]).toEqual([profile, profile]);
  });

  it('that was replaced by one of the same size and date has changed', async () => {
    const store = new ProfileStore(1e6);
    const path = put('a.prof', 'xxxx');
    const profile = await store.addFile(path);
    const { atime, mtime } = statSync(path);
    renameSync(put('new', 'yyyy'), path);
    utimesSync(path, atime, mtime);
    await store.refresh(profile);
    expect(profile.id).toBe(idOf(new TextEncoder().encode('yyyy')));
  });

  it('that is gone says so, keeps its address, and is well again when it is back', async () => {
    const store = new ProfileStore(1e6);
    const path = put('a.prof', ONE);
    const profile = await store.addFile(path);
    rmSync(path);
    await store.refresh(profile);
    expect([profile.id, profile.error?.message]).toEqual([idOf(ONE), 'there is no such file']);
    writeFileSync(path, ONE);
    await store.refresh(profile);
    expect(profile.error).toBeNull();
  });

  it('twice under two names has two ids, which stay', async () => {
    const store = new ProfileStore(1e6);
    const [first, second] = [await store.addFile(put('a.prof', ONE)), await store.addFile(put('b.prof', ONE))];
    expect(first.id).toBe(idOf(ONE));
    expect(second.id).not.toBe(first.id);
    const again = new ProfileStore(1e6);
    await again.addFile(join(folder, 'a.prof'));
    expect((await again.addFile(join(folder, 'b.prof'))).id).toBe(second.id);
  });

  it('that took the content another one had is what that content now leads to', async () => {
    const store = new ProfileStore(1e6);
    const first = await store.addFile(put('a.prof', ONE));
    writeFileSync(join(folder, 'a.prof'), TWO);
    await store.refresh(first);
    const second = await store.addFile(put('b.prof', ONE));
    expect(store.find(idOf(ONE))).toBe(second);
  });
});

describe('a folder', () => {
  const list = async (store = new ProfileStore(1e6)) => {
    const place = await lookAt({ path: folder, followsLinks: true });
    if (place.kind !== 'folder') throw new Error('not a folder');
    const folders = new FolderStore(store, async (head) => sniffFormat(head));
    const added = folders.add({ path: folder, name: basename(folder) }, place.device, place.inode);
    return { store, folders, added, body: await folders.list(added) };
  };

  it('lists its profiles and those below, newest first, by what they are', async () => {
    put('old.prof', ONE);
    utimesSync(join(folder, 'old.prof'), 1e9, 1e9);
    mkdirSync(join(folder, 'runs', 'deep'), { recursive: true });
    put('runs/deep/new.dat', TWO);
    put('packed.prof.gz', gzipSync(ONE));
    utimesSync(join(folder, 'packed.prof.gz'), 1.1e9, 1.1e9);
    put('notes.txt', 'no profile');
    put('other.gz', gzipSync('no profile'));
    put('broken.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff));
    const { body } = await list();
    expect(body.entries.map(({ name, format, bytes }) => [name, format, bytes])).toEqual([
      ['runs/deep/new.dat', 'pstats', TWO.length],
      ['packed.prof.gz', 'pstats', gzipSync(ONE).length],
      ['old.prof', 'pstats', ONE.length],
    ]);
    expect([body.name, body.omitted]).toEqual([basename(folder), 0]);
  });

  it('shows nothing of outside: no links, no dot names', async () => {
    const outside = makeFolder();
    writeFileSync(join(outside, 'secret.prof'), ONE);
    symlinkSync(outside, join(folder, 'way-out'));
    symlinkSync(join(outside, 'secret.prof'), join(folder, 'link.prof'));
    symlinkSync(folder, join(folder, 'loop'));
    mkdirSync(join(folder, '.git'));
    put('.git/x.prof', ONE);
    put('.hidden.prof', ONE);
    expect((await list()).body.entries).toEqual([]);
  });

  it('lists the newest two thousand and counts the rest', async () => {
    for (let index = 0; index < 2_010; index++) {
      put(`${index}.prof`, '{0');
      utimesSync(join(folder, `${index}.prof`), 1e9 + index, 1e9 + index);
    }
    const { body } = await list();
    expect([body.entries.length, body.entries[0]?.name, body.omitted]).toEqual([2_000, '2009.prof', 10]);
  });

  it('has an id that stays when the server starts again, and tells nothing', async () => {
    const [first, second] = [await list(), await list()];
    expect(first.added.id).toBe(second.added.id);
    expect(first.added.id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('finds a profile by its content, for links made before the start', async () => {
    put('a.prof', ONE);
    put('b.prof', TWO);
    const { folders, store } = await list();
    expect(store.find(idOf(TWO))).toBeNull();
    expect((await folders.findByContent(idOf(TWO)))?.name).toBe('b.prof');
    expect(await folders.findByContent('0123456789abcdef')).toBeNull();
  });

  it('opens an entry by the id of its place, which then leads to its content', async () => {
    put('a.prof', ONE);
    const { store, body } = await list();
    const entry = store.find(body.entries[0]?.id ?? '');
    if (entry === null) throw new Error('the entry has no profile');
    expect(entry.id).toBeNull();
    await store.refresh(entry);
    expect(entry.id).toBe(idOf(ONE));
    expect(store.opened).toEqual([]);
  });
});

describe('bytes', () => {
  it('are read whole, by the head, and from streams up to a limit', async () => {
    const path = put('a.prof', ONE);
    expect((await readWholeFile({ path, followsLinks: true }, 1e6)).bytes).toEqual(new Uint8Array(ONE));
    expect(await readHead({ path, followsLinks: true }, 4)).toEqual(ONE.slice(0, 4));
    expect(await readHead({ path: put('empty', ''), followsLinks: true }, 4)).toEqual(new Uint8Array());
    const stream = async function* () {
      yield ONE.slice(0, 10);
      yield ONE.slice(10, 20);
    };
    expect(await readStream(stream(), 20)).toEqual(ONE.slice(0, 20));
    await expect(readStream(stream(), 19)).rejects.toThrow('larger than 19 bytes');
  });

  it('packed a thousandfold are looked at without being unpacked', async () => {
    const bomb = gzipSync(new Uint8Array(10_000_000));
    const sniff = async (head: Uint8Array) => ({ id: head.length < 600_000 ? 'small' : 'large' });
    expect(await sniffHead(bomb, sniff)).toBe('small');
  });
});
