/**
 * A profile group in few bytes, bit for bit the same when it is unpacked: for lines so slow that sending costs more
 * than working. Brotli or gzip is to follow: what is done here is to say little, and alike things together.
 *
 *   facts     JSON (compact-head.ts)
 *   profiles  each: graph, counts, times in each metric, frames (compact-model.ts), text
 *
 * Each of these is a part of its own (compact-streams.ts): one is packed while the one before is on its way, and
 * unpacked while the next one is; what is left to be done after the last byte is little. With the frames come the
 * lengths of the strings. Strings that are some frame's file are paths, and all others names; each kind is one text
 * without marks in between, in the order of the strings.
 *
 * From the bytes up: streams; integers, doubles and clocks (ways to write a number); numbers and columns (a row beside
 * what is expected of it); order and model (what is expected); head; this.
 */
import { checkProfile } from '../model/check.ts';
import type { CallTable, FrameTable, Profile, ProfileGroup } from '../model/profile.ts';
import type { StringTable } from '../model/strings.ts';
import { CLOCKS } from './compact-clocks.ts';
import { type Coder, CoderReader, CoderWriter } from './compact-columns.ts';
import { headOf, type ProfileHead, readHead, writeHead } from './compact-head.ts';
import { codeCounts, codeFrames, codeGraph, codeTimes } from './compact-model.ts';
import { compactError, joinBytes, PARTS_START, PartCutter, StreamsReader, StreamsWriter } from './compact-streams.ts';

/** True for groups of call graphs alone: the compact form knows no other table. */
export function isCompactable({ profiles, about }: ProfileGroup): boolean {
  return (
    about === undefined &&
    profiles.every(
      ({ contexts, lines, series, spans, measurements, traits }) =>
        (contexts ?? lines ?? series ?? spans ?? measurements) === undefined && traits.linesRan !== true,
    )
  );
}

/** Packs a group that is compactable, of which nothing changes, part by part. Cost: linear in its tables. */
export function* encodeCompact(group: ProfileGroup): Generator<Uint8Array<ArrayBuffer>, void> {
  const head = headOf(group);
  const facts = new StreamsWriter();
  facts.open().append(writeHead(head));
  yield facts.join(PARTS_START);
  for (const [index, profile] of group.profiles.entries()) yield* writeProfile(profile, head.profiles[index]!);
}

/**
 * Unpacks what `encodeCompact` packed, as it comes. Memory stays below a fixed multiple of the bytes, whatever they
 * claim. Anything else is a FormatError, thrown by whichever call finds it.
 */
export class CompactReader {
  private readonly cutter = new PartCutter();
  private readonly reading = readGroup();
  private group: ProfileGroup | null = null;

  constructor() {
    this.reading.next();
  }

  /** Takes the next bytes and unpacks what they complete. They are looked at later, too. */
  push(bytes: Uint8Array): void {
    for (const part of this.cutter.push(bytes)) {
      if (this.group !== null) throw compactError('it goes on after the last profile');
      const { done, value } = this.reading.next(new StreamsReader(part));
      if (done) this.group = value;
    }
  }

  /** The group, after its last bytes. */
  finish(): ProfileGroup {
    this.cutter.finish();
    if (this.group === null) throw compactError('it ends before the last profile');
    return this.group;
  }
}

function* writeProfile(profile: Profile, head: ProfileHead): Generator<Uint8Array<ArrayBuffer>, void> {
  let coder = new CoderWriter();
  const first = codeGraph(coder, profile, countCallers(profile.calls, head.frames));
  yield coder.finish();
  coder = new CoderWriter();
  const all = codeCounts(coder, profile, first);
  yield coder.finish();
  for (const [metric, clock] of head.clocks.entries()) {
    coder = new CoderWriter();
    codeTimes(coder, profile, metric, CLOCKS[clock]!, { first, all });
    yield coder.finish();
  }
  coder = new CoderWriter();
  const { start, end, bytes } = profile.strings;
  const lengths = start.map((from, index) => end[index]! - from);
  codeFrames(coder, profile, first);
  codeLengths(coder, lengths);
  yield coder.finish();
  const isPath = markPaths(profile.frames, lengths.length);
  const text = new StreamsWriter();
  const paths = text.open();
  const names = text.open();
  for (let index = 0; index < lengths.length; index++) {
    (isPath[index] ? paths : names).append(bytes.subarray(start[index], end[index]));
  }
  yield text.join();
}

/** Reads a group; `yield` asks for the next part. */
function* readGroup(): Generator<undefined, ProfileGroup, StreamsReader> {
  const facts: StreamsReader = yield;
  const { format, writer, warnings, profiles } = readHead(facts.open('facts').takeAll());
  const read: Profile[] = [];
  for (const head of profiles) read.push(yield* readProfile(head));
  return { format, writer, profiles: read, warnings };
}

