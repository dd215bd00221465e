import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { decideToOpen, openBrowser, type Scene } from './browser.ts';
import { makeFolder } from './testing/package.ts';

const desktop: Scene = { env: { DISPLAY: ':0' }, platform: 'linux', watched: true, refused: false, named: false };

describe('a browser is opened', () => {
  it.each<[string, Partial<Scene>, string]>([
    ['on a desktop', {}, 'open'],
    ['on Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'open'],
    ['on WSL', { env: { WSL_DISTRO_NAME: 'Debian' } }, 'open'],
    ['on a Mac', { env: {}, platform: 'darwin' }, 'open'],
    ['not without a display', { env: {} }, 'no-display'],
    ['not when refused', { refused: true }, 'refused'],
    ['not with BROWSER=none', { env: { DISPLAY: ':0', BROWSER: 'none' } }, 'refused'],
    ['not over SSH', { env: { DISPLAY: ':0', SSH_CONNECTION: '1.2.3.4 5 6.7.8.9 22' } }, 'ssh'],
    ['not over SSH on a Mac', { env: { SSH_TTY: '/dev/pts/1' }, platform: 'darwin' }, 'ssh'],
    ['not in CI', { env: { DISPLAY: ':0', CI: 'true' } }, 'ci'],
    ['not into a pipe', { watched: false }, 'unwatched'],
    ['into a pipe when it is named', { watched: false, named: true }, 'open'],
    ['not over SSH even when it is named', { env: { SSH_TTY: '/dev/pts/1' }, named: true }, 'ssh'],
  ])('%s', (_case, change, decision) => {
    expect(decideToOpen({ ...desktop, ...change })).toBe(decision);
  });
});

describe('R40: opening', () => {
  const url = new URL('http://127.0.0.1:8080/p/0123456789abcdef?t=token&view=$(id);"\'`|&<>');
  let folder = '';
  let record = '';

  beforeEach(() => {
    folder = makeFolder();
    record = join(folder, 'argv');
  });

  /** A program on PATH that writes down its arguments, one per line. */
  function makeOpener(name: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$@" > "${record}"\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
  }

  it('R40: hands the address over as one argument, to no shell', async () => {
    makeOpener('my browser; touch x');
    await expect(openBrowser(url, 'my browser; touch x', {})).resolves.toBe(true);
    expect(readFileSync(record, 'utf8')).toBe(`${url.href}\n`);
    expect(existsSync('x')).toBe(false);
  });

  it('R40: splits $BROWSER at blanks and takes the first of several commands that starts', async () => {
    makeOpener('opener');
    await expect(openBrowser(url, null, { BROWSER: 'missing-browser:opener --new-window %s:other' })).resolves.toBe(
      true,
    );
    expect(readFileSync(record, 'utf8')).toBe(`--new-window\n${url.href}\n`);
  });

  it("R40: leaves it to the system's script on Linux where nothing is named", async () => {
    if (process.platform !== 'linux') return;
    // A desktop without settings of its own, so that the script takes the first browser on PATH.
    for (const name of Object.keys(process.env))
      if (/^(XDG_|DBUS_|KDE_|GNOME_|MATE_|DESKTOP|BROWSER|SSH_)/.test(name)) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', folder);
    vi.stubEnv('XDG_DATA_DIRS', folder);
    vi.stubEnv('DISPLAY', ':none');
    makeOpener('x-www-browser');
    await expect(openBrowser(url, null, {})).resolves.toBe(true);
    await vi.waitFor(() => expect(readFileSync(record, 'utf8')).toBe(`${url.href}\n`), 10_000);
  });

  it('R40: is no error when nothing can be started', async () => {
    vi.stubEnv('PATH', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(openBrowser(url, '/missing/browser', {})).resolves.toBeTypeOf('boolean');
  });
});
