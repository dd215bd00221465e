/**
 * A profile group in few bytes, bit for bit the same when it is unpacked: for lines so slow that sending costs more
 * than working. Brotli or gzip is to follow: what is done here is to say little, and alike things together.
 *
 *   facts     JSON (compact-head.ts)
 *   profiles  each: columns (compact-columns.ts), then paths, names
 *
 * all of them streams (compact-streams.ts). The columns are, in this order: graph, frames, numbers (compact-model.ts),
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
import { codeFrames, codeGraph, codeNumbers, type Draft } from './compact-model.ts';
import { compactError, StreamsReader, StreamsWriter } from './compact-streams.ts';

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

/** Packs a group that is compactable, of which nothing changes. Cost: linear in its tables. */
export function encodeCompact(group: ProfileGroup): Uint8Array<ArrayBuffer> {
  const head = headOf(group);
  const streams = new StreamsWriter();
  streams.open().append(writeHead(head));
  group.profiles.forEach((profile, index) => {
    writeProfile(streams, profile, head.profiles[index]!);
  });
  return streams.join();
}

/**
 * Unpacks what `encodeCompact` packed. Memory stays below a fixed multiple of the bytes, whatever they claim.
 *
 * @throws FormatError for anything else.
 */
export function decodeCompact(bytes: Uint8Array): ProfileGroup {
  const streams = new StreamsReader(bytes);
  const { format, writer, warnings, profiles } = readHead(streams.open('facts').takeAll(), bytes.length);
  return { format, writer, profiles: profiles.map((head) => readProfile(streams, head)), warnings };
}

function writeProfile(streams: StreamsWriter, profile: Profile, head: ProfileHead): void {
  const coder = new CoderWriter(streams);
  const { start, end, bytes } = profile.strings;
  const lengths = start.map((from, index) => end[index]! - from);
  codeColumns(coder, profile, countCallers(profile.calls, head.frames), lengths, head);
  coder.finish();
  const isPath = markPaths(profile.frames, lengths.length);
  const paths = streams.open();
  const names = streams.open();
  for (let index = 0; index < lengths.length; index++) {
    (isPath[index] ? paths : names).append(bytes.subarray(start[index], end[index]));
  }
}

function readProfile(streams: StreamsReader, head: ProfileHead): Profile {
  const coder = new CoderReader(streams);
  const draft: Draft = {
    strings: makeStrings(head.strings, new Uint8Array()),
    frames: {
      length: head.frames,
      name: new Int32Array(head.frames),
      file: new Int32Array(head.frames),
      line: new Int32Array(head.frames),
    },
    functions: makeNumbers(head, head.frames),
    calls: {
      length: head.calls,
      caller: new Int32Array(head.calls),
      callee: new Int32Array(head.calls),
      ...makeNumbers(head, head.calls),
    },
  };
  const lengths = new Int32Array(head.strings);
  const first = codeColumns(coder, draft, new Int32Array(head.frames), lengths, head);
  const { callee } = draft.calls;
  for (let frame = 0; frame < head.frames; frame++) {
    for (let call = first[frame]!; call < first[frame + 1]!; call++) callee[call] = frame;
  }
  const paths = streams.open('paths').takeAll();
  const names = streams.open('names').takeAll();
  const { name, metrics, traits } = head;
  const strings = readStrings(paths, names, lengths, markPaths(draft.frames, head.strings));
  const profile: Profile = { name, metrics, ...draft, strings, traits };
  try {
    checkProfile(profile);
  } catch (cause) {
    throw compactError(cause instanceof Error ? cause.message : String(cause));
  }
  return profile;
}

/** All columns of a profile, to be written or to be filled in; returns what the graph gives. */
function codeColumns(
  coder: Coder,
  draft: Draft,
  callerCounts: Int32Array,
  lengths: Int32Array,
  head: ProfileHead,
): Int32Array {
  const clocks = head.clocks.map((clock) => CLOCKS[clock]!);
  const first = codeGraph(coder, draft, callerCounts);
  codeFrames(coder, draft, first);
  codeNumbers(coder, draft, clocks, first);
  const column = coder.integers('lengths of strings', lengths, 0, 2 ** 31);
  for (let index = 0; index < lengths.length; index++) column.code(index, 0);
  return first;
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
  const bytes = new Uint8Array(paths.length + names.length);
  bytes.set(paths);
  bytes.set(names, paths.length);
  const strings = makeStrings(lengths.length, bytes);
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

function makeStrings(length: number, bytes: Uint8Array): StringTable {
  return { length, bytes, start: new Int32Array(length), end: new Int32Array(length) };
}

function makeNumbers({ metrics }: ProfileHead, length: number): Profile['functions'] {
  return {
    calls: new Float64Array(length),
    primitiveCalls: new Float64Array(length),
    self: metrics.map(() => new Float64Array(length)),
    total: metrics.map(() => new Float64Array(length)),
  };
}
