/** Samples of a profile as columns: all stacks in one, where each ends, and the weights. */
import { describeValue, getField, type JsonFaults, type JsonObject } from '../json-values.ts';

/** Stacks of a sampled profile, root first, as indexes of frames. */
export interface SampleColumns {
  readonly length: number;
  readonly frames: Int32Array;
  /** Where the stack of each sample ends in `frames`; the next one begins there. */
  readonly ends: Int32Array;
  readonly weights: Float64Array;
}

/** Most frames of all stacks together: 1 GB of them. */
const MAX_FRAMES = 250_000_000;

/** The columns of parsed JSON. @throws FormatError for what is no stack, no index or no weight. */
export function takeColumns(profile: JsonObject, place: string, faults: JsonFaults): SampleColumns {
  const samples = faults.array(getField(profile, 'samples'), `${place}.samples`);
  const list = faults.array(getField(profile, 'weights'), `${place}.weights`);
  const ends = new Int32Array(samples.length);
  let total = 0;
  samples.forEach((stack, row) => {
    total += faults.array(stack, `${place}.samples[${row}]`).length;
    if (total > MAX_FRAMES) throw faults.at(`${place}.samples`, `more than ${MAX_FRAMES} frames in all stacks`);
    ends[row] = total;
  });
  const frames = new Int32Array(total);
  let at = 0;
  samples.forEach((stack, row) => {
    for (const [depth, index] of (stack as readonly unknown[]).entries()) {
      if (typeof index !== 'number' || !Number.isInteger(index) || Math.abs(index) > 2 ** 30) {
        throw faults.at(
          `${place}.samples[${row}][${depth}]`,
          `expected the number of a frame, found ${describeValue(index)}`,
        );
      }
      frames[at++] = index;
    }
  });
  const weights = Float64Array.from(list, (weight, row) => faults.number(weight, `${place}.weights[${row}]`));
  return { length: samples.length, frames, ends, weights };
}
