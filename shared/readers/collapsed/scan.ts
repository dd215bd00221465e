/**
 * One pass over the bytes of collapsed stacks. No line becomes a string: frames are found by a hash of their bytes, and
 * of a line that starts like the one before only the rest is looked at.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { parseFrame } from '../frame-text.ts';
import type { Notes } from '../notes.ts';
import { parseCount } from './count.ts';
import { FrameTexts, grow } from './frame-texts.ts';
import { PartScanner } from './part-scanner.ts';
import { ProcessRecords } from './process-record.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const BLANK = 0x20;
const SEMICOLON = 0x3b;
const LETTER_P = 0x70;
const HASH_SIGN = 0x23;

/** What was found, beside the stacks. */
export interface Scanned {
  /** Lines with a stack and a count. */
  readonly stacks: number;
  /** True when frames name the line that was running. */
  readonly hasLines: boolean;
}

/** Adds all lines of the file to a profile of one metric. */
export function scanCollapsed(bytes: Uint8Array, stacks: StackProfile, book: FrameBook, notes: Notes): Scanned {
  const { contexts } = stacks;
  const scanner = new PartScanner(bytes);
  const frames = new FrameTexts(bytes, book, scanner);
  const records = new ProcessRecords(bytes);
  const size = bytes.length;
  // The line before, part by part, the last one too: where each ends (counted from the line's start), its frame, and
  // its context.
  let ends: Int32Array<ArrayBuffer> = new Int32Array(1024);
  let ids: Int32Array<ArrayBuffer> = new Int32Array(1024);
  let path: Int32Array<ArrayBuffer> = new Int32Array(1024);
  let before = 0;
  let parts = 0;
  let found = 0;
  let line = 0;

  for (let start = 0; start < size; ) {
    line++;
    if (bytes[start] === LETTER_P) {
      const record = records.find(start);
      if (record !== null) {
        addRecord(record.frames, record.count);
        line += record.lines - 1;
        start = record.end;
        parts = 0;
        continue;
      }
    }
    // What the line has in common with the one before, in whole parts.
    let shared = parts;
    if (parts > 0) {
      const limit = Math.min(size, start + ends[parts - 1]!);
      const i = scanner.findDifference(start, limit, before - start);
      const isAll = i === start + ends[parts - 1]!;
      if (isAll && bytes[i] === BLANK) {
        // The same stack again, when nothing but a count follows.
        const end = findDigitsEnd(bytes, i + 1);
        if (end > i + 1 && (bytes[end] === LINE_FEED || bytes[end] === RETURN)) {
          addCount(path[parts - 1]!, parseCount(bytes, i + 1, end));
          before = start;
          start = skipLineEnd(bytes, end);
          continue;
        }
      }
      if (!isAll || bytes[i] !== SEMICOLON) {
        shared--;
        while (shared > 0 && start + ends[shared - 1]! >= i) shared--;
      }
    }
    // The rest, to the end of the line.
    let count = shared;
    let from = shared === 0 ? start : start + ends[shared - 1]! + 1;
    scanner.scan(from);
    while (bytes[scanner.end] === SEMICOLON) {
      const part = scanner.end;
      if (count + 1 >= ends.length) {
        ends = grow(ends);
        ids = grow(ids);
        path = grow(path);
      }
      ends[count] = part - start;
      ids[count] = part > from ? frames.find(from, part, scanner.hash) : -1;
      count++;
      from = part + 1;
      scanner.scan(from);
    }
    const next = skipLineEnd(bytes, scanner.end);
    let end = scanner.end;
    while (end > from && isBlank(bytes[end - 1]!)) end--;
    let blank = end - 1;
    while (blank >= from && !isBlank(bytes[blank]!)) blank--;
    const value = blank < from || bytes[start] === HASH_SIGN ? Number.NaN : parseCount(bytes, blank + 1, end);
    before = start;
    start = next;
    if (!(value >= 0)) {
      parts = shared;
      if (end > before) noteLine(value, before, line);
      continue;
    }
    let context: ContextIndex = shared === 0 ? -1 : path[shared - 1]!;
    for (let part = shared; part < count; part++) {
      if (ids[part]! >= 0) context = contexts.child(context, frames.row(ids[part]!));
      path[part] = context;
    }
    parts = count;
    if (blank > from) {
      context = contexts.child(context, frames.row(frames.find(from, blank, scanner.hashOf(from, blank))));
      ends[count] = blank - before;
      path[count] = context;
      parts++;
    }
    addCount(context, value);
  }
  if (frames.damaged > 0) {
    notes.add(
      'not-utf8',
      (count) =>
        `${count} ${count === 1 ? 'name is' : 'names are'} not UTF-8: what could not be read is shown as \ufffd.`,
      () => null,
      frames.damaged,
    );
  }
  return { stacks: found, hasLines: frames.withLine > 0 };

  function addCount(context: ContextIndex, value: number): void {
    found++;
    contexts.addRecord(context);
    if (context >= 0) contexts.addSelf(context, 0, value);
    else
      notes.add(
        'no-frames',
        (times) => `${times} counts have no stack: they are left out.`,
        () => `line ${line}`,
      );
    if (value > Number.MAX_SAFE_INTEGER) {
      notes.add(
        'large-count',
        (times) => `${times} ${times === 1 ? 'count is' : 'counts are'} too large to be exact.`,
        () => `line ${line}`,
      );
    }
    refuseTooManyContexts(contexts.length, 'collapsed');
  }

  function addRecord(texts: readonly string[], value: number): void {
    let context: ContextIndex = -1;
    for (const text of texts) {
      const { name, file, line: number } = parseFrame(text);
      context = contexts.child(context, book.frame(name, file, number));
    }
    addCount(context, value);
  }

  function noteLine(value: number, from: number, number: number): void {
    if (value < 0) {
      notes.add(
        'negative-count',
        (times) =>
          `${times} ${times === 1 ? 'line has' : 'lines have'} a count below 0 and ${times === 1 ? 'is' : 'are'} left out.`,
        () => `line ${number}`,
      );
      return;
    }
    notes.add(
      'not-a-stack',
      (times) =>
        `${times} ${times === 1 ? 'line is' : 'lines are'} no stack with a count and ${times === 1 ? 'is' : 'are'} left out.`,
      () =>
        `line ${number}: ${new TextDecoder().decode(bytes.subarray(from, Math.min(from + 60, size))).split(/[\r\n]/)[0]}`,
    );
  }
}

function isBlank(byte: number): boolean {
  return byte === BLANK || byte === TAB;
}

function findDigitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
  return at;
}

function skipLineEnd(bytes: Uint8Array, at: number): number {
  return bytes[at] === RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
}
