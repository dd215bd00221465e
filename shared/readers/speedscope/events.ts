/** Evented profiles: frames are opened and closed, the last opened first. */
import type { StackProfile } from '../../model/stack-profile.ts';
import { CallTimeline } from '../call-timeline.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { describeValue, getField } from '../json-values.ts';
import type { ProfilePart } from './part.ts';

/** Adds the events of a profile. @throws FormatError for events out of order, a frame closed that is not the last. */
export function addEvents(stacks: StackProfile, { profile, place, frames, faults, notes }: ProfilePart): void {
  const events = faults.array(getField(profile, 'events'), `${place}.events`);
  const timeline = new CallTimeline(stacks);
  let last = Number.NEGATIVE_INFINITY;
  const open: number[] = [];
  for (let row = 0; row < events.length; row++) {
    const where = () => `${place}.events[${row}]`;
    const event = events[row] as { type?: unknown; frame?: unknown; at?: unknown } | null;
    if (typeof event !== 'object' || event === null || Array.isArray(event))
      throw faults.at(where(), 'expected an event');
    const { type, frame: index, at } = event;
    if (typeof at !== 'number' || !Number.isFinite(at)) {
      throw faults.at(where(), `expected a time as "at", found ${describeValue(at)}`);
    }
    if (at < last) throw faults.at(where(), `the time ${at} comes after ${last}: events have to be in order`);
    last = at;
    if (typeof index !== 'number' || !(index >= 0 && index < frames.length) || !Number.isInteger(index)) {
      throw faults.at(where(), `expected a frame from 0 to ${frames.length - 1}, found ${describeValue(index)}`);
    }
    if (type === 'O') {
      if (!timeline.open(frames[index]!, at)) throw faults.at(where(), 'calls are nested too deeply');
      open.push(index);
      refuseTooManyContexts(stacks.contexts.length, 'speedscope');
    } else if (type === 'C') {
      const top = open.pop();
      if (top !== index) {
        const found = top === undefined ? 'no frame is open' : `frame ${top} is the innermost open one`;
        throw faults.at(where(), `frame ${index} is closed, but ${found}`);
      }
      timeline.close(at);
    } else throw faults.at(where(), `expected the type "O" or "C", found ${describeValue(type)}`);
  }
  const end = getField(profile, 'endValue');
  const left = timeline.finish(typeof end === 'number' && end > last ? end : last);
  if (left === 0) return;
  notes.add(
    'left-open',
    (count) => `${count} ${count === 1 ? 'frame is' : 'frames are'} never closed: shown as running to the end.`,
    () => place,
    left,
  );
}
