/**
 * Frames of a thread's frame table: functions by name, file and first line; and the line that ran in each.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { isLine } from '../line-sums.ts';
import { GeckoTable, geckoFault, isJson, type Json, readStrings } from './tables.ts';

/** Frames by row of the frame table, made when they are asked for: most tables have rows that no stack needs. */
export interface GeckoFrames {
  readonly length: number;
  find(row: number): FrameIndex;
  /** Line that ran; 0 unknown. */
  readonly line: Int32Array;
}

/** A function as either form has it. */
export interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Makes frames of a file. Functions on one line that differ in their columns only stay apart. */
export class FrameMaker {
  readonly #book: FrameBook;
  readonly #columns = new Map<string, number>();

  readonly #hasFirstLines: boolean;

  /** `hasFirstLines`: false when a function's line is one that ran. */
  constructor(book: FrameBook, hasFirstLines: boolean) {
    this.#book = book;
    this.#hasFirstLines = hasFirstLines;
  }

  /** Row of the frame of a function. */
  make({ name, file, line, column }: Place): number {
    const key = `${name}\0${file}\0${line}`;
    const first = this.#columns.get(key);
    if (first === undefined) this.#columns.set(key, column);
    const isOther = first !== undefined && first !== column;
    return this.#book.frame(isOther ? `${name} (column ${column})` : name, file, line);
  }

  /** Frames of a thread. */
  read(thread: Json, shared: Json): GeckoFrames {
    const table = new GeckoTable(thread.frameTable ?? shared.frameTable, 'frameTable');
    const lines = table.numbers('line', 0);
    const line = Int32Array.from({ length: table.length }, (_, row) => {
      const value = lines?.[row] ?? 0;
      return isLine(value) ? value : 0;
    });
    const strings = readStrings(thread, shared);
    const find =
      table.column('func') === null
        ? this.#readLocations(table, strings)
        : this.#readFunctions(table, thread, shared, strings);
    const known = new Int32Array(table.length).fill(-1);
    return {
      length: table.length,
      line,
      find: (row) => {
        if (known[row]! < 0) known[row] = find(row);
        return known[row]!;
      },
    };
  }

  /** Raw: a location is a text, or the number of one. */
  #readLocations(table: GeckoTable, strings: readonly unknown[]): (row: number) => FrameIndex {
    const location = table.column('location');
    return (row) => {
      const value = location?.(row) ?? null;
      const text = typeof value === 'number' ? strings[value] : value;
      if (typeof text !== 'string') throw geckoFault(`${table.describe(row)} has no location`);
      return this.make(parseLocation(text));
    };
  }

  /** Processed: a frame names a function, which names its file, or a library or source that it is from. */
  #readFunctions(
    frames: GeckoTable,
    thread: Json,
    shared: Json,
    strings: readonly unknown[],
  ): (row: number) => FrameIndex {
    const table = new GeckoTable(thread.funcTable ?? shared.funcTable, 'funcTable');
    const names = table.indexes('name', strings.length);
    const files = table.indexes('fileName', strings.length);
    const lines = table.numbers('lineNumber', 0);
    const columns = table.numbers('columnNumber', 0);
    const resourceTable = new GeckoTable(thread.resourceTable ?? shared.resourceTable, 'resourceTable');
    const resources = table.indexes('resource', resourceTable.length);
    const resourceNames = resourceTable.indexes('name', strings.length);
    const sourceTable = new GeckoTable(shared.sources, 'sources');
    const sources = table.indexes('source', sourceTable.length);
    const sourceNames = sourceTable.indexes('filename', strings.length);
    const getText = (index: number | undefined) => {
      const text = index === undefined ? undefined : strings[index];
      return typeof text === 'string' ? text : '';
    };
    const functions = frames.indexes('func', table.length);
    return (frame) => {
      const row = functions[frame]!;
      if (row < 0) return this.#book.frame('(unknown)');
      const name = getText(names[row]);
      const file =
        getText(files[row]) || getText(sourceNames[sources[row]!]) || getText(resourceNames[resources[row]!]);
      const line = this.#hasFirstLines && isLine(lines?.[row] ?? 0) ? lines![row]! : 0;
      const column = this.#hasFirstLines ? (columns?.[row] ?? 0) : 0;
      const python = parsePython(name);
      return python === null
        ? this.make({ name: name || '(no name)', file, line, column })
        : this.make({ ...python, line, column });
    };
  }
}

/** `py::func:/path/file.py`, as Python names its functions to perf. */
function parsePython(text: string): { readonly name: string; readonly file: string } | null {
  if (!text.startsWith('py::')) return null;
  const colon = text.indexOf(':', 4);
  return colon < 0 ? null : { name: text.slice(4, colon), file: text.slice(colon + 1) };
}

/** `name (file:line:column)`, `name (file:line)`, or a script by its address: `file:line`. */
export function parseLocation(text: string): Place {
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  if (open > 0) {
    const place = parsePlace(text.slice(open + 2, -1));
    return place === null ? { name: text, file: '', line: 0, column: 0 } : { ...place, name: text.slice(0, open) };
  }
  // Code of a script outside of functions: the whole text is what tells it from others.
  const place = text.includes('/') ? parsePlace(text) : null;
  return place === null ? { name: text, file: '', line: 0, column: 0 } : { ...place, name: text };
}

function parsePlace(text: string): Omit<Place, 'name'> | null {
  const found = /:(\d{1,9})(?::(\d{1,9}))?$/.exec(text);
  if (found === null || found.index === 0) return null;
  return { file: text.slice(0, found.index), line: Number(found[1]), column: Number(found[2] ?? 0) };
}

/** The file's own tables for all threads, where it has them. */
export function getShared(profile: Json): Json {
  return isJson(profile.shared) ? profile.shared : {};
}
