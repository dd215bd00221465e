/**
 * Strings and frames of a file that is being read, each once, shared by all profiles of the file.
 */
import type { FrameIndex, FrameTable } from './profile.ts';
import { ProfileBudget } from './profile-budget.ts';
import { buildStringTable, type StringTable } from './strings.ts';

/** Hands out the rows of the frame and string tables. */
export class FrameBook {
  readonly #texts: string[] = [];
  readonly #textRow = new Map<string, number>();
  readonly #frameRow = new Map<string, FrameIndex>();
  readonly #name: number[] = [];
  readonly #file: number[] = [];
  readonly #line: number[] = [];
  readonly #budget = new ProfileBudget();
  #tables: { readonly strings: StringTable; readonly frames: FrameTable } | null = null;

  /** Frames so far. */
  get length(): number {
    return this.#name.length;
  }

  /** Row of the frame of this name, file (`''`: none) and line (0: none); made when it is new. */
  frame(name: string, file = '', line = 0): FrameIndex {
    const nameRow = this.text(name);
    const fileRow = this.text(file);
    const key = `${nameRow} ${fileRow} ${line}`;
    const known = this.#frameRow.get(key);
    if (known !== undefined) return known;
    this.#change();
    const frame = this.#name.length;
    this.#frameRow.set(key, frame);
    this.#name.push(nameRow);
    this.#file.push(fileRow);
    this.#line.push(line);
    return frame;
  }

  /** Row of a text in the string table. */
  text(text: string): number {
    const known = this.#textRow.get(text);
    if (known !== undefined) return known;
    this.#change();
    this.#textRow.set(text, this.#texts.length);
    this.#texts.push(text);
    return this.#texts.length - 1;
  }

  /** Row of the file of a frame in the string table. */
  fileOf(frame: FrameIndex): number {
    return this.#file[frame] ?? -1;
  }

  /**
   * The finished tables for a profile of so many metrics, the same each time. From then on nothing may be added.
   * @throws FormatError when all profiles together are too large.
   */
  tables(metrics: number): { readonly strings: StringTable; readonly frames: FrameTable } {
    this.#budget.claim(this.length, metrics);
    this.#tables ??= {
      strings: buildStringTable(this.#texts),
      frames: {
        length: this.#name.length,
        name: Int32Array.from(this.#name),
        file: Int32Array.from(this.#file),
        line: Int32Array.from(this.#line),
      },
    };
    return this.#tables;
  }

  #change(): void {
    if (this.#tables !== null) throw new Error('FrameBook: a profile was built from it already');
  }
}
