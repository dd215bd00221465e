/** The one file that a command like `top` reads, from disk, a pipe or standard input. */
import { basename, resolve } from 'node:path';
import { AccessError } from '../shared/errors.ts';
import type { ProfileGroup } from '../shared/model/profile.ts';
import { lookAt, readPipe, readStream, readWholeFile } from './files/disk.ts';
import { getWorkerFile } from './files/package-files.ts';
import { type ByteInput, tellWaiting } from './opening.ts';
import { Reading } from './reading.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Terminal } from './terminal.ts';

/** What reading needs from outside. */
export interface InputWorld {
  readonly cwd: string;
  readonly terminal: Terminal;
  readonly stdin: ByteInput;
  /** Folder of the installed package. */
  readonly root: string;
  readonly stopwatch: Stopwatch;
}

/** A file that was read. */
export interface Input {
  readonly group: ProfileGroup;
  /** Base name. */
  readonly name: string;
  /** ms since 1970; null where there is no file. */
  readonly modified: number | null;
}

/**
 * Reads what was named on the command line, in a worker with limits.
 * @throws TsvizError in words: not there, not readable, too large, no profile.
 */
export async function readInput(given: string, maxBytes: number, world: InputWorld): Promise<Input> {
  const reading = new Reading({ workerFile: getWorkerFile(world.root), maxBytes });
  reading.warmUp();
  try {
    const { bytes, name, modified } = await readFrom(given, maxBytes, world);
    world.stopwatch.lap('read bytes');
    const group = await reading.read(bytes, name);
    world.stopwatch.lap('read profile');
    return { group, name, modified };
  } finally {
    await reading.close();
  }
}

async function readFrom(given: string, maxBytes: number, { cwd, stdin, terminal }: InputWorld) {
  if (given === '-') {
    tellWaiting(terminal, stdin);
    return { bytes: await readStream(stdin, maxBytes), name: 'standard input', modified: null };
  }
  const path = resolve(cwd, given);
  const place = await lookAt({ path, followsLinks: true });
  const name = basename(path);
  if (place.kind === 'folder') throw new AccessError('this is a folder; name one of its files');
  if (place.kind === 'pipe') return { bytes: await readPipe(path, maxBytes), name, modified: null };
  const { bytes, stamp } = await readWholeFile({ path, followsLinks: true }, maxBytes);
  return { bytes, name, modified: stamp.modified };
}
