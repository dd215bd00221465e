/**
 * Stack tables of a file: each row a frame below the stack of an earlier row. From version 56 on threads may share one,
 * which is read once.
 */
import type { FrameMaker, GeckoFrames } from './frames.ts';
import { GeckoTable, geckoFault, type Json } from './tables.ts';

/** Stacks by row. */
export interface GeckoStacks {
  readonly length: number;
  /** Row of the caller's stack; -1: a root. Always an earlier row. */
  readonly prefix: Int32Array;
  /** Row of the frame table; -1: none. */
  readonly frameRow: Int32Array;
  readonly frames: GeckoFrames;
  /** A row, for messages. */
  describe(row: number): string;
}

/** Stack tables, each read once. */
export class StackTables {
  readonly #maker: FrameMaker;
  readonly #known = new Map<unknown, GeckoStacks>();

  constructor(maker: FrameMaker) {
    this.#maker = maker;
  }

  /** Stacks of a thread: its own or the shared ones. @throws FormatError when they go in a circle */
  find(thread: Json, shared: Json): GeckoStacks {
    const isShared = thread.stackTable === undefined && thread.frameTable === undefined;
    const known = isShared ? this.#known.get(shared) : undefined;
    if (known !== undefined) return known;
    const stacks = this.#read(thread, shared);
    if (isShared) this.#known.set(shared, stacks);
    return stacks;
  }

  #read(thread: Json, shared: Json): GeckoStacks {
    const frames = this.#maker.read(thread, shared);
    const table = new GeckoTable(thread.stackTable ?? shared.stackTable, 'stackTable');
    const prefix = readPrefixes(table);
    for (let row = 0; row < table.length; row++) {
      if (prefix[row]! < row) continue;
      throw geckoFault(
        `${table.describe(row)} has the prefix ${prefix[row]}, expected one before it: the stack goes in a circle`,
      );
    }
    return {
      length: table.length,
      prefix,
      frameRow: table.indexes('frame', frames.length),
      frames,
      describe: (row) => table.describe(row),
    };
  }
}

/** Rows of the callers' stacks; from version 66 on they are told by how far back they are, 0 for none. */
function readPrefixes(table: GeckoTable): Int32Array {
  const offsets = table.numbers('prefixOffset', 0);
  if (offsets === null) return table.indexes('prefix', table.length);
  return Int32Array.from(offsets, (offset, row) => {
    if (Number.isInteger(offset) && offset >= 0 && offset <= row) return offset === 0 ? -1 : row - offset;
    throw geckoFault(`${table.describe(row)} has prefixOffset ${offset}, expected 0 to ${row}`);
  });
}
