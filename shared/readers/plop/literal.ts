/**
 * Reads the few kinds of Python literal that a plop file is made of, as data: nothing is ever evaluated.
 *
 * Strings of both Pythons: `'..'`, `".."`, `u'..'`, `b'..'`, with escapes; those of Python 2 are bytes, which are UTF-8
 * as a rule. Numbers: ints, with the `L` of Python 2.
 */
import { FormatError } from '../../errors.ts';

/** Most characters of a number: no count has more digits. */
const MAX_DIGITS = 400;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['\n', ''],
]);

/** Walks a text; each method takes one thing, or throws. */
export class Literal {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character that is no blank; `''` at the end. */
  peek(): string {
    while (' \n\r\t'.includes(this.#text[this.at] ?? '-')) this.at++;
    return this.#text[this.at] ?? '';
  }

  /** Takes the character when it comes next. */
  skip(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  /** @throws FormatError when something else comes next. */
  expect(character: string, what: string): void {
    if (!this.skip(character)) throw this.fail(`${what} ("${character}")`);
  }

  /** An int. */
  number(what: string): number {
    this.peek();
    const start = this.at;
    if (this.#text[this.at] === '-') this.at++;
    while (isDigit(this.#text.charCodeAt(this.at)) && this.at - start < MAX_DIGITS) this.at++;
    const digits = this.#text.slice(start, this.at);
    if (digits === '' || digits === '-') throw this.fail(what);
    if (this.#text[this.at] === 'L') this.at++;
    return Number(digits);
  }

  /** A string, with or without a prefix. */
  string(what: string): string {
    let quote = this.peek();
    let isBytes = false;
    if (/^[uUbB]$/.test(quote)) {
      isBytes = quote === 'b' || quote === 'B';
      quote = this.#text[++this.at] ?? '';
    }
    if (quote !== "'" && quote !== '"') throw this.fail(what);
    this.at++;
    const parts: string[] = [];
    let plain = this.at;
    // Bytes that \x.. stands for, as characters below 256: decoded together when the string ends.
    let hasHighBytes = false;
    for (;;) {
      const character = this.#text[this.at];
      if (character === undefined || character === '\n') throw this.fail('the end of a string');
      if (character === quote) break;
      if (character !== '\\') {
        this.at++;
        continue;
      }
      parts.push(this.#text.slice(plain, this.at));
      const code = this.#escape();
      if (code.length === 1 && code >= '\u0080' && code <= '\u00ff') hasHighBytes = true;
      parts.push(code);
      plain = this.at;
    }
    parts.push(this.#text.slice(plain, this.at));
    this.at++;
    const text = parts.join('');
    return hasHighBytes || isBytes ? decodeBytes(text) : text;
  }

  /** An error that says what was expected here, and what was found. */
  fail(expected: string): FormatError {
    const found = this.#text.slice(this.at, this.at + 20);
    const what = found === '' ? 'the file ends here: it was cut short' : `found ${JSON.stringify(found)}`;
    return new FormatError(`plop character ${this.at}: expected ${expected}, but ${what}`, {
      format: 'plop',
      offset: this.at,
      advice: 'Collect it again: python -m plop.collector app.py',
    });
  }

  /** What the escape at the place stands for; goes behind it. */
  #escape(): string {
    const letter = this.#text[this.at + 1] ?? '';
    const width = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
    if (width > 0) {
      const digits = this.#text.slice(this.at + 2, this.at + 2 + width);
      const code = /^[\da-fA-F]+$/.test(digits) && digits.length === width ? Number.parseInt(digits, 16) : -1;
      if (code < 0 || code > 0x10ffff) throw this.fail('an escape of a character');
      this.at += 2 + width;
      return String.fromCodePoint(code);
    }
    const known = ESCAPES.get(letter);
    this.at += known === undefined ? 1 : 2;
    return known ?? '\\';
  }
}

/** Characters below 256 as bytes of UTF-8, where that is what they are. */
function decodeBytes(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return text;
    bytes[at] = code;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
