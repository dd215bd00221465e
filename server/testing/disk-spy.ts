/**
 * Sees every file that this process asks the system for, whoever asks: our code, the framework, Node's own streams.
 *
 * Replaces the functions of `node:fs` for the length of a test, in the module that everybody shares.
 */
import type { EventEmitter } from 'node:events';
import fs, { type PathLike } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach } from 'vitest';

/** What was seen so far. */
export interface DiskSpy {
  /** Paths in the order they were asked for, looked at or opened. */
  readonly paths: readonly string[];
  /** Handles that are open at the moment. */
  countOpen(): number;
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Functions whose first argument is a path. */
const CALLBACK_NAMES = [
  'open',
  'openSync',
  'readFile',
  'readFileSync',
  'createReadStream',
  'stat',
  'statSync',
  'lstat',
];
const PROMISE_NAMES = ['open', 'readFile', 'stat', 'lstat', 'opendir', 'readdir', 'realpath'];

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
  syncBuiltinESMExports();
});

/** Spies until the end of the test. */
export function spyOnDisk(): DiskSpy {
  const paths: string[] = [];
  let open = 0;
  const watch = (home: object, names: readonly string[], after: (result: unknown) => unknown) => {
    const functions = home as Record<string, AnyFunction>;
    for (const name of names) {
      const real = functions[name];
      if (real === undefined) throw new Error(`node:fs has no ${name}`);
      undo.push(() => {
        functions[name] = real;
      });
      functions[name] = function (...args) {
        // Numbers are files that are open already.
        if (typeof args[0] !== 'number') paths.push(String(args[0] as PathLike));
        return after(real.apply(this, args));
      };
    }
  };
  watch(fs, CALLBACK_NAMES, (result) => result);
  watch(fs.promises, PROMISE_NAMES.slice(1), (result) => result);
  watch(fs.promises, PROMISE_NAMES.slice(0, 1), async (result) => {
    const handle = (await result) as FileHandle & EventEmitter;
    open += 1;
    handle.once('close', () => {
      open -= 1;
    });
    return handle;
  });
  syncBuiltinESMExports();
  return { paths, countOpen: () => open };
}
