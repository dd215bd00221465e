/**
 * From what a pstats file says to a profile: rows become frames in the file's order, callers without a row of their
 * own become frames of unknown numbers after them.
 */
import { cutColumn } from '../../decode/columns.ts';
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { buildProfile, groupCalls } from '../../model/build.ts';
import type { CallTable, FunctionTable, Profile, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import type { NumberRows } from './rows.ts';
import { PstatsScan } from './scan.ts';
import { guessWriter } from './writer.ts';

/** What names and paths, written out per function, may fill. Real files, with paths shared by reference, stay below 4×. */
const FREE_NAME_BYTES = 32_000_000;
const MAX_NAME_RATIO = 8;

/** Reads a pstats file. @throws FormatError */
export function readPstats(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const size = source.bytes.length;
  const scan = new PstatsScan(source.bytes, notes);
  onStage('build');
  const hasCounts = scan.countedFunctions > 0 || scan.functions.length === 0;
  if (!hasCounts) {
    notes.remove('negative-count');
    notes.add(
      'no-counts',
      () => 'The file has no call counts (-1 everywhere): calls are unknown.',
      () => null,
    );
  }
  const profile = buildPstatsProfile(scan, hasCounts, notes);
  refuseEndlessNames(profile, size);
  addFileNotes(scan, size, source.trailingBytes, notes);
  return { format: 'pstats', writer: guessWriter(scan, hasCounts), profiles: [profile], warnings: notes.list() };
}

function buildPstatsProfile(scan: PstatsScan, hasCounts: boolean, notes: Notes): Profile {
  const { keys, functions, edges } = scan;
  const frameCount = addMissingCallers(scan, notes);
  const frames = {
    length: frameCount,
    name: new Int32Array(frameCount),
    file: new Int32Array(frameCount),
    line: new Int32Array(frameCount),
  };
  for (let frame = 0; frame < frameCount; frame++) {
    const key = functions.key[frame]!;
    frames.name[frame] = keys.name[key]!;
    frames.file[frame] = keys.file[key]!;
    frames.line[frame] = keys.line[key]!;
  }
  // From here on callers are rows instead of keys.
  const caller = cutColumn(edges.key, edges.length);
  for (let edge = 0; edge < edges.length; edge++) caller[edge] = keys.row[caller[edge]!]!;
  const calls: CallTable = {
    length: edges.length,
    caller,
    callee: cutColumn(edges.callee, edges.length),
    ...cutNumbers(edges),
  };
  return buildProfile({
    name: '',
    metrics: [{ name: 'time', unit: 'seconds' }],
    strings: scan.reader.strings.columns(),
    frames,
    functions: cutNumbers(functions),
    calls: scan.repeatedFunctions > 0 ? groupCalls(calls, frameCount) : calls,
    traits: { sampled: scan.isSampled, hasCounts },
  });
}

function cutNumbers({ calls, primitive, self, total, length }: NumberRows): FunctionTable {
  const all = cutColumn(calls, length);
  return {
    calls: all,
    primitiveCalls: primitive === calls ? all : cutColumn(primitive, length),
    self: [cutColumn(self, length)],
    total: [cutColumn(total, length)],
  };
}

/** Gives every caller that has no row one of unknown numbers; returns how many rows there are then. */
function addMissingCallers(scan: PstatsScan, notes: Notes): number {
  const { keys, functions, edges } = scan;
  if (keys.length === functions.length) return functions.length;
  for (let edge = 0; edge < edges.length; edge++) {
    const key = edges.key[edge]!;
    if (keys.row[key]! >= 0) continue;
    scan.addFunction(key, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    notes.add(
      'missing-caller',
      (count) =>
        count === 1
          ? '1 caller has no entry of its own: its numbers are unknown.'
          : `${count} callers have no entry of their own: their numbers are unknown.`,
      () => scan.describeKey(key),
    );
  }
  return functions.length;
}

/** A long name costs the file once and whoever shows the functions once each: a few megabytes could fill any memory. */
function refuseEndlessNames({ frames, strings }: Profile, size: number): void {
  const lengthOf = (text: number) => (text < 0 ? 0 : strings.end[text]! - strings.start[text]!);
  let bytes = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    bytes += lengthOf(frames.file[frame]!) + lengthOf(frames.name[frame]!);
  }
  if (bytes <= FREE_NAME_BYTES + MAX_NAME_RATIO * size) return;
  const megabytes = Math.ceil(bytes / 1e6);
  throw new FormatError(
    `pstats: the names of its functions fill ${megabytes} MB when written out, which no profile's do`,
    {
      format: 'pstats',
    },
  );
}

function addFileNotes(scan: PstatsScan, size: number, trailingGzip: number, notes: Notes): void {
  const { reader } = scan;
  if (reader.roundedCount > 0) {
    notes.add(
      'rounded-integer',
      (count) => `${count} ${count === 1 ? 'number is' : 'numbers are'} too large to be exact: rounded to 16 digits.`,
      () => null,
      reader.roundedCount,
    );
  }
  if (reader.strings.converted > 0) {
    notes.add(
      'odd-text',
      (count) => `${count} ${count === 1 ? 'name is' : 'names are'} not valid UTF-8: shown as well as can be.`,
      () => null,
      reader.strings.converted,
    );
  }
  const trailing = size - scan.end;
  if (trailing > 0) {
    notes.add(
      'trailing-bytes',
      (count) => `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the end of the profile: left out.`,
      () => `byte ${scan.end}`,
      trailing,
    );
  }
  if (trailingGzip > 0) {
    notes.add(
      'trailing-gzip-bytes',
      (count) => `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the compressed data: left out.`,
      () => null,
      trailingGzip,
    );
  }
}
