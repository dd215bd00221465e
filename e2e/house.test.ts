/**
 * The house rules: rooms and their walls, text, names and sizes of files, READMEs, packages and documents.
 *
 * Every rule is first tried on small made-up sources, so that it is known to be able to fail, then on the repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../server/cli.ts';
import { findUndocumented } from './house/doc-comments.ts';
import { findBrokenWalls, findImports, findRoom } from './house/imports.ts';
import { findBrokenManifest, findBrokenPackages, type Lockfile, type Manifest } from './house/packages.ts';
import { ROOMS } from './house/rooms.ts';
import { findBrokenTextRules, MAX_LINES } from './house/text-rules.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Files of the repository as git or, in an unpacked archive, the disk has them; with `/`, from the root. */
function listFiles(): string[] {
  try {
    const git = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    const listed = execFileSync('git', git, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
  } catch {
    const skipped = /^(node_modules|dist|coverage|test-results|\.git)(\/|$)/;
    return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !skipped.test(file) && /\.\w+$/.test(file));
  }
}

const FILES = listFiles();
const SOURCES = FILES.filter((file) => /^(shared|web|server|e2e)\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
const CODE = SOURCES.filter((file) => !/(\.(test|spec)|\/vite\.config)\.ts$/.test(file));
const TEXTS = FILES.filter((file) => /\.(ts|mjs|css|html|md|json|py)$/.test(file) && !/(^|\/)samples\/.*\//.test(file));

describe('walls between rooms', () => {
  it('finds every kind of import', () => {
    const source = [
      "import type { A } from './a.ts';",
      "import { type B } from './b.ts';",
      "export * from './c.ts';",
      "const d = await import('./d.ts');",
      "new Worker(new URL('./e.ts', import.meta.url));",
      "// import './not.ts'",
    ].join('\n');
    const types = findImports('x.ts', source).map((found) => [found.specifier, found.typeOnly]);
    expect(Object.fromEntries(types)).toEqual({
      './a.ts': true,
      './b.ts': true,
      './c.ts': false,
      './d.ts': false,
      './e.ts': false,
    });
  });

  it('refuses a step to the right, and says why', () => {
    const wrong = findBrokenWalls('shared/readers/x.ts', "import { f } from '../tree/y.ts';");
    expect(wrong).toEqual([
      'shared/readers/x.ts: imports ../tree/y.ts: shared/readers may import shared/decode, shared/model. ' +
        'A reader ends at the profile; trees, layout and colour come later.',
    ]);
  });

  it('allows a step to the left, errors, units and the own room', () => {
    const source = "import '../model/a.ts'; import '../errors.ts'; import '../units/b.ts'; import './c.ts';";
    expect(findBrokenWalls('shared/tree/x.ts', source)).toEqual([]);
  });

  it('refuses packages that a room has no business with', () => {
    expect(findBrokenWalls('shared/decode/x.ts', "import 'node:fs';")).toHaveLength(1);
    expect(findBrokenWalls('server/routes/x.ts', "import 'node:fs/promises';")).toHaveLength(1);
    expect(findBrokenWalls('web/app/x.ts', "import { scaleLinear } from 'd3';")).toHaveLength(1);
    expect(findBrokenWalls('shared/layout/x.ts', "import { partition } from 'd3-hierarchy';")).toEqual([]);
  });

  it('refuses help for tests outside tests, and a file without a room', () => {
    expect(findBrokenWalls('web/app/x.ts', "import '../../shared/testing/profile-of.ts';")).toHaveLength(1);
    expect(findBrokenWalls('web/odd/x.ts', '')[0]).toContain('belongs to no room');
  });

  it('hold in every source file', () => {
    expect(
      SOURCES.flatMap((file) => (file.endsWith('vite.config.ts') ? [] : findBrokenWalls(file, read(file)))),
    ).toEqual([]);
  });

  it('are held by the compiler: shared knows neither page nor Node', () => {
    const settings = read('shared/tsconfig.json') + read('tsconfig.base.json');
    expect(settings).not.toMatch(/DOM|"node"|WebWorker/);
    expect(settings).toMatch(/"types": \[\]/);
    expect(JSON.parse(read('tsconfig.json'))).toEqual({
      files: [],
      references: ['./shared', './server', './web', './e2e'].map((path) => ({ path })),
    });
  });
});

describe('text, names and sizes', () => {
  const wrongIn = (file: string, text: string) => findBrokenTextRules(file, text).length;

  it('refuses markup made from data', () => {
    expect(wrongIn('web/views/x.ts', 'host.innerHTML = name;')).toBe(1);
    expect(wrongIn('web/views/x.ts', 'selection.html(name)')).toBe(1);
    expect(wrongIn('web/app/x.ts', "element.setAttribute('onclick', name)")).toBe(1);
    expect(wrongIn('web/index.html', '<script>run()</script>')).toBe(1);
    expect(wrongIn('web/index.html', '<script type="module" src="/main.ts"></script>')).toBe(0);
    expect(wrongIn('web/app/x.test.ts', 'host.innerHTML')).toBe(0);
  });

  it('refuses tests that do not run, and sleeps', () => {
    expect(wrongIn('web/x.test.ts', "it.skip('adds', () => {})")).toBe(1);
    expect(wrongIn('e2e/x.spec.ts', 'test.fixme(true)')).toBe(1);
    expect(wrongIn('e2e/x.spec.ts', 'await page.waitForTimeout(100)')).toBe(1);
    expect(wrongIn('web/x.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 5))')).toBe(1);
  });

  it('refuses the name of another package, unfinished marks and an open development server', () => {
    expect(wrongIn('README.md', 'npx -y tsviz app.prof')).toBe(1);
    expect(wrongIn('README.md', 'npm start -- app.prof')).toBe(0);
    expect(wrongIn('web/x.ts', '// TODO later')).toBe(1);
    expect(wrongIn('web/vite.config.ts', 'server: { host: true }')).toBe(1);
  });

  it('refuses long files and names that say nothing', () => {
    expect(wrongIn('web/x.ts', '\n'.repeat(MAX_LINES))).toBe(0);
    expect(wrongIn('web/x.ts', '\n'.repeat(MAX_LINES + 1))).toBe(1);
    expect(wrongIn('web/utils/x.ts', '')).toBe(1);
    expect(wrongIn('shared/tree/callTree.ts', '')).toBe(1);
  });

  it('are in order in every file', () => {
    expect(TEXTS.flatMap((file) => findBrokenTextRules(file, read(file)))).toEqual([]);
  });
});

describe('doc comments', () => {
  it('are asked of every export', () => {
    expect(findUndocumented('x.ts', '/** Two. */\nexport const a = 2;\nexport const b = 3;')).toEqual([
      'x.ts:3: an export needs a doc comment: what it returns or does.',
    ]);
    expect(findUndocumented('x.ts', '// Two.\nexport interface A {}')).toHaveLength(1);
    expect(findUndocumented('x.ts', "export { a } from './a.ts';\nconst c = 1;")).toEqual([]);
  });

  it('stand before every export', () => {
    expect(CODE.flatMap((file) => findUndocumented(file, read(file)))).toEqual([]);
  });
});

describe('READMEs', () => {
  /** Folders that are rooms, the houses they stand in, and data folders. */
  const folders = ['shared', 'web', 'server', 'public', 'e2e/bench', 'shared/samples', 'public/samples'].concat(
    ROOMS.map((room) => room.path).filter((path) => !path.endsWith('.ts')),
  );
  const existing = [...new Set(folders)].filter((folder) => FILES.some((file) => file.startsWith(`${folder}/`)));

  it('stand in every room', () => {
    expect(existing.filter((folder) => !FILES.includes(`${folder}/README.md`))).toEqual([]);
  });

  it('say in one line what lives there', () => {
    const rooms = existing.filter((folder) => !folder.endsWith('samples'));
    const wrong = rooms.filter((folder) => !/^[^\n]{10,160}\.\n$/.test(read(`${folder}/README.md`)));
    expect(wrong).toEqual([]);
  });

  it('belong to rooms that exist', () => {
    const empty = ROOMS.filter((room) => FILES.includes(`${room.path}/README.md`)).filter(
      (room) => !FILES.some((file) => findRoom(file)?.path === room.path && !file.endsWith('README.md')),
    );
    expect(empty.map((room) => room.path)).toEqual([]);
  });

  it('name the command of every shipped sample, and the list knows its size', () => {
    const files = FILES.filter((file) => /^public\/samples\/.*\.prof$/.test(file)).map((file) =>
      file.split('/').at(-1),
    );
    const listed: { file: string; title: string; bytes: number }[] = JSON.parse(read('public/samples/index.json'));
    expect(listed.map((sample) => sample.file).toSorted()).toEqual(files.toSorted());
    for (const { file, bytes } of listed) {
      expect(readFileSync(join(ROOT, 'public/samples', file)).length).toBe(bytes);
      expect(read('public/samples/README.md')).toMatch(new RegExp(`cProfile -o ${file} `));
    }
  });
});

describe('documents', () => {
  /** Long options in a text, as written: `--name`. */
  const findOptions = (text: string) => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))].toSorted();

  it('name the options that --help names, and no others', () => {
    const help = parseCommandLine(['--help'], '0');
    const table =
      read('README.md')
        .match(/^\| `-.*$/gm)
        ?.join('\n') ?? '';
    const named = findOptions(table).filter((option) => option !== '--server');
    expect(named).toEqual(
      findOptions(help.verb === 'print' ? help.text : '').filter((option) => option !== '--server'),
    );
  });

  it('name every check, package and file that they speak of', () => {
    const contributing = read('CONTRIBUTING.md');
    const manifest: Manifest = JSON.parse(read('package.json'));
    const packages = Object.keys(manifest.devDependencies ?? {});
    expect(packages.filter((name) => !new RegExp(`[|,] ${name}[ ,]`).test(contributing))).toEqual([]);
    for (const document of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md']) {
      const found = read(document).matchAll(/(?:\]\(|src(?:set)?=")(?!https?:)([^)"#]+)/g);
      const links = [...found].map((match) => match[1] ?? '');
      expect(links.filter((link) => !FILES.includes(link))).toEqual([]);
    }
  });

  it('have the two commands, and the build machine calls the second', () => {
    expect(read('README.md')).toContain('npm ci && npm start -- public/samples/notes.prof');
    expect(read('README.md')).toContain('npm ci && npm test');
    expect(read('.ci/run')).toMatch(/^npm ci.*\nexec npm test$/m);
    expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0);
  });

  it('have a block for what is not released yet', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
  });
});

describe('packages', () => {
  it('are refused when loose, needed at run time, or run when installed', () => {
    expect(findBrokenManifest({ devDependencies: { a: '^1.0.0', b: '1.0.0' } })).toEqual([
      'a: version ^1.0.0 is not exact.',
    ]);
    expect(findBrokenManifest({ dependencies: { a: '1.0.0' }, scripts: { postinstall: 'x' } })).toHaveLength(2);
    const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };
    const packages = {
      '': {},
      'node_modules/good': good,
      'node_modules/script': { ...good, hasInstallScript: true },
      'node_modules/loose': { version: '1.0.0', license: 'MIT' },
      'node_modules/other': { ...good, resolved: 'http://example.com/x.tgz' },
      'node_modules/gpl': { ...good, license: 'GPL-3.0' },
      'node_modules/either': { ...good, license: '(GPL-3.0 OR MIT)' },
      'node_modules/mpl': { ...good, license: 'MPL-2.0' },
      'node_modules/lightningcss': { ...good, license: 'MPL-2.0' },
    };
    expect(findBrokenPackages({ packages }).map((line) => line.split(':')[0])).toEqual([
      'script',
      'loose',
      'other',
      'gpl',
      'mpl',
    ]);
  });

  it('R43: of ours are pinned, free to ship and quiet', () => {
    const manifest: Manifest = JSON.parse(read('package.json'));
    const lockfile: Lockfile = JSON.parse(read('package-lock.json'));
    expect([...findBrokenManifest(manifest), ...findBrokenPackages(lockfile)]).toEqual([]);
  });
});
