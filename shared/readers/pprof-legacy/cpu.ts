/**
 * CPU profiles of gperftools and of Java: words of 4 or 8 bytes in either order,
 *
 *   0, 3, version, period in µs, 0;  records: count, depth, addresses leaf first;  0, 1, 0;  then text
 *
 * The text is the memory map, or with version 1 (Java) names of addresses.
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import type { Notes } from '../notes.ts';
import { Addresses } from './addresses.ts';
import type { WordForm } from './format.ts';

const FORMAT = 'pprof-legacy';
/** Deepest stack that makes sense: gperftools keeps 64 frames, Java 1000. */
const MAX_DEPTH = 65_536;
const HEADER_WORDS = 5;

/** A CPU profile, and its period in microseconds. */
export interface LegacyCpu {
  readonly stacks: StackProfile;
  readonly period: number;
}

/** Reads a CPU profile. @throws FormatError */
export function readCpu(bytes: Uint8Array, form: WordForm, book: FrameBook, notes: Notes): LegacyCpu {
  const cursor = new ByteCursor(FORMAT, bytes, {
    start: form.size * 3,
    isBigEndian: form.isBigEndian,
    advice: 'Make the profile again: the program may have been killed while it was written',
  });
  const readWord = (what: string): number => (form.size === 8 ? cursor.uint64(what) : cursor.uint32(what));
  const period = readWord('the period');
  readWord('the end of the header');
  const records: number[] = [];
  const addresses: string[] = [];
  let isEnded = false;
  while (!isEnded) {
    const start = cursor.at;
    if (cursor.left === 0 && start > form.size * HEADER_WORDS) break;
    const count = readWord('the count of a stack');
    const depth = readWord('the depth of a stack');
    if (depth > MAX_DEPTH) throw cursor.fault(`a stack of ${depth} frames, expected ${MAX_DEPTH} at most`, start);
    cursor.need(depth * form.size, 'a stack');
    records.push(count, depth);
    for (let frame = 0; frame < depth; frame++) {
      const address = readWord('an address');
      addresses.push(form.size === 8 ? cursor.hex : `0x${address.toString(16)}`);
      isEnded = count === 0 && depth === 1 && address === 0;
    }
    if (!isEnded) continue;
    records.length -= 2;
    addresses.length -= 1;
  }
  if (!isEnded) {
    notes.add(
      'no-end',
      () => 'The file has no end mark, as it does when the program is killed: it may have been cut short.',
      () => `byte ${cursor.at}`,
    );
  }
  const names = new Addresses(book);
  for (const line of cursor.text(cursor.left, 'the text behind the stacks').split(/\r?\n/)) names.readLine(line);
  return { stacks: addStacks(records, addresses, names, period, book), period };
}

function addStacks(
  records: readonly number[],
  addresses: readonly string[],
  names: Addresses,
  period: number,
  book: FrameBook,
): StackProfile {
  const stacks = new StackProfile(book, {
    metrics: [
      { name: 'cpu', unit: 'microseconds' },
      { name: 'samples', unit: 'count' },
    ],
    sampled: true,
    linesRan: names.hasSymbols,
  });
  let at = 0;
  for (let record = 0; record < records.length; record += 2) {
    const count = records[record]!;
    const depth = records[record + 1]!;
    let context = -1;
    for (let frame = at + depth - 1; frame >= at; frame--) {
      const frames = names.find(addresses[frame]!);
      for (let inlined = frames.length - 1; inlined >= 0; inlined--) {
        context = stacks.contexts.child(context, frames[inlined]!);
      }
    }
    at += depth;
    refuseTooManyContexts(stacks.contexts.length, FORMAT);
    if (context < 0) context = stacks.contexts.child(-1, book.frame('(no stack)'));
    stacks.contexts.addRecord(context);
    stacks.contexts.addSelf(context, 0, count * period);
    stacks.contexts.addSelf(context, 1, count);
  }
  return stacks;
}
