/** R12: what a source file must be before anybody sees it. A profile can name whatever it likes. */
import { execFileSync } from 'node:child_process';
import fs, { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../testing/package.ts';
import { MAX_SOURCE_BYTES, SourceRoots } from './source-roots.ts';

const SECRET = 'secret = 1\n';
let place = '';
let root = '';
let roots: SourceRoots;

/** place/root is allowed, place/root-evil and place/outside are not. */
beforeEach(async () => {
  place = makeFolder();
  root = join(place, 'root');
  for (const folder of ['root/pkg', 'root/.venv', 'root-evil', 'outside'])
    mkdirSync(join(place, folder), { recursive: true });
  put('root/app.py', 'def f(): pass\n');
  put('root/pkg/core.py', '# the core\n');
  put('outside/secret.py', SECRET);
  roots = await SourceRoots.open(root, []);
});

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
  syncBuiltinESMExports();
});

function put(path: string, content: string | Uint8Array): void {
  writeFileSync(join(place, path), content);
}

describe('R12: source', () => {
  it('R12: is given by full path, by address, and by a path from where it was started', async () => {
    const core = join(root, 'pkg', 'core.py');
    for (const name of [
      core,
      pathToFileURL(core).href,
      'pkg/core.py',
      './pkg/../pkg/core.py',
      join(root, 'pkg/./core.py'),
    ])
      expect(await roots.read(name), name).toBe('# the core\n');
  });

  it('R12: is looked for in each given folder, links in their own paths resolved', async () => {
    symlinkSync(join(place, 'outside'), join(place, 'linked'));
    const more = await SourceRoots.open(root, ['../linked']);
    expect(await more.read(join(place, 'outside', 'secret.py'))).toBe(SECRET);
    expect(await more.read('secret.py')).toBe(SECRET);
    expect(await more.read('app.py')).toBe('def f(): pass\n');
    await expect(SourceRoots.open(root, ['nowhere'])).rejects.toThrow('there is no such file');
    await expect(SourceRoots.open(root, ['app.py'])).rejects.toThrow();
  });

  it('R12: is not given from anywhere else, however the place is spelt', async () => {
    put('root-evil/app.py', SECRET);
    const outside = join(place, 'outside', 'secret.py');
    const names = [
      outside,
      pathToFileURL(outside).href,
      '../outside/secret.py',
      'pkg/../../outside/secret.py',
      `${root}/../outside/secret.py`,
      join(place, 'root-evil', 'app.py'),
      '../root-evil/app.py',
      `${root}-evil/app.py`,
      `/${outside}`,
      `\\\\host\\share\\app.py`,
      'file://host/app.py',
      'file:',
      '/etc/passwd',
      '/proc/self/environ',
      `${root}/app.py\0.txt`,
      `${root}/\0app.py`,
      `${root}/app.py::$DATA`,
      `${root}/app.py/`,
      `${root}/APP.PY `,
      'A'.repeat(100_000),
      `${'a/'.repeat(5000)}x.py`,
      '',
      '.',
      '..',
      '~',
      '<frozen importlib._bootstrap>',
      '<string>',
      '__proto__',
      root,
    ];
    for (const name of names) expect([name.slice(0, 80), await roots.read(name)]).toEqual([name.slice(0, 80), null]);
  });

  it('R12: is given by another case of its name only where the system says that it is the same file', async () => {
    const text = await roots.read(join(root, 'APP.py'));
    expect([null, 'def f(): pass\n']).toContain(text);
    expect(await roots.read(join(place, 'OUTSIDE', 'secret.py'))).toBeNull();
  });

  it('R12: is not given through links that lead out, and is through those that stay inside', async () => {
    symlinkSync(join(place, 'outside', 'secret.py'), join(root, 'link.py'));
    symlinkSync(join(place, 'outside'), join(root, 'folder'));
    symlinkSync('../outside/secret.py', join(root, 'relative.py'));
    symlinkSync('loop.py', join(root, 'loop.py'));
    symlinkSync('pkg/core.py', join(root, 'inside.py'));
    for (const name of ['link.py', 'folder/secret.py', 'relative.py', 'loop.py'])
      expect([name, await roots.read(name)]).toEqual([name, null]);
    expect(await roots.read('inside.py')).toBe('# the core\n');
  });

  it('R12: is not given when hidden, or named like a key, or no program by its name', async () => {
    const names = ['.venv/a.py', '.env', '.env.py', 'key.pem', 'id_rsa', 'id_rsa.py', 'ID_ED25519.py', 'settings.ini'];
    for (const name of [...names, 'data.json', 'notes.txt', 'py', 'app.py.bak']) {
      put(join('root', name), SECRET);
      expect([name, await roots.read(name)]).toEqual([name, null]);
    }
    // A harmless name for a hidden file is the hidden file.
    symlinkSync(join(root, '.venv', 'a.py'), join(root, 'plain.py'));
    expect(await roots.read('plain.py')).toBeNull();
    put('outside/.bashrc.py', SECRET);
    expect(await (await SourceRoots.open(join(root, '.venv'), [])).read('a.py')).toBe(SECRET);
  });

  it('R12: is a regular file: no folder, no pipe that would keep us waiting, no device', async () => {
    mkdirSync(join(root, 'folder.py'));
    execFileSync('mkfifo', [join(root, 'pipe.py')]);
    symlinkSync('/dev/zero', join(root, 'device.py'));
    symlinkSync('/proc/self/environ', join(root, 'environ.py'));
    for (const name of ['folder.py', 'pipe.py', 'device.py', 'environ.py'])
      expect([name, await roots.read(name)]).toEqual([name, null]);
  });

  it('R12: is text of a size that people write', async () => {
    put('root/latin.py', Uint8Array.of(0x23, 0xe9, 0x0a));
    put('root/binary.py', 'a\0b');
    put('root/large.py', '#'.repeat(MAX_SOURCE_BYTES + 1));
    for (const name of ['latin.py', 'binary.py', 'large.py'])
      expect([name, await roots.read(name)]).toEqual([name, null]);
    put('root/most.py', '#'.repeat(MAX_SOURCE_BYTES));
    put('root/bom.py', '\ufeff# é\r\n');
    put('root/empty.py', '');
    expect((await roots.read('most.py'))?.length).toBe(MAX_SOURCE_BYTES);
    expect([await roots.read('bom.py'), await roots.read('empty.py')]).toEqual(['# é\r\n', '']);
  });

  it.each([
    ['a link takes the place of the file', 'app.py', () => swapFile((path) => symlinkSync(outside(), path))],
    ['a pipe takes its place', 'app.py', () => swapFile((path) => execFileSync('mkfifo', [path]))],
    ['another file takes its place', 'app.py', () => swapFile((path) => linkSync(outside(), path))],
    ['a link takes the place of a folder on the way', 'pkg/core.py', swapFolder],
  ])('R12: is not given when %s after it was looked at', async (_what, name, swap) => {
    put('outside/core.py', SECRET);
    const real = fs.promises.lstat;
    undo.push(() => {
      fs.promises.lstat = real;
    });
    // What is looked at is fine; what is there when it is opened is not.
    fs.promises.lstat = (async (path: string) => {
      const found = await real(path);
      swap();
      return found;
    }) as typeof real;
    syncBuiltinESMExports();
    expect(await roots.read(name)).toBeNull();
  });

  it('R12: is not given when a folder on the way is a link only while the file is opened', async () => {
    put('outside/core.py', SECRET);
    const { lstat, open } = fs.promises;
    undo.push(() => Object.assign(fs.promises, { lstat, open }));
    fs.promises.lstat = (async (path: string) => {
      swapFolder();
      return lstat(path);
    }) as typeof lstat;
    fs.promises.open = (async (...args: Parameters<typeof open>) => {
      const handle = await open(...args);
      rmSync(join(root, 'pkg'));
      renameSync(join(root, 'old'), join(root, 'pkg'));
      return handle;
    }) as typeof open;
    syncBuiltinESMExports();
    // Only Linux tells where an open file lies.
    expect(await roots.read('pkg/core.py')).toBe(fs.existsSync('/proc/self/fd') ? null : SECRET);
  });

  it('R12: of a whole disk is not shown because tsviz was started there', async () => {
    const path = join(root, 'app.py');
    expect(await (await SourceRoots.open('/', [])).read(path)).toBeNull();
    expect(await (await SourceRoots.open('/nowhere', [])).read(path)).toBeNull();
    expect(await (await SourceRoots.open('/', [root])).read(path)).toBe('def f(): pass\n');
  });
});

const outside = () => join(place, 'outside/secret.py');

function swapFile(putIn: (path: string) => unknown): void {
  rmSync(join(root, 'app.py'));
  putIn(join(root, 'app.py'));
}

function swapFolder(): void {
  renameSync(join(root, 'pkg'), join(root, 'old'));
  symlinkSync(join(place, 'outside'), join(root, 'pkg'));
}
