import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { profileOfNames } from '../testing/fixed-tree.ts';
import { readText } from '../testing/stack-lines.ts';
import { PackageKind } from './homes.ts';
import { packageOf } from './packages.ts';

const MARKS = { [PackageKind.own]: '*', [PackageKind.library]: '', [PackageKind.builtin]: '~' };

/** A profile with one function per path and its self time; the functions are called f0, f1, … */
function profileOfFiles(files: readonly (readonly [file: string, self: number])[]): Profile {
  const names = files.map((_, i) => `f${i}`);
  const profile = profileOfNames(names, Object.fromEntries(files.map(([file], i) => [`f${i}`, file])));
  return { ...profile, functions: { ...profile.functions, self: [Float64Array.from(files, ([, self]) => self)] } };
}

/** Package of each file; own ones with a star. */
function packagesOf(files: readonly (readonly [string, number])[]): string[] {
  const table = packageOf(profileOfFiles(files));
  return files.map((_, frame) => table.name(table.of(frame)) + MARKS[table.kind[table.of(frame)] as 0 | 1 | 2]);
}

describe('packages', () => {
  it.each([
    ['/venv/lib/python3.11/site-packages/jinja2/nodes.py', 'jinja2'],
    ['/usr/lib/python3/dist-packages/six.py', 'six'],
    ['/usr/lib/python3.11/json/decoder.py', 'json'],
    ['/opt/lib64/python3.13t/threading.py', 'threading'],
    ['C:\\Python39\\lib\\re.py', 're'],
    ['C:\\Users\\me\\AppData\\Local\\Programs\\Python\\Python311\\Lib\\asyncio\\events.py', 'asyncio'],
    ['/opt/pypy/lib-python/3/abc.py', 'abc'],
    ['/app/python312.zip/encodings/utf_8.py', 'encodings'],
    ['/app/node_modules/@babel/core/lib/index.js', '@babel/core'],
    ['<frozen importlib._bootstrap_external>', 'importlib'],
    ['/usr/lib/go-1.19/src/compress/flate/deflate.go', 'compress/flate'],
    ['/usr/local/go/src/runtime/proc.go', 'runtime'],
    ['/opt/homebrew/Cellar/go/1.22.1/libexec/src/runtime/asm_arm64.s', 'runtime'],
    ['C:\\Program Files\\Go\\src\\net\\http\\server.go', 'net\\http'],
    ['/home/me/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go', 'github.com/gin-gonic/gin'],
    ['/rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/iter/mod.rs', 'core'],
    ['/home/me/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde_json-1.0.108/src/de.rs', 'serde_json'],
    ['/usr/include/c++/12/bits/stl_algo.h', 'c++'],
    ['/lib/x86_64-linux-gnu/libc-2.27.so', 'libc'],
    ['/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30', 'libstdc++'],
    ['/usr/lib/system/libsystem_kernel.dylib', 'libsystem_kernel'],
    ['C:\\Windows\\System32\\ntdll.dll', 'ntdll'],
    ['[kernel.kallsyms]', 'kernel'],
    ['[vdso]', 'vdso'],
    ['node:internal/modules/cjs/loader', 'node'],
    ['internal/timers.js', 'node'],
    ['~', 'built-in~'],
    ['', 'built-in~'],
    ['<built-in>', 'built-in~'],
  ])('knows %s as %s', (file, name) => {
    expect(packagesOf([[file, 1]])).toEqual([name]);
  });

  it.each([
    ['/home/me/go/src/shop/cart.go', 'cart.go'],
    ['/work/lib/cart.so', 'cart.so'],
    ['/usr/src/app/main.go', 'main.go'],
  ])('takes %s as own', (file, name) => {
    expect(
      packagesOf([
        [file, 1],
        ['~', 9],
      ])[0],
    ).toBe(`${name}*`);
  });

  it('calls own code by the first folder below what its files have in common, else by the file', () => {
    expect(
      packagesOf([
        ['~', 9],
        ['/home/me/shop/main.py', 1],
        ['/home/me/shop/api/cart.py', 1],
        ['/home/me/shop/api/v2/user.py', 1],
        ['/home/me/shop/db/__init__.py', 1],
      ]),
    ).toEqual(['built-in~', 'main.py*', 'api*', 'api*', 'db*']);
  });

  it('names a group for the last folder that its files share', () => {
    expect(
      packagesOf([
        ['~', 9],
        ['/home/me/shop/cart.py', 1],
        ['/home/me/shop/user.py', 1],
        ['/tmp/run/gen.py', 1],
        ['tools\\x.py', 1],
        ['run.py', 1],
      ]),
    ).toEqual(['built-in~', 'shop*', 'shop*', 'run*', 'tools*', 'run.py*']);
  });

  it('puts compiled texts of one sort together', () => {
    expect(
      packagesOf([
        ['~', 9],
        ['<attrs generated init shop.Cart>', 1],
        ['<attrs generated eq shop.Cart>', 1],
        ['<string>', 1],
      ]),
    ).toEqual(['built-in~', '<attrs>*', '<attrs>*', '<string>*']);
  });

  it('takes files without folders as own, each by itself', () => {
    expect(
      packagesOf([
        ['~', 9],
        ['core.py', 2],
        ['nodes.py', 2],
      ]),
    ).toEqual(['built-in~', 'core.py*', 'nodes.py*']);
  });

  it('shows the files of an own package that holds most of the time', () => {
    const files: [string, number][] = [
      ['/s/api/a.py', 5],
      ['/s/api/b.py', 4],
      ['/s/db/c.py', 1],
      ['~', 2],
    ];
    expect(packagesOf(files)).toEqual(['a.py*', 'b.py*', 'db*', 'built-in~']);
    expect(packageOf(profileOfFiles(files)).own).toBe('files');
  });

  it('shows the functions where that package has one file', () => {
    const files: [string, number][] = [
      ['/s/main.py', 5],
      ['/s/main.py', 4],
      ['~', 2],
    ];
    expect(packagesOf(files)).toEqual(['f0*', 'f1*', 'built-in~']);
    expect(packageOf(profileOfFiles(files)).own).toBe('functions');
  });

  it('tells functions of stacks without files apart by their namespaces, and what is no function from these', async () => {
    const { profiles } = await readText(
      'main;std::sort;std::less 5\nmain;(idle) 3\nmain;0x7f3a;0x7f3b 1\n[unknown] 1\n',
    );
    const table = packageOf(profiles[0]!);
    expect(
      Array.from({ length: table.length }, (_, row) => table.name(row) + MARKS[table.kind[row] as 0 | 1 | 2]),
    ).toEqual(['main*', 'std*', '(idle)~', '[unknown]~']);
  });

  it('takes the few that have no file for what is nowhere where most functions of stacks have one', async () => {
    const { profiles } = await readText(
      'run (app.py:1);work (app.py:9);time.sleep 3\nrun (app.py:1);load (db.py:2) 2\n',
    );
    const table = packageOf(profiles[0]!);
    const rows = Array.from(
      { length: table.length },
      (_, row) => table.name(row) + MARKS[table.kind[row] as 0 | 1 | 2],
    );
    expect(rows).toContain('built-in~');
    expect(rows.join()).not.toContain('time');
  });

  it('adds up self values, most first, and counts what is unknown as nothing', () => {
    const table = packageOf(
      profileOfFiles([
        ['/venv/site-packages/a/x.py', 1],
        ['/venv/site-packages/b/x.py', 2],
        ['/venv/site-packages/a/y.py', 3],
        ['/venv/site-packages/c/y.py', Number.NaN],
      ]),
    );
    expect([0, 1, 2].map(table.name)).toEqual(['a', 'b', 'c']);
    expect([...table.self]).toEqual([4, 2, 0]);
    expect([...table.functions]).toEqual([2, 1, 1]);
  });

  it('has nothing to say about an empty profile', () => {
    expect(packageOf(profileOfFiles([])).length).toBe(0);
  });
});
