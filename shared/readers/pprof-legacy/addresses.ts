/**
 * Names of addresses: from lists of symbols, from comments, else the address itself in the library it is mapped from.
 */
import type { FrameBook } from '../../model/frame-book.ts';

const MAX_MAPPINGS = 100_000;
/** Functions that are inlined at one address. */
const MAX_INLINED = 64;

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
  /** Functions of an address from comments, the one that is inlined deepest first. */
  readonly #comments = new Map<string, Symbol[]>();
  readonly #frames = new Map<string, readonly number[]>();
  readonly #mappings: Mapping[] = [];

  constructor(book: FrameBook) {
    this.#book = book;
  }

  get hasSymbols(): boolean {
    return this.#symbols.size + this.#comments.size > 0;
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
      const key = normalize(symbol[1]!);
      if (line.startsWith('#')) this.#addComment(key, parseSymbol(symbol[2]!.trim()));
      else this.#symbols.set(key, parseSymbol(symbol[2]!.trim()));
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

  /** Frames of an address, innermost first: several when functions are inlined. Symbols must be known by then. */
  find(address: string): readonly number[] {
    const key = normalize(address.replace(/^0x/i, ''));
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    const symbols = this.#findSymbols(key);
    const value = Number(`0x${key}`);
    const frames = symbols?.map(({ name, file, line }) => this.#book.frame(name, file, line)) ?? [
      this.#book.frame(`0x${key}`, this.#mappings.find(({ start, end }) => value >= start && value < end)?.file),
    ];
    this.#frames.set(key, frames);
    return frames;
  }

  /** Frames of a stack of addresses, leaf first, as a stack, root first. */
  findStack(addresses: readonly string[]): number[] {
    return addresses.flatMap((address) => this.find(address)).reverse();
  }

  #findSymbols(key: string): readonly Symbol[] | undefined {
    const symbol = this.#symbols.get(key);
    if (symbol !== undefined) return [symbol];
    // Go's comments tell the place of the call, one byte before that which it returns to.
    return this.#comments.get(key) ?? this.#comments.get((BigInt(`0x${key}`) - 1n).toString(16));
  }

  #addComment(key: string, symbol: Symbol): void {
    const known = this.#comments.get(key) ?? [];
    const isKnown = known.some(
      ({ name, file, line }) => name === symbol.name && file === symbol.file && line === symbol.line,
    );
    if (isKnown || known.length === MAX_INLINED) return;
    this.#comments.set(key, [...known, symbol]);
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
