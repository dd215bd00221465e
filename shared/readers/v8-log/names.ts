/**
 * Names of V8's pieces of code. JavaScript has its place behind the name (`fib /home/app.js:2:13`), and one piece of code
 * for each compiler that took its turn: they are one function.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { PlaceNames } from '../column-names.ts';
import { asText, getField, isObject, type JsonFaults, type JsonObject } from '../json-values.ts';
import type { Tick } from './index.ts';

const MAX_LINE = 2 ** 31 - 1;
/** What a path begins with; what comes before it is the name, which may have blanks (`get size`). */
const PATH = /(?:\/|\\\\|[a-z]:[\\/]|[a-z][\w+.-]{1,20}:)/iy;

interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Frames of the code that ran, by its number: a log has tens of thousands that did not. */
export function nameCode(
  codes: readonly unknown[],
  functions: readonly unknown[],
  ticks: readonly Tick[],
  book: FrameBook,
  faults: JsonFaults,
): Map<number, FrameIndex> {
  const ran = new Set<number>();
  for (const { stack } of ticks) for (const number of stack) ran.add(number);
  const used = [...ran];
  const names = new PlaceNames(book, used.length);
  for (const number of used) {
    const code = number < 0 ? null : faults.object(codes[number], `code[${number}]`);
    const { name, file, line, column } =
      code === null ? { name: '(unknown)', file: '', line: 0, column: 0 } : placeCode(code, functions);
    names.add(name, file, line, column);
  }
  const frames = names.frames();
  return new Map(used.map((number, at) => [number, frames[at]!]));
}

function placeCode(code: JsonObject, functions: readonly unknown[]): Place {
  const name = asText(getField(code, 'name'));
  const kind = asText(getField(code, 'kind'));
  switch (getField(code, 'type')) {
    case 'JS': {
      const number = getField(code, 'func');
      const owner = typeof number === 'number' ? functions[number] : undefined;
      return placeFunction((isObject(owner) && asText(getField(owner, 'name'))) || name);
    }
    case 'CODE':
      return { name: kind === '' ? name : `${kind}: ${name}`, file: '', line: 0, column: 0 };
    case 'CPP':
      // Up to Node 8 with the letter that nm prints in front.
      return { name: name.replace(/^[tTwW] /, ''), file: '', line: 0, column: 0 };
    default:
      return { name: name === '' ? '(unknown)' : name, file: '', line: 0, column: 0 };
  }
}

/** `name file:line:column`, of which the name may be missing, and the file too. */
export function placeFunction(text: string): Place {
  const [, line, column] = /:(\d{1,10}):(\d{1,10})$/.exec(text.slice(-22)) ?? [];
  if (line === undefined) return { name: text.trim() || '(anonymous)', file: '', line: 0, column: 0 };
  const head = text.slice(0, text.length - line.length - column!.length - 2);
  let split = head.indexOf(' ');
  while (split >= 0) {
    PATH.lastIndex = split + 1;
    if (PATH.test(head)) break;
    split = head.indexOf(' ', split + 1);
  }
  // Modules of Node had no scheme in front once: `load module.js:536:33`.
  if (split < 0) split = head.lastIndexOf(' ');
  const name = head.slice(0, Math.max(0, split)).trim();
  const first = Number(line);
  return {
    name: name === '' ? '(anonymous)' : name,
    file: head.slice(split + 1),
    line: first < MAX_LINE ? first : 0,
    column: Math.min(Number(column), MAX_LINE),
  };
}
