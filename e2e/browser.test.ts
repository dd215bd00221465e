/** The order in which a browser for the end-to-end tests is found or got, on made-up machines. */
import { describe, expect, it } from 'vitest';
import { findBrowser, type Machine } from './browser.mjs';

/** A machine on which only `runnable` paths run; commands on PATH live in /usr/bin. Records what was installed. */
function machineWith(runnable: string[], facts: Partial<Machine> = {}): Machine & { log: string[] } {
  const working = new Set(runnable);
  const log: string[] = [];
  return {
    log,
    env: {},
    platform: 'linux',
    arch: 'x64',
    isRoot: false,
    isDebian: false,
    playwrightPath: () => '/cache/playwright',
    which: (command) => (working.has(`/usr/bin/${command}`) || command === 'stub' ? `/usr/bin/${command}` : null),
    runs: (path) => working.has(path),
    aptInstall: () => {
      log.push('apt');
      working.add('/usr/bin/chromium');
      return true;
    },
    playwrightInstall: () => {
      log.push('playwright');
      return false;
    },
    packageInstall: () => {
      log.push('package');
      working.add('/cache/package');
      return '/cache/package';
    },
    say: () => {},
    ...facts,
  };
}

describe('findBrowser', () => {
  it('takes the browser that the environment names, before all others', () => {
    const machine = machineWith(['/opt/mine', '/cache/playwright'], { env: { CHROME_PATH: '/opt/mine' } });
    expect(findBrowser(machine)).toBe('/opt/mine');
  });

  it('fails when the named browser does not run, instead of taking another', () => {
    const machine = machineWith(['/cache/playwright'], { env: { TSVIZ_BROWSER: '/opt/gone' } });
    expect(() => findBrowser(machine)).toThrow('TSVIZ_BROWSER is /opt/gone, which does not run');
  });

  it("prefers Playwright's own browser to installed ones", () => {
    expect(findBrowser(machineWith(['/cache/playwright', '/usr/bin/chromium']))).toBe('/cache/playwright');
  });

  it('passes over a command that exists and does not run', () => {
    const stub = { which: (command: string) => (command.startsWith('chrom') ? `/usr/bin/${command}` : null) };
    expect(findBrowser(machineWith(['/usr/bin/chromium-browser'], stub))).toBe('/usr/bin/chromium-browser');
  });

  it('looks where installers put browsers on macOS and Windows', () => {
    const mac = '/Applications/Chromium.app/Contents/MacOS/Chromium';
    expect(findBrowser(machineWith([mac], { platform: 'darwin' }))).toBe(mac);
    const edge = 'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(findBrowser(machineWith([edge], { platform: 'win32', env: { PROGRAMFILES: 'C:\\Programs' } }))).toBe(edge);
  });

  it('uses apt only as root on Debian', () => {
    const root = machineWith([], { isRoot: true, isDebian: true });
    expect(findBrowser(root)).toBe('/usr/bin/chromium');
    expect(root.log).toEqual(['apt']);
    const user = machineWith([], { isDebian: true });
    expect(findBrowser(user)).toBe('/cache/package');
    expect(user.log).toEqual(['playwright', 'package']);
  });

  it('takes the browser that Playwright could install', () => {
    const working: string[] = [];
    const machine = machineWith(working, {
      runs: (path) => working.includes(path),
      playwrightInstall: () => working.push('/cache/playwright') > 0,
    });
    expect(findBrowser(machine)).toBe('/cache/playwright');
  });

  it('offers the npm package only to Linux on x64, and says what to do elsewhere', () => {
    const machine = machineWith([], { arch: 'arm64' });
    expect(() => findBrowser(machine)).toThrow(/install Chromium, Chrome or Edge, or set TSVIZ_BROWSER/);
    expect(machine.log).toEqual(['playwright']);
  });

  it('installs nothing when told not to', () => {
    const machine = machineWith([], { isRoot: true, isDebian: true, env: { TSVIZ_NO_BROWSER_INSTALL: '1' } });
    expect(() => findBrowser(machine)).toThrow(/No browser/);
    expect(machine.log).toEqual([]);
  });
});
