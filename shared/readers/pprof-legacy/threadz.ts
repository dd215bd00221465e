/**
 * Stacks of all threads at one moment, as gperftools' servers print them at /threadz:
 *
 *   --- Thread 7f794964e700 (name: thread1/14751) stack: ---
 *     PC:  0x7f794a32bf7d: nanosleep
 *     0x7f794a32414e: start_thread
 *         creator: 0xa45b96 0xa460b4        who started it: the stack goes on there
 *   --- Thread 7f7948978700 (name: thread3/14759) stack: ---
 *     [same as previous thread]
 */
import type { FrameBook } from '../../model/frame-book.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { Addresses } from './addresses.ts';

/** True for the first line of such a page. */
export function isThreadz(line: string): boolean {
  return /^--- (threadz \d|Thread )/.test(line);
}

/** Reads the threads: each counts one. */
export function readThreadz(lines: readonly string[], book: FrameBook): StackProfile {
  const names = new Addresses(book);
  const threads: string[][] = [];
  let isMap = false;
  for (const line of lines) {
    if (line.startsWith('--- Memory map')) isMap = true;
    else if (line.startsWith('--- Thread ')) threads.push([]);
    else if (isMap) names.readLine(line);
    else if (threads.length > 0) readStackLine(line, threads, names);
  }
  const stacks = new StackProfile(book, {
    metrics: [{ name: 'threads', unit: 'count' }],
    sampled: true,
    linesRan: names.hasSymbols,
  });
  // Threads that are the same as the one before share its list: a short line must not cost a long stack.
  let context = -1;
  threads.forEach((addresses, at) => {
    if (at === 0 || addresses !== threads[at - 1]) {
      context = stacks.findStack(names.findStack(addresses));
    }
    stacks.contexts.addRecord(context);
    if (context >= 0) stacks.contexts.addSelf(context, 0, 1);
  });
  return stacks;
}

function readStackLine(line: string, threads: string[][], names: Addresses): void {
  const thread = threads.at(-1)!;
  if (line.includes('same as previous thread')) {
    threads[threads.length - 1] = threads.at(-2) ?? [];
    return;
  }
  const frame = /^\s*(?:PC:\s*)?(0x[\da-f]{1,16}):\s*(.{0,1000})$/i.exec(line);
  if (frame !== null) {
    thread.push(frame[1]!);
    names.readLine(`${frame[1]} ${frame[2]}`);
    return;
  }
  const creator = /^\s*creator:((?:\s+0x[\da-f]{1,16})+)\s*$/i.exec(line);
  for (const address of creator?.[1]?.trim().split(/\s+/) ?? []) thread.push(address);
}
