/**
 * The packed package: what is in the tarball, and whether `tsviz` works once it is installed in an empty folder.
 *
 * Needs the build. Installs without network and with an empty cache, so a forgotten dependency cannot hide.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './serve.mjs';

const ROOT = join(import.meta.dirname, '..');
const SAMPLE = join(ROOT, 'public', 'samples', 'notes.prof');
const MAX_TARBALL_BYTES = 2_000_000;
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let folder = '';
let packed: Packed;
let bin = '';
let served: Served;

function npm(args: string[], cwd: string): string {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  const env = { ...process.env, npm_config_cache: join(folder, 'cache'), npm_config_update_notifier: 'false' };
  return execFileSync(command, [...first, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Status line of an answer to a request line that no HTTP client would normalise. */
function askRaw(port: number, path: string, cookie: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
  });
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsviz-package-')));
  packed = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT))[0];
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, packed.filename)], home);
  bin = join(home, 'node_modules', '.bin', 'tsviz');
  served = await serve([SAMPLE], { cli: realpathSync(bin), cwd: home });
}, 120_000);

afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tarball', () => {
  it('holds the build, the licences and the README, and nothing else', () => {
    const paths = packed.files.map((file) => file.path);
    expect(paths.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path))).toEqual([]);
    for (const needed of ['dist/cli.cjs', 'dist/worker.cjs', 'dist/web/index.html', 'LICENSE', 'README.md']) {
      expect(paths).toContain(needed);
    }
    expect(paths.filter((path) => path.endsWith('THIRD-PARTY-LICENSES.md'))).not.toEqual([]);
  });

  it('holds no sources, source maps, tests or fixtures', () => {
    const paths = packed.files.map((file) => file.path);
    expect(paths.filter((path) => /\.(ts|tsx|map)$|\.(test|spec)\.|testing|\/bad\//.test(path))).toEqual([]);
  });

  it('names no folder of the machine that built it', () => {
    const dist = join(ROOT, 'dist');
    const texts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(js|css|html)$/.test(file),
    );
    expect(texts.filter((file) => readFileSync(join(dist, file), 'utf8').includes(ROOT))).toEqual([]);
  });

  it('is small', () => {
    expect(packed.size).toBeLessThan(MAX_TARBALL_BYTES);
  });

  it('brings no other package', () => {
    const modules = join(folder, 'home', 'node_modules');
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['@tsviz']);
    expect(readdirSync(join(modules, '@tsviz', 'tsviz')).filter((name) => name === 'node_modules')).toEqual([]);
  });
});

describe('the installed command', () => {
  const run = (...args: string[]) => execFileSync(bin, args, { encoding: 'utf8', cwd: join(folder, 'home') });

  it('says its version and its options', () => {
    expect(run('--version')).toBe(`${version}\n`);
    expect(run('--help')).toContain('tsviz [options] [FILE|DIR|-]...');
  });

  it('prints a table as pstats would', () => {
    expect(run('top', SAMPLE, '-n', '3')).toContain(
      '8265886 function calls (8089622 primitive calls) in 1.997 seconds',
    );
  });

  it('serves the page and the bytes of the file', async () => {
    const cookie = await getCookie();
    const page = await fetch(`${served.origin}/p/${served.profiles[0]?.id}`, { headers: { cookie } });
    expect(page.status).toBe(200);
    const script = /<script[^>]* src="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    expect((await fetch(new URL(script, served.origin), { headers: { cookie } })).status).toBe(200);
    const bytes = await fetch(`${served.origin}/api/profiles/${served.profiles[0]?.id}/bytes`, { headers: { cookie } });
    expect(Buffer.from(await bytes.arrayBuffer()).equals(readFileSync(SAMPLE))).toBe(true);
    const list = await fetch(`${served.origin}/samples/index.json`, { headers: { cookie } });
    expect(await list.json()).toContainEqual(expect.objectContaining({ file: 'notes.prof' }));
  });

  it('serves nothing outside the page, however the path is written', async () => {
    const cookie = await getCookie();
    const paths = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/%2e%2e%2fpackage.json',
      '/assets/../../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/..%5cpackage.json',
      '/..%252fpackage.json',
      '//etc/passwd',
      '/.%00/package.json',
      '/samples/.hidden',
      '/assets/',
      '/samples/',
    ];
    for (const path of paths) {
      const answer = await askRaw(served.port, path, cookie);
      expect(answer.split('\r\n')[0], path).toMatch(/^HTTP\/1\.1 (404|400) /);
      expect(answer, path).not.toContain('devDependencies');
    }
  });

  it('ends at Ctrl-C with 0', async () => {
    const second = await serve([SAMPLE], { cli: realpathSync(bin) });
    expect(await second.stop()).toBe(0);
  });
});

/** Cookie that the server gives for the token in its link. */
async function getCookie(): Promise<string> {
  const answer = await fetch(served.url, { redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
