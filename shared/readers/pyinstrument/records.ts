/**
 * Sessions: `frame_records: [[[identifier …, outermost first], seconds] …]` in order of time. The seconds of a record
 * are those since the record before, so it begins where that one ends.
 */
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { getField, JsonFaults, type JsonObject } from '../json-values.ts';
import { LineSums, Places } from '../line-sums.ts';
import { PYISESSION } from './format.ts';
import { type Identified, identify } from './identifier.ts';

const faults = new JsonFaults('pyisession', 'Record it again: pyinstrument -r session -o app.pyisession app.py');

/** The samples of a session. */
export function readRecords(session: JsonObject): Profile {
  const records = faults.array(getField(session, 'frame_records'), 'frame_records');
  const book = new FrameBook();
  const stacks = new StackProfile(book, { metrics: [{ name: 'time', unit: 'seconds' }], sampled: true });
  const known = new Map<string, Identified & { readonly place: number }>();
  const places = new Places();
  const sums = new LineSums(places, 1);
  let start = 0;
  records.forEach((value, at) => {
    const record = faults.array(value, `frame_records[${at}]`);
    const stack = faults.array(record[0], `frame_records[${at}][0]`);
    const seconds = faults.number(record[1], `frame_records[${at}][1]`);
    const frames: FrameIndex[] = [];
    const ran: number[] = [];
    for (const identifier of stack) {
      if (typeof identifier !== 'string') {
        throw faults.at(`frame_records[${at}][0]`, 'expected identifiers of frames as text');
      }
      let found = known.get(identifier);
      if (found === undefined) {
        const identified = identify(identifier, book);
        found = { ...identified, place: places.find(identified.frame, identified.ranLine) };
        known.set(identifier, found);
      }
      frames.push(found.frame);
      ran.push(found.place);
    }
    stacks.addSample(stacks.findStack(frames), start, [seconds]);
    refuseTooManyContexts(stacks.contexts.length, PYISESSION.id);
    sums.begin();
    for (let depth = ran.length - 1; depth >= 0; depth--) sums.add(ran[depth]!, [seconds], depth === ran.length - 1);
    start += seconds;
  });
  if (stacks.sampleCount > 0) stacks.endSamples(start);
  sums.finish(stacks, (frame) => book.fileOf(frame));
  return stacks.build();
}
