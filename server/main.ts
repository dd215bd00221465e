#!/usr/bin/env node
/**
 * The command `tsviz`: reads the command line, runs what it asks for, prints, ends.
 *
 * The only file of the server with effects on import. Help and version are answered before anything heavy is loaded.
 */
import { TsvizError, UsageError } from '../shared/errors.ts';
import { parseCommandLine, type Request, type ServeOptions } from './cli.ts';
import { findPackageRoot, getVersion } from './files/package-files.ts';
import { makeStopwatch } from './stopwatch.ts';
import { makeTerminal } from './terminal.ts';

const CANNOT = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

// A reader that has seen enough (`tsviz top FILE | head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}

await main();

async function main(): Promise<void> {
  const root = findPackageRoot();
  const version = getVersion(root);
  const { env } = process;
  let terminal = makeTerminal(process.stdout, process.stderr, { quiet: false, env });
  let verbose = process.argv.includes('--verbose');
  try {
    const request = parseCommandLine(process.argv.slice(2), version);
    if (request.verb === 'print') {
      terminal.print(request.text);
      return;
    }
    verbose = request.options.verbose;
    terminal = makeTerminal(process.stdout, process.stderr, { quiet: request.options.quiet, env });
    await run(request);
  } catch (error) {
    process.exitCode = error instanceof UsageError ? WRONG_USAGE : CANNOT;
    const known = error instanceof TsvizError;
    terminal.complain(null, known ? error.message : 'something went wrong inside tsviz; --verbose says more');
    if (verbose) terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  async function run(request: Exclude<Request, { verb: 'print' }>): Promise<void> {
    const stopwatch = makeStopwatch(request.options.timing, () => performance.now());
    stopwatch.lap('start');
    const world = {
      terminal,
      env,
      platform: process.platform,
      pid: process.pid,
      cwd: findFolder(root),
      stdin: process.stdin,
      root,
      version,
      stopwatch,
    };
    if (request.verb === 'serve') return serveUntilStopped(request.options, world);
  }

  async function serveUntilStopped(
    options: ServeOptions,
    world: Parameters<typeof import('./serve.ts').serve>[1],
  ): Promise<void> {
    const { serve } = await import('./serve.ts');
    let stopping = false;
    let serving: Awaited<ReturnType<typeof serve>> = null;
    const stop = (signal: string) => {
      if (stopping) process.exit(INTERRUPTED);
      stopping = true;
      terminal.note(signal === 'SIGINT' ? 'stopped' : `stopped by ${signal}`);
      if (serving === null) process.exit(0);
      void serving.close().then(() => process.exit(0));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
    serving = await serve(options, world);
    if (serving === null) process.exitCode = CANNOT;
  }
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
