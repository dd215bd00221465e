/**
 * Times of callees at one place, gathered from the rows of a matrix that the place stands for.
 *
 * Opening nodes is what a picture consists of, so one set of columns serves them all.
 */
import { Certainty } from '../call-tree.ts';
import type { Context } from './context.ts';
import { visitRow } from './frozen-rows.ts';

/** Values by column position of the outermost state; those of the columns that were met count. */
export class Gathered {
  /** Columns met so far, in the order met: `column[0] .. column[length - 1]`. */
  length = 0;
  column = new Int32Array(0);
  time = new Float64Array(0);
  nestedTime = new Float64Array(0);
  certainty = new Uint8Array(0);
  #isMet = new Uint8Array(0);

  /** Forgets everything; makes room for a matrix of this many columns. */
  begin(columns: number): void {
    if (columns > this.column.length) {
      const capacity = 2 * columns;
      this.column = new Int32Array(capacity);
      this.time = new Float64Array(capacity);
      this.nestedTime = new Float64Array(capacity);
      this.certainty = new Uint8Array(capacity);
      this.#isMet = new Uint8Array(capacity);
    }
    for (let at = 0; at < this.length; at++) this.#isMet[this.column[at]!] = 0;
    this.length = 0;
  }

  /** Adds a share of a row. Only rows of outermost states make certain what is in them. */
  addRow(context: Context, row: number, share: number, mayBeCertain: boolean): void {
    const { cells, outer } = context;
    if (cells.rest) {
      visitRow(cells, row, (column, value, certainty) => {
        this.#add(column, outer, share * value, mayBeCertain ? certainty : Certainty.inferred);
      });
      return;
    }
    const to = cells.start[row + 1]!;
    for (let at = cells.start[row]!; at < to; at++) {
      const certainty = mayBeCertain ? cells.certainty[at]! : Certainty.inferred;
      this.#add(cells.column[at]!, outer, share * cells.value[at]!, certainty);
    }
  }

  #add(column: number, outer: Int32Array | null, time: number, certainty: number): void {
    if (!(time > 0)) return;
    const at = outer === null ? column : outer[column]!;
    const isNested = at !== column;
    if (this.#isMet[at]) {
      this.certainty[at] = Certainty.inferred; // two states of an edge, several rows, or a part from merged rows
    } else {
      this.#isMet[at] = 1;
      this.column[this.length++] = at;
      this.time[at] = 0;
      this.nestedTime[at] = 0;
      this.certainty[at] = isNested ? Certainty.inferred : certainty;
    }
    if (isNested) this.nestedTime[at]! += time;
    else this.time[at]! += time;
  }
}
