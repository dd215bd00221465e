import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { profileOfNames } from '../testing/fixed-tree.ts';
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
    ['~', 'built-in~'],
    ['', 'built-in~'],
  ])('knows %s as %s', (file, name) => {
    expect(packagesOf([[file, 1]])).toEqual([name]);
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
