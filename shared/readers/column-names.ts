/**
 * Frames of formats that also know the column of a function. Minified code has many functions on one line: those of
 * one name, file and line are told apart by their column, which then stands behind the name.
 */
import type { FrameBook } from '../model/frame-book.ts';
import type { FrameIndex } from '../model/profile.ts';

/** Takes the frames of a file by their number in it, then names them. */
export class PlaceNames {
  readonly #book: FrameBook;
  readonly #name: string[] = [];
  readonly #file: string[] = [];
  readonly #line: Int32Array;
  readonly #column: Int32Array;
  /** Column of a name, file and line; -1 when there are several. */
  readonly #columns = new Map<string, number>();

  constructor(book: FrameBook, length: number) {
    this.#book = book;
    this.#line = new Int32Array(length);
    this.#column = new Int32Array(length);
  }

  /** Adds the next frame; `column` 0: not known. */
  add(name: string, file: string, line: number, column: number): void {
    const at = this.#name.length;
    this.#name.push(name);
    this.#file.push(file);
    this.#line[at] = line;
    this.#column[at] = column;
    const key = `${name}\0${file}\0${line}`;
    const known = this.#columns.get(key);
    if (known === undefined) this.#columns.set(key, column);
    else if (known !== column) this.#columns.set(key, -1);
  }

  /** Rows of the frame table, by the number in the file. */
  frames(): Int32Array {
    return Int32Array.from(this.#name, (name, at): FrameIndex => {
      const [file, line, column] = [this.#file[at]!, this.#line[at]!, this.#column[at]!];
      const isShared = this.#columns.get(`${name}\0${file}\0${line}`) === -1;
      return this.#book.frame(isShared ? `${name} [column ${column}]` : name, file, line);
    });
  }
}
