/**
 * speedscope files: `shared.frames`, and profiles that point into them, either sampled (stacks with weights, root
 * first) or evented (frames opened and closed). Both are in the order of time.
 *
 *   { shared: { frames: [{ name, file?, line?, col? }] },
 *     profiles: [{ type, name, unit, startValue, endValue, samples + weights | events }] }
 *
 * The format has rules (closes in the order of opens, indexes in range, one weight per sample); a file that breaks one
 * is refused, as speedscope does.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { PlaceNames } from '../column-names.ts';
import { asText, describeValue, getField, JsonFaults } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { type SampleColumns, takeColumns } from './columns.ts';
import { addEvents } from './events.ts';
import { SPEEDSCOPE } from './format.ts';
import type { ProfilePart } from './part.ts';
import { addSamples } from './samples.ts';
import { scanSamples } from './scan.ts';

const UNITS = new Map<string, Metric>([
  ['none', { name: 'weight', unit: 'count' }],
  ['bytes', { name: 'memory', unit: 'bytes' }],
  ['nanoseconds', { name: 'time', unit: 'nanoseconds' }],
  ['microseconds', { name: 'time', unit: 'microseconds' }],
  ['milliseconds', { name: 'time', unit: 'milliseconds' }],
  ['seconds', { name: 'time', unit: 'seconds' }],
]);

const faults = new JsonFaults('speedscope', 'Export the profile again, or check it against the schema of speedscope');

/** Reads speedscope files of every version. */
export const speedscopeReader: Reader = {
  ...SPEEDSCOPE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const { json, columns } = parse(source);
    const root = faults.object(json, 'file');
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const shared = faults.object(getField(root, 'shared'), 'shared');
    const frames = readFrames(book, faults.array(getField(shared, 'frames'), 'shared.frames'));
    const list = faults.array(getField(root, 'profiles'), 'profiles');
    if (list.length === 0) throw faults.at('profiles', 'the file holds no profile');
    const exporter = asText(getField(root, 'exporter'));
    // py-spy names the line that was running.
    const linesRan = exporter.startsWith('py-spy');
    const profiles = list.map((each, at) =>
      readProfile(
        book,
        { profile: faults.object(each, `profiles[${at}]`), place: `profiles[${at}]`, frames, faults, notes },
        columns.get(at),
        linesRan,
      ),
    );
    const name = asText(getField(root, 'name'));
    return {
      format: 'speedscope',
      writer: exporter === '' ? null : exporter.replace('@', ' '),
      profiles: profiles.map((stacks) => stacks.build()),
      warnings: notes.list(),
      about: [...(name === '' ? [] : [['name', name] as const]), ['frames', String(frames.length)]],
    };
  },
};

function readFrames(book: FrameBook, list: readonly unknown[]): Int32Array {
  const names = new PlaceNames(book, list.length);
  list.forEach((each, at) => {
    const frame = faults.object(each, `shared.frames[${at}]`);
    const name = getField(frame, 'name');
    if (typeof name !== 'string') throw faults.at(`shared.frames[${at}]`, 'a frame has no name');
    names.add(name, asText(getField(frame, 'file')), asPlace(getField(frame, 'line')), asPlace(getField(frame, 'col')));
  });
  return names.frames();
}

function asPlace(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31 ? value : 0;
}

/** The file as JSON, its samples apart where they could be read on their own. */
function parse(source: Source): { readonly json: unknown; readonly columns: ReadonlyMap<number, SampleColumns> } {
  const scanned = scanSamples(source.bytes);
  if (scanned !== null) {
    try {
      return { json: JSON.parse(scanned.rest), columns: scanned.columns };
    } catch {
      // What is wrong, and where, is said about the file as it is.
    }
  }
  return { json: source.json('speedscope'), columns: new Map() };
}

function readProfile(
  book: FrameBook,
  part: ProfilePart,
  columns: SampleColumns | undefined,
  linesRan: boolean,
): StackProfile {
  const { profile, place, notes } = part;
  const type = getField(profile, 'type');
  const unit = asText(getField(profile, 'unit'));
  const metric = UNITS.get(unit);
  if (metric === undefined && unit !== '') {
    notes.add(
      'unknown-unit',
      () => `The unit ${describeValue(unit)} is not one of speedscope’s: its values are shown as plain numbers.`,
      () => place,
    );
  }
  const stacks = new StackProfile(book, {
    name: asText(getField(profile, 'name')),
    metrics: [metric ?? UNITS.get('none')!],
    sampled: type === 'sampled',
    linesRan,
  });
  if (type === 'sampled') addSamples(stacks, columns ?? takeColumns(profile, place, faults), part);
  else if (type === 'evented') addEvents(stacks, part);
  else throw faults.at(`${place}.type`, `expected "sampled" or "evented", found ${describeValue(type)}`);
  return stacks;
}
