/**
 * Names of addresses: from lists of symbols, from comments, else the address itself in the library it is mapped from.
 */
import type { FrameBook } from '../../model/frame-book.ts';

const MAX_MAPPINGS = 100_000;

interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly file: string;
}

/** A name, and where it is. */
interface Symbol {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Frames by address; addresses are texts as in `0x41a771`, without leading zeros. */
export class Addresses {
  readonly #book: FrameBook;
  readonly #symbols = new Map<string, Symbol>();
  readonly #frames = new Map<string, number>();
  readonly #mappings: Mapping[] = [];

  constructor(book: FrameBook) {
    this.#book = book;
  }

  get hasSymbols(): boolean {
    return this.#symbols.size > 0;
  }

  /**
   * Takes what a line says of an address or a mapping; false when it says neither.
   *
   *   0x000000a com.example.f (source.java:12)      Java, behind the stacks
   *   #  0x46a3c5  main.work+0x25  /src/main.go:12  Go, as a comment
   *   00400000-00421000 r-xp 00000000 fd:01 17 /bin/app
   */
  readLine(line: string): boolean {
    const text = line.startsWith('#') ? line.slice(1) : line;
    const symbol = /^\s*0x([\da-f]{1,16})\s+(\S.*)$/i.exec(text);
    if (symbol !== null) {
      this.#symbols.set(normalize(symbol[1]!), parseSymbol(symbol[2]!.trim()));
      return true;
    }
    const mapping =
      /^\s*([\da-f]{1,16})-([\da-f]{1,16}):?\s+\S{1,8}\s+[\da-f]{1,16}\s.*\s(\S+)$/i.exec(text) ??
      /^\s*([\da-f]{1,16})-([\da-f]{1,16}):\s+(\S+)$/i.exec(text);
    if (mapping === null) return false;
    if (this.#mappings.length < MAX_MAPPINGS) {
      const [, start, end, file] = mapping;
      this.#mappings.push({ start: Number(`0x${start}`), end: Number(`0x${end}`), file: file! });
    }
    return true;
  }

  /** Frame of an address. Symbols and mappings must be known by then. */
  find(address: string): number {
    const key = normalize(address.replace(/^0x/i, ''));
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    const symbol = this.#symbols.get(key);
    const value = Number(`0x${key}`);
    const frame =
      symbol === undefined
        ? this.#book.frame(`0x${key}`, this.#mappings.find(({ start, end }) => value >= start && value < end)?.file)
        : this.#book.frame(symbol.name, symbol.file, symbol.line);
    this.#frames.set(key, frame);
    return frame;
  }
}

function normalize(digits: string): string {
  return digits.toLowerCase().replace(/^0+(?=.)/, '');
}

function parseSymbol(text: string): Symbol {
  const java = /^(\S.*?)\s+\(([^()]{1,1000}):(-?\d{1,9})\)$/.exec(text);
  if (java !== null) return { name: java[1]!, file: java[2]!, line: Math.max(0, Number(java[3])) };
  const [name = '', place = ''] = text.split('\t').filter((part) => part !== '');
  const go = /^(.{1,4000}):(\d{1,9})$/.exec(place.trim());
  if (go === null) return { name: text, file: '', line: 0 };
  return { name: name.trim().replace(/\+0x[\da-f]{1,16}$/, ''), file: go[1]!, line: Number(go[2]) };
}
