#!/usr/bin/env node
/**
 * The command `tsviz`: reads the command line, runs what it asks for, prints, ends.
 *
 * The only file of the server with effects on import. Help and version are answered before anything heavy is loaded.
 */
import { FormatError, TsvizError, UsageError } from '../shared/errors.ts';
import type { CommonOptions, InspectOptions, ServeOptions, TopOptions } from './cli.ts';
import { findPackageRoot, getVersion } from './files/package-files.ts';
import type { Input } from './input.ts';
import type { ServeWorld, Serving } from './serve.ts';
import { makeStopwatch } from './stopwatch.ts';
import { makeTerminal } from './terminal.ts';

const CANNOT = 1;
const WRONG_USAGE = 2;
/** 128 and the number of the signal, as shells say it. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Asked for by scripts, often: answered before anything is loaded. */
const VERSION_OPTIONS: readonly string[] = ['--version', '-V'];

void main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => endWhenNobodyReads(stream, error));
  }
  const root = findPackageRoot();
  const version = getVersion(root);
  let world = makeWorld({ quiet: false, timing: false }, root, version);
  // Known before the options are, because those may be what is wrong.
  let verbose = argv.includes('--verbose') || argv.includes('-v');
  let subject: string | null = null;
  if (argv.length === 1 && VERSION_OPTIONS.includes(argv[0] ?? '')) {
    world.terminal.print(version);
    return;
  }
  try {
    const { parseCommandLine } = await import('./cli.ts');
    const request = parseCommandLine(argv, version);
    if (request.verb === 'print') {
      world.terminal.print(request.text);
      return;
    }
    verbose = request.options.verbose;
    world = makeWorld(request.options, root, version);
    world.stopwatch.lap('start');
    if (request.verb === 'serve') return await serveUntilStopped(request.options, world);
    if (request.verb === 'formats') {
      const { listFormats } = await import('./commands/formats.ts');
      world.terminal.print(listFormats(request.options, process.stdout.columns));
      world.stopwatch.tell(world.terminal);
      return;
    }
    subject = request.options.file === '-' ? 'standard input' : request.options.file;
    const text =
      request.verb === 'top' ? await runTop(request.options, world) : await runInspect(request.options, world);
    world.terminal.print(text);
    world.stopwatch.lap('write');
    world.stopwatch.tell(world.terminal);
  } catch (error) {
    process.exitCode = error instanceof UsageError ? WRONG_USAGE : CANNOT;
    world.terminal.complain(error instanceof UsageError ? null : subject, describe(error));
    if (verbose) world.terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function runTop(options: TopOptions, world: ServeWorld): Promise<string> {
  const [{ top }, { group, modified }] = await Promise.all([import('./commands/top.ts'), read(options, world)]);
  return top(group, { file: options.file, modified }, options);
}

async function runInspect(options: InspectOptions, world: ServeWorld): Promise<string> {
  const [{ inspect }, { group, name }] = await Promise.all([import('./commands/inspect.ts'), read(options, world)]);
  return inspect(group, { file: name, version: world.version }, options);
}

/**
 * Reads the file of a job. Signals end it with a status of ours while it waits; later, when the answer is made without
 * a pause in which we could notice one, the system ends it.
 */
async function read(options: InspectOptions | TopOptions, world: ServeWorld): Promise<Input> {
  const listeners = Object.entries(ENDED_BY).map(([signal, status]) => ({ signal, end: () => process.exit(status) }));
  for (const { signal, end } of listeners) process.on(signal, end);
  try {
    const { readInput } = await import('./input.ts');
    return await readInput(options.file, options.maxBytes, world);
  } finally {
    for (const { signal, end } of listeners) process.off(signal, end);
  }
}

async function serveUntilStopped(options: ServeOptions, world: ServeWorld): Promise<void> {
  const { serve } = await import('./serve.ts');
  let serving: Serving | null = null;
  let isStopping = false;
  const stop = (signal: keyof typeof ENDED_BY) => {
    if (isStopping) process.exit(ENDED_BY[signal]);
    isStopping = true;
    world.terminal.note('stopped');
    if (serving === null) process.exit(ENDED_BY[signal]);
    void serving.close().then(() => process.exit(0));
  };
  for (const signal of Object.keys(ENDED_BY) as (keyof typeof ENDED_BY)[]) process.on(signal, () => stop(signal));
  const isUp = await serve(options, world, (up) => {
    serving = up;
  });
  if (!isUp) process.exitCode = CANNOT;
}

function makeWorld(
  { quiet, timing }: Pick<CommonOptions, 'quiet' | 'timing'>,
  root: string,
  version: string,
): ServeWorld {
  const { env, platform, pid, stdin } = process;
  const terminal = makeTerminal(process.stdout, process.stderr, { quiet, env });
  const stopwatch = makeStopwatch(timing, () => performance.now());
  return { terminal, stopwatch, env, platform, pid, stdin, cwd: findFolder(root), root, version };
}

/** One sentence; the advice that an error brings is another. */
function describe(error: unknown): string {
  if (error instanceof RangeError && /string length/i.test(error.message))
    return 'the answer is longer than a text can be; ask for less of it with --limit or --min-share';
  if (!(error instanceof TsvizError)) return 'something went wrong inside tsviz; --verbose says more';
  const advice = error instanceof FormatError ? error.details.advice : undefined;
  return advice === undefined ? error.message : `${error.message}. ${advice}`;
}

/** A reader that has seen enough (`tsviz top FILE | head`) is no error; a full disk is one, told where that can be. */
function endWhenNobodyReads(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  if (stream === process.stdout) process.stderr.write(`tsviz: the answer could not be written (${error.code})\n`);
  process.exit(CANNOT);
}

/**
 * The folder that names on the command line are relative to. `npm start` runs in our own folder, whatever the folder
 * it was typed in; that one is in INIT_CWD.
 */
function findFolder(root: string): string {
  const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env;
  const here = process.cwd();
  return typedIn !== undefined && script === 'start' && here === root ? typedIn : here;
}
