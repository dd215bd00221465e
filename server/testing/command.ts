/** The built command in a process of its own, as a user runs it. Importing this builds it, once per test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect } from 'vitest';
import { readSample } from '../../shared/testing/corpus.ts';
import { buildPackage, makeFolder } from './package.ts';

/** Folder of the built package. Set before the first test. */
export let root = '';
/** Folder with app.prof, other.prof, cut.prof, photo.jpg and runs/a.prof, where commands run. Set before the first test. */
export let cwd = '';
beforeAll(async () => {
  root = await buildPackage();
  cwd = makeFolder();
  writeFileSync(join(cwd, 'app.prof'), readSample('pstats/orders-py36.prof'));
  writeFileSync(join(cwd, 'other.prof'), readSample('pstats/orders-py314.prof'));
  writeFileSync(join(cwd, 'cut.prof'), readSample('bad/truncated-pstats-15939.prof'));
  writeFileSync(join(cwd, 'photo.jpg'), readSample('bad/photo.jpg'));
  mkdirSync(join(cwd, 'runs'));
  writeFileSync(join(cwd, 'runs', 'a.prof'), readSample('pstats/orders-py315.prof'));
}, 60_000);

/** Processes that are ended after the test. */
export const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** An expectation about what comes soon, on a machine that may be busy. */
export function poll<T>(get: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(get, { timeout: 15_000 });
}

/** A command that runs or has run, with what it has written. */
export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ status: number | null; out: string; err: string }>;
  readonly written: { out: string; err: string };
}

/** Starts the command; it is killed after the test. */
export function run(args: readonly string[], { env = {}, input = '' as string | Uint8Array, from = cwd } = {}): Run {
  const {
    CI: _ci,
    SSH_CONNECTION: _ssh,
    SSH_TTY: _tty,
    DISPLAY: _display,
    BROWSER: _browser,
    INIT_CWD: _init,
    ...rest
  } = process.env;
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.cjs'), ...args], {
    cwd: from,
    env: { ...rest, ...env },
  });
  running.push(child);
  const written = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    written.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    written.err += chunk.toString();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, ...written }));
  return { child, ended, written };
}

/** Runs the command to its end. */
export const end = (...args: string[]) => run(args).ended;

/** A server that has printed its line. */
export async function serve(args: readonly string[], options: Parameters<typeof run>[1] = {}): Promise<Run> {
  const started = run(['--port', '0', ...args], options);
  await poll(() => started.written.out + (started.child.exitCode ?? '')).toMatch(/\n/);
  return started;
}

/** Ends a command by a signal. */
export async function stop(started: Run, signal: NodeJS.Signals = 'SIGINT') {
  started.child.kill(signal);
  return started.ended;
}
