/**
 * Captures of Very Sleepy: a zip of text files, of which two are needed.
 *
 *     Symbols.txt      sym0 "val3" "main" "/src/val3.c" 62
 *     Callstacks.txt   0.074062 sym1 sym0                        seconds, then the stack, leaf first
 *     Stats.txt        Filename: C:\app.exe
 *
 * Older versions write the names of these files in small letters.
 */
import type { Member } from '../../decode/archive.ts';
import { DEFAULT_MAX_BYTES, decodeText, type Source } from '../../decode/source.ts';
import { splitLines } from '../../decode/text.ts';
import { listZip } from '../../decode/zip.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader } from '../reader.ts';
import { VERY_SLEEPY } from './format.ts';

const SYMBOLS = 'symbols.txt';
const CALLSTACKS = 'callstacks.txt';
const STATS = 'stats.txt';
const SYMBOL = /^(\w{1,40})\s+"([^"]*)"\s+"([^"]*)"\s+"([^"]*)"\s+(\d{1,9})\s*$/;
const UNKNOWN = '[unknown]';

/** Reads captures of Very Sleepy. */
export const verySleepyReader: Reader = {
  ...VERY_SLEEPY,
  read: (source: Source): ProfileGroup => readSleepy(listZip(source.bytes), DEFAULT_MAX_BYTES),
};

/** True when an archive is a capture. */
export function isSleepy(members: readonly Member[]): boolean {
  return [SYMBOLS, CALLSTACKS].every((name) => findMember(members, name) !== undefined);
}

/**
 * Reads the files of a capture, which may have `maxBytes` together.
 * @throws FormatError when one of them is damaged or too large.
 */
export function readSleepy(members: readonly Member[], maxBytes: number): ProfileGroup {
  let left = maxBytes;
  const readLines = (name: string): readonly string[] => {
    const bytes = findMember(members, name)?.read(left) ?? new Uint8Array();
    left -= bytes.length;
    return splitLines(decodeText(bytes));
  };
  const notes = new Notes();
  const book = new FrameBook();
  const stacks = new StackProfile(book, { metrics: [{ name: 'time', unit: 'seconds' }], sampled: true });
  const frames = readSymbols(readLines(SYMBOLS), book, notes);
  const lines = readLines(CALLSTACKS);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [weight, ...symbols] = line.trim().split(/\s+/);
    const seconds = Number(weight);
    if (!(seconds >= 0 && seconds < Number.POSITIVE_INFINITY)) {
      throw refuse(CALLSTACKS, index, `expected seconds, found ${JSON.stringify(weight!.slice(0, 40))}`);
    }
    const stack = symbols.map((symbol) => {
      const frame = frames.get(symbol);
      if (frame !== undefined) return frame;
      throw refuse(CALLSTACKS, index, `${JSON.stringify(symbol.slice(0, 40))} is not in ${SYMBOLS}`);
    });
    stacks.addStack(stack.reverse(), [seconds]);
    refuseTooManyContexts(stacks.contexts.length, VERY_SLEEPY.id);
  }
  if (stacks.contexts.length === 0) throw refuse(CALLSTACKS, 0, 'the capture has no stack');
  const about = readLines(STATS).flatMap((line): (readonly [string, string])[] => {
    const [, name, value] = /^(Filename|Duration|Date|Samples):\s*(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value!.slice(0, 300)]];
  });
  return {
    format: VERY_SLEEPY.id,
    writer: 'Very Sleepy',
    profiles: [stacks.build()],
    warnings: notes.list(),
    about,
  };
}

function readSymbols(lines: readonly string[], book: FrameBook, notes: Notes): Map<string, FrameIndex> {
  const frames = new Map<string, FrameIndex>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, id, module, name, file, number] = SYMBOL.exec(line) ?? [];
    if (id === undefined) {
      notes.add(
        'odd-line',
        (rows) => `${rows} ${rows === 1 ? 'symbol' : 'symbols'} can’t be read: left out.`,
        () => `${SYMBOLS} line ${index + 1}`,
      );
      continue;
    }
    const isKnown = file !== '' && file !== UNKNOWN;
    frames.set(id, isKnown ? book.frame(name!, file, Number(number)) : book.frame(name!, module));
  }
  return frames;
}

function findMember(members: readonly Member[], name: string): Member | undefined {
  return members.find((member) => member.name.toLowerCase() === name);
}

function refuse(file: string, index: number, what: string): FormatError {
  return new FormatError(`very-sleepy ${file} line ${index + 1}: ${what}`, {
    format: VERY_SLEEPY.id,
    line: index + 1,
    advice: 'Save the capture again',
  });
}
