/**
 * `.lprof` files: one pickled LineStats with
 *
 *   { timings: { (file, first line, function): [(line, hits, time), …] }, unit: seconds }
 *
 * Time is counted in units (a microsecond in old versions, a nanosecond in new ones) and becomes seconds here. The time
 * of a line includes what it called; that of a recursive line counts what is nested again, as the tool does.
 */

import type { PickleRules } from '../../decode/pickle.ts';
import type { PickleValue } from '../../decode/pickle-values.ts';
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import { openPickle, type PickledProfile } from '../pickled.ts';
import type { StageHook } from '../reader.ts';
import { LPROF_CLASSES } from './format.ts';
import { toSeconds } from './units.ts';

/** Lines of all functions, written out: lists may be shared in a pickle. */
const MAX_ROWS = 1_000_000;

const RULES: PickleRules = {
  format: 'lprof',
  classes: new Set(LPROF_CLASSES.keys()),
  advice: 'Make the profile again: kernprof -l app.py',
};

/** Reads a `.lprof` file. @throws FormatError */
export function readLprof(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const pickled: PickledProfile = openPickle(source, RULES, notes);
  const { values, root } = pickled;
  const state = values.state(root);
  const writer = LPROF_CLASSES.get(values.className(root) ?? '');
  if (writer === undefined) pickled.fail('an instance of LineStats', root);
  const unit = values.number(values.get(state, 'unit'));
  if (!(unit > 0 && unit < Number.POSITIVE_INFINITY)) {
    pickled.fail('the timer’s unit in seconds', values.get(state, 'unit'));
  }
  const timings = values.get(state, 'timings');
  const entries = values.entries(timings) ?? pickled.fail('a dict of functions', timings);

  const book = new FrameBook();
  const lines = new LineBuilder(1);
  const functions = new Map<FrameIndex, { total: [number] }>();
  let rows = 0;
  for (let at = 0; at < entries.length; at += 2) {
    const frame = readFunction(pickled, book, entries[at]!);
    const list = entries[at + 1]!;
    const count = values.list(list)?.length ?? values.tupleLength(list);
    if (count < 0) pickled.fail('a list of lines', list);
    rows += count;
    if (rows > MAX_ROWS) pickled.failTooMany(`${MAX_ROWS} lines`);
    let ticks = 0;
    for (let row = 0; row < count; row++) {
      const value = values.list(list)?.[row] ?? values.item(list, row);
      const { line, hits, time } = readRow(pickled, value, notes);
      if (!Number.isNaN(time)) ticks += time;
      lines.add(frame, book.fileOf(frame), line, { calls: hits, values: [toSeconds(time, unit)] });
    }
    functions.set(frame, { total: [(functions.get(frame)?.total[0] ?? 0) + toSeconds(ticks, unit)] });
  }
  if (functions.size === 0) {
    notes.add(
      'no-functions',
      () => 'No function was marked to be profiled: the file holds none.',
      () => null,
    );
  }
  onStage('build');
  const profile = buildPlainProfile(book, { metrics: [{ name: 'time', unit: 'seconds' }], lines, functions });
  return {
    format: 'lprof',
    writer,
    profiles: [profile],
    warnings: notes.list(),
    about: [['timer unit', `${unit} s`]],
  };
}

function readFunction(pickled: PickledProfile, book: FrameBook, key: PickleValue): FrameIndex {
  const { values } = pickled;
  if (values.tupleLength(key) !== 3) pickled.fail('a function as (file, line, name)', key);
  const file = values.text(values.item(key, 0)) ?? pickled.fail('the file of a function', values.item(key, 0));
  const name = values.text(values.item(key, 2)) ?? pickled.fail('the name of a function', values.item(key, 2));
  return book.frame(name, file, readLine(pickled, values.item(key, 1)));
}

function readLine(pickled: PickledProfile, value: PickleValue): number {
  const line = pickled.values.number(value);
  if (line !== (line | 0)) pickled.fail('the number of a line', value);
  return line;
}

interface Row {
  readonly line: number;
  /** NaN: not known. */
  readonly hits: number;
  /** In units of the timer; NaN: not known. */
  readonly time: number;
}

function readRow(pickled: PickledProfile, row: PickleValue, notes: Notes): Row {
  const { values } = pickled;
  if (values.tupleLength(row) < 3) pickled.fail('a line as (line, hits, time)', row);
  const line = readLine(pickled, values.item(row, 0));
  const hits = values.number(values.item(row, 1));
  const time = values.number(values.item(row, 2));
  const isCounted = hits >= 0 && hits < Number.POSITIVE_INFINITY;
  const isTimed = Number.isFinite(time);
  if (!isCounted || !isTimed) {
    notes.add(
      'odd-number',
      (count) => `${count} ${count === 1 ? 'line has' : 'lines have'} hits or a time that cannot be: unknown.`,
      () => `line ${line}`,
    );
  }
  return { line, hits: isCounted ? hits : Number.NaN, time: isTimed ? time : Number.NaN };
}
