/**
 * Sampled profiles: a stack and a weight per sample. Files of a million samples are common, and a stack is most often
 * nearly the one before: what two have in common from the root on is not looked up again.
 */
import type { ContextIndex } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { getField } from '../json-values.ts';
import type { SampleColumns } from './columns.ts';
import type { ProfilePart } from './part.ts';

/** Adds the samples of a profile. @throws FormatError for an index out of range, a bad weight, a missing one. */
export function addSamples(stacks: StackProfile, columns: SampleColumns, part: ProfilePart): void {
  const { profile, place, frames, faults } = part;
  const { length, frames: indexes, ends, weights } = columns;
  if (weights.length !== length) {
    throw faults.at(`${place}.weights`, `expected one weight per sample (${length}), found ${weights.length}`);
  }
  const { contexts } = stacks;
  const begin = getField(profile, 'startValue');
  let time = typeof begin === 'number' && Number.isFinite(begin) ? begin : 0;
  // Contexts of the stack before, which is in `indexes` from `before` on.
  let path = new Int32Array(256);
  let before = 0;
  let depth = 0;
  let start = 0;
  const value = [0];
  for (let row = 0; row < length; row++) {
    const end = ends[row]!;
    const size = end - start;
    if (size > path.length) {
      const grown = new Int32Array(Math.max(size, path.length * 2));
      grown.set(path);
      path = grown;
    }
    const most = Math.min(size, depth);
    let at = 0;
    while (at < most && indexes[start + at] === indexes[before + at]) at++;
    const shared = at;
    let context: ContextIndex = at === 0 ? -1 : path[at - 1]!;
    for (; at < size; at++) {
      const index = indexes[start + at]!;
      if (index < 0 || index >= frames.length) {
        throw faults.at(
          `${place}.samples[${row}][${at}]`,
          `expected a frame from 0 to ${frames.length - 1}, found ${index}`,
        );
      }
      context = contexts.child(context, frames[index]!);
      path[at] = context;
    }
    const weight = weights[row]!;
    if (weight < 0) throw faults.at(`${place}.weights[${row}]`, `expected a number from 0 on, found ${weight}`);
    if (shared < size) refuseTooManyContexts(contexts.length, 'speedscope');
    value[0] = weight;
    stacks.addSample(context, time, value, shared);
    time += weight;
    before = start;
    depth = size;
    start = end;
  }
  if (length > 0) stacks.endSamples(time);
}
