/**
 * The real machine behind the search for a browser (browser.mjs): looks at PATH, runs installers.
 *
 * Output of installers goes to standard error as it comes, so that nobody waits before a silent screen.
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

/** Chromium inside an npm package (MIT): exact version, installed with scripts off, used by tests only. */
const BROWSER_PACKAGE = '@sparticuz/chromium@147.0.0';
const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'tsviz-browser');
const MINUTE_MS = 60_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ timeout?: number, env?: NodeJS.ProcessEnv }} [options]
 */
function run(command, args, { timeout = 5 * MINUTE_MS, env = process.env } = {}) {
  const { status } = spawnSync(command, args, { cwd: ROOT, env, timeout, stdio: ['ignore', 2, 2] });
  return status === 0;
}

/** @param {string} command */
function which(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** @param {string} path */
function runs(path) {
  if (!existsSync(path)) return false;
  // Windows browsers do not answer --version; they are no stubs either.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: MINUTE_MS, stdio: 'ignore' }).status === 0;
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function aptInstall() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    run('apt-get', ['update'], { env }) &&
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, timeout: 10 * MINUTE_MS })
  );
}

function playwrightInstall() {
  const cli = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  const withDeps = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  return run(process.execPath, [cli, 'install', 'chromium', '--only-shell', ...withDeps]);
}

/**
 * Unpacks the browser of BROWSER_PACKAGE with the libraries and fonts that come with it. Its own launcher is not used:
 * away from the machines it is made for it leaves the libraries out.
 *
 * @returns {string | null} a wrapper that starts it with those libraries
 */
function packageInstall() {
  const wrapper = join(CACHE, 'chromium');
  if (existsSync(wrapper)) return wrapper;
  const npm = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    CACHE,
    BROWSER_PACKAGE,
  ];
  mkdirSync(CACHE, { recursive: true });
  if (!run('npm', npm)) return null;
  const bin = join(CACHE, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const unpacked = join(CACHE, 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  for (const pack of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br']) {
    if (!existsSync(join(bin, pack))) continue;
    const input = brotliDecompressSync(readFileSync(join(bin, pack)));
    if (spawnSync('tar', ['-x', '-C', unpacked], { input, stdio: ['pipe', 2, 2] }).status !== 0) return null;
  }
  // The package's own font list names folders of the machines it is made for.
  writeFileSync(
    join(unpacked, 'fonts.conf'),
    `<fontconfig><dir>${unpacked}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${CACHE}/fonts</cachedir></fontconfig>\n`,
  );
  const browser = join(unpacked, 'chromium');
  writeFileSync(browser, brotliDecompressSync(readFileSync(join(bin, 'chromium.br'))));
  chmodSync(browser, 0o755);
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexport LD_LIBRARY_PATH='${unpacked}/lib' FONTCONFIG_PATH='${unpacked}'\nexec '${browser}' "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  return wrapper;
}

/** @type {import('./browser.mjs').Machine} */
export const machine = {
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  isRoot: process.getuid?.() === 0,
  isDebian: isDebian(),
  playwrightPath: () => chromium.executablePath(),
  which,
  runs,
  aptInstall,
  playwrightInstall,
  packageInstall,
  say: (line) => console.error(line),
};