function* readProfile(head: ProfileHead): Generator<undefined, Profile, StreamsReader> {
  const { name, metrics, traits, strings: stringCount, frames: frameCount, calls: callCount } = head;
  const rows = frameCount + callCount;
  let coder = begin(yield, rows);
  const callerCounts = new Int32Array(frameCount);
  const caller = new Int32Array(callCount);
  const first = codeGraph(
    coder,
    { frames: { length: frameCount }, calls: { length: callCount, caller } },
    callerCounts,
  );
  coder = begin(yield, 2 * rows);
  const functions = makeNumbers(frameCount);
  const calls = { length: callCount, caller, callee: listCallees(first, callCount), ...makeNumbers(callCount) };
  const all = codeCounts(coder, { functions, calls }, first);
  for (const clock of head.clocks) {
    coder = begin(yield, 2 * rows);
    const metric = functions.self.length;
    for (const numbers of [functions, calls]) {
      numbers.self.push(new Float64Array(numbers.calls.length));
      numbers.total.push(new Float64Array(numbers.calls.length));
    }
    codeTimes(coder, { functions, calls }, metric, CLOCKS[clock]!, { first, all });
  }
  coder = begin(yield, 3 * frameCount + stringCount);
  const frames = {
    length: frameCount,
    name: new Int32Array(frameCount),
    file: new Int32Array(frameCount),
    line: new Int32Array(frameCount),
  };
  codeFrames(coder, { strings: { length: stringCount }, frames, calls }, first);
  const lengths = new Int32Array(stringCount);
  codeLengths(coder, lengths);
  const isPath = markPaths(frames, stringCount);
  const text: StreamsReader = yield;
  const strings = readStrings(text.open('paths').takeAll(), text.open('names').takeAll(), lengths, isPath);
  const profile: Profile = { name, metrics, strings, frames, functions, calls, traits };
  try {
    checkProfile(profile);
  } catch (cause) {
    throw compactError(cause instanceof Error ? cause.message : String(cause));
  }
  return profile;

  function begin(part: StreamsReader, claimed: number): Coder {
    part.claim(claimed);
    return new CoderReader(part);
  }
}

function codeLengths(coder: Coder, lengths: Int32Array): void {
  const column = coder.integers('lengths of strings', lengths, 0, 2 ** 31);
  for (let index = 0; index < lengths.length; index++) column.code(index, 0);
}

/** Callees by call; `first` is what the graph gave. */
function listCallees(first: Int32Array, callCount: number): Int32Array {
  const callee = new Int32Array(callCount);
  for (let frame = 0; frame + 1 < first.length; frame++) callee.fill(frame, first[frame], first[frame + 1]);
  return callee;
}

function countCallers({ callee, length }: CallTable, frameCount: number): Int32Array {
  const counts = new Int32Array(frameCount);
  for (let call = 0; call < length; call++) {
    // Not written anywhere: rows in another order would come back in this one.
    if (call > 0 && callee[call]! < callee[call - 1]!)
      throw new Error('encodeCompact: calls are in the order of callees');
    counts[callee[call]!]!++;
  }
  return counts;
}

function markPaths(frames: FrameTable, stringCount: number): Uint8Array {
  const isPath = new Uint8Array(stringCount);
  for (let frame = 0; frame < frames.length; frame++) isPath[frames.file[frame]!] = 1;
  return isPath;
}

function readStrings(paths: Uint8Array, names: Uint8Array, lengths: Int32Array, isPath: Uint8Array): StringTable {
  const bytes = joinBytes([paths, names]);
  const length = lengths.length;
  const strings = { length, bytes, start: new Int32Array(length), end: new Int32Array(length) };
  let path = 0;
  let name = paths.length;
  for (let index = 0; index < lengths.length; index++) {
    const from = isPath[index] ? path : name;
    const to = from + lengths[index]!;
    if (to > bytes.length) throw compactError(`string ${index} ends ${to - bytes.length} bytes after the last one`);
    strings.start[index] = from;
    strings.end[index] = to;
    if (isPath[index]) path = to;
    else name = to;
  }
  if (path !== paths.length || name !== bytes.length) throw compactError('the strings are not as long as their text');
  return strings;
}

/** Room for the numbers of so many rows; that for times is made as they come. */
function makeNumbers(length: number) {
  const self: Float64Array[] = [];
  const total: Float64Array[] = [];
  return { calls: new Float64Array(length), primitiveCalls: new Float64Array(length), self, total };
}
