/**
 * Sampled profiles: a stack and a weight per sample. Files of a million samples are common, and a stack is most often
 * nearly the one before: what two have in common from the root on is not looked up again.
 */
import type { ContextIndex } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { describeValue, getField } from '../json-values.ts';
import type { ProfilePart } from './part.ts';

/** Adds the samples of a profile. @throws FormatError for an index out of range, a bad weight, a missing one. */
export function addSamples(stacks: StackProfile, { profile, place, frames, faults }: ProfilePart): void {
  const samples = faults.array(getField(profile, 'samples'), `${place}.samples`);
  const weights = faults.array(getField(profile, 'weights'), `${place}.weights`);
  if (weights.length !== samples.length) {
    throw faults.at(`${place}.weights`, `expected one weight per sample (${samples.length}), found ${weights.length}`);
  }
  const { contexts } = stacks;
  const start = getField(profile, 'startValue');
  let time = typeof start === 'number' && Number.isFinite(start) ? start : 0;
  // The stack before: its indexes and its contexts.
  let indexes = new Int32Array(256);
  let path = new Int32Array(256);
  let depth = 0;
  const value = [0];
  for (let row = 0; row < samples.length; row++) {
    const stack = samples[row];
    if (!Array.isArray(stack)) {
      throw faults.at(`${place}.samples[${row}]`, `expected an array of frames, found ${describeValue(stack)}`);
    }
    const weight: unknown = weights[row];
    if (typeof weight !== 'number' || !(weight >= 0) || weight === Number.POSITIVE_INFINITY) {
      throw faults.at(`${place}.weights[${row}]`, `expected a number from 0 on, found ${describeValue(weight)}`);
    }
    const length = stack.length;
    if (length > indexes.length) {
      indexes = grow(indexes, length);
      path = grow(path, length);
    }
    const most = Math.min(length, depth);
    let at = 0;
    while (at < most && stack[at] === indexes[at]) at++;
    const shared = at;
    let context: ContextIndex = at === 0 ? -1 : path[at - 1]!;
    for (; at < length; at++) {
      const index: unknown = stack[at];
      if (typeof index !== 'number' || !(index >= 0 && index < frames.length) || !Number.isInteger(index)) {
        throw faults.at(
          `${place}.samples[${row}][${at}]`,
          `expected a frame from 0 to ${frames.length - 1}, found ${describeValue(index)}`,
        );
      }
      indexes[at] = index;
      context = contexts.child(context, frames[index]!);
      path[at] = context;
    }
    depth = length;
    if (shared < length) refuseTooManyContexts(contexts.length, 'speedscope');
    value[0] = weight;
    stacks.addSample(context, time, value, shared);
    time += weight;
  }
  if (samples.length > 0) stacks.endSamples(time);
}

function grow(column: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(room, column.length * 2));
  grown.set(column);
  return grown;
}
