/**
 * Fits a matrix to the sums of its rows and columns.
 *
 * Alternately scaling columns and rows (Sinkhorn and Knopp, 1967; "iterative proportional fitting") converges to the
 * matrix with the wanted sums that is nearest to the first guess. It is stopped early; the rest is then put where both
 * a row and a column still lack something, so that no time is lost.
 */
import { Emptiness } from './empty-cells.ts';

/** A dense matrix, row after row, and the sums it is to have. */
export interface Matrix {
  readonly cells: Float64Array;
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

const CLOSE_ENOUGH = 1e-9;
/** Part of a column below which a cell is dropped. */
const TOO_SMALL = 1e-7;

/** Scales columns, rows, columns … at most `rounds` times each. */
export function scaleToMargins(matrix: Matrix, rounds: number): void {
  const { cells, rows, columns } = matrix;
  const height = rows.length;
  const width = columns.length;
  if (height === 2 && width === 2) {
    scaleTwoByTwo(matrix, rounds);
    return;
  }
  const factor = new Float64Array(width);
  const sums = new Float64Array(width); // of the columns, added up while their cells are at hand
  for (let i = 0, at = 0; i < height; i++) for (let j = 0; j < width; j++) sums[j]! += cells[at++]!;
  for (let round = 0; round < rounds; round++) {
    for (let j = 0; j < width; j++) {
      const sum = sums[j]!;
      factor[j] = sum > 0 ? columns[j]! / sum : 1;
      sums[j] = 0;
    }
    let worst = 0;
    for (let i = 0, from = 0; i < height; i++, from += width) {
      let sum = 0;
      for (let j = 0; j < width; j++) {
        const value = cells[from + j]! * factor[j]!;
        cells[from + j] = value;
        sum += value;
      }
      const scale = sum > 0 ? rows[i]! / sum : 1;
      const off = scale > 1 ? scale - 1 : 1 - scale;
      if (off > worst) worst = off;
      for (let j = 0; j < width; j++) {
        const value = cells[from + j]! * scale;
        cells[from + j] = value;
        sums[j]! += value;
      }
    }
    if (worst < CLOSE_ENOUGH) return;
  }
}

/**
 * The same steps for two rows and two columns, which is what a circle has in most places where it is entered or goes on.
 * Such a matrix takes all rounds as a rule, and without loops and columns a round takes a third.
 */
function scaleTwoByTwo({ cells, rows, columns }: Matrix, rounds: number): void {
  let a = cells[0]!;
  let b = cells[1]!;
  let c = cells[2]!;
  let d = cells[3]!;
  const [first, second] = [rows[0]!, rows[1]!];
  const [left, right] = [columns[0]!, columns[1]!];
  for (let round = 0, worst = 1; round < rounds && !(worst < CLOSE_ENOUGH); round++) {
    const leftSum = a + c;
    const rightSum = b + d;
    const leftFactor = leftSum > 0 ? left / leftSum : 1;
    const rightFactor = rightSum > 0 ? right / rightSum : 1;
    a *= leftFactor;
    b *= rightFactor;
    c *= leftFactor;
    d *= rightFactor;
    const firstSum = a + b;
    const secondSum = c + d;
    const firstScale = firstSum > 0 ? first / firstSum : 1;
    const secondScale = secondSum > 0 ? second / secondSum : 1;
    a *= firstScale;
    b *= firstScale;
    c *= secondScale;
    d *= secondScale;
    worst = Math.max(Math.abs(firstScale - 1), Math.abs(secondScale - 1));
  }
  cells[0] = a;
  cells[1] = b;
  cells[2] = c;
  cells[3] = d;
}

/** Drops tiny cells, cuts rows and columns to their sums, and puts what both lack where nothing proves it empty. */
export function fillRemainder({ cells, rows, columns }: Matrix, emptiness: Uint8Array): void {
  const height = rows.length;
  const width = columns.length;
  for (let i = 0; i < height; i++) {
    const from = i * width;
    let sum = 0;
    for (let j = 0; j < width; j++) {
      if (cells[from + j]! <= TOO_SMALL * columns[j]!) cells[from + j] = 0;
      sum += cells[from + j]!;
    }
    if (sum <= rows[i]!) continue;
    const scale = rows[i]! / sum;
    for (let j = 0; j < width; j++) cells[from + j]! *= scale;
  }
  const lacking = new Float64Array(width);
  let allLacking = 0;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let i = 0; i < height; i++) sum += cells[i * width + j]!;
    if (sum > columns[j]!) {
      const scale = columns[j]! / sum;
      for (let i = 0; i < height; i++) cells[i * width + j]! *= scale;
      sum = columns[j]!;
    }
    lacking[j] = columns[j]! - sum;
    allLacking += Math.max(0, lacking[j]!);
  }
  if (allLacking <= 0) return;
  for (let i = 0; i < height; i++) {
    const from = i * width;
    let missing = rows[i]!;
    for (let j = 0; j < width; j++) missing -= cells[from + j]!;
    if (missing <= 1e-12 * rows[i]!) continue;
    for (let j = 0; j < width; j++) {
      if (lacking[j]! <= 1e-12 * columns[j]! || emptiness[from + j] === Emptiness.proved) continue;
      cells[from + j]! += (missing * lacking[j]!) / allLacking;
    }
  }
}
