/**
 * Binary files by their first bytes: profiles of other tools, and what is opened by mistake.
 */
import { describeMarshalType, MarshalType } from '../../decode/marshal-types.ts';
import { otherKind, profileKind, type Recognized } from './recognized.ts';

const PERF_ADVICE = 'Run `perf script` first: perf script > app.perf.txt';

/** Magic bytes at the start, as text with escapes. */
const MAGIC: readonly [string, Recognized][] = [
  [
    'memray',
    profileKind('memray', 'a memray capture file', 'Export it: memray flamegraph FILE, or memray transform csv FILE'),
  ],
  ['PERFILE2', profileKind('perf-data', 'a raw perf.data file', PERF_ADVICE)],
  ['PERFFILE', profileKind('perf-data', 'a raw perf.data file', PERF_ADVICE)],
  [
    'gmon',
    profileKind('gmon', 'a gprof data file (gmon.out)', 'Print its report: gprof PROGRAM gmon.out > app.gprof.txt'),
  ],
  [
    'hotshot',
    profileKind(
      'hotshot',
      'a log of Python 2’s hotshot profiler',
      'Convert it with Python 2: hotshot.stats.load(FILE).dump_stats("app.prof")',
    ),
  ],
  ['Nettrace', profileKind('nettrace', 'a .NET trace', 'Convert it: dotnet-trace convert --format Speedscope FILE')],
  ['FLR\0', profileKind('jfr', 'a Java Flight Recorder file')],
  ['SQLite format 3', otherKind('sqlite', 'an SQLite database (coverage.py and Nsight write those)')],
  ['PK\x03\x04', otherKind('zip', 'a zip archive', 'Unpack it and open the profile inside')],
  ['PK\x05\x06', otherKind('zip', 'an empty zip archive')],
  ['\x7fELF', otherKind('elf', 'an ELF program or library')],
  ['MZ', otherKind('exe', 'a Windows program')],
  ['\xcf\xfa\xed\xfe', otherKind('mach-o', 'a macOS program or library')],
  ['\xff\xd8\xff', otherKind('jpeg', 'a JPEG picture')],
  ['\x89PNG', otherKind('png', 'a PNG picture')],
  ['GIF8', otherKind('gif', 'a GIF picture')],
  ['%PDF', otherKind('pdf', 'a PDF document')],
  ['BZh', otherKind('bzip2', 'a bzip2 archive', 'Unpack it first: bunzip2 FILE')],
  ['\xfd7zXZ', otherKind('xz', 'an xz archive', 'Unpack it first: unxz FILE')],
];

function startsWith(bytes: Uint8Array, magic: string): boolean {
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** True when a byte never stands in text: control characters but tab, line ends, form feed and escape. */
export function isControl(byte: number): boolean {
  return (
    byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b && byte !== 0x07
  );
}

/** A kind that magic bytes tell, or null. Asked before text is looked at. */
export function recognizeMagic(bytes: Uint8Array): Recognized | null {
  const found = MAGIC.find(([magic]) => startsWith(bytes, magic));
  if (found !== undefined) return found[1];
  if (/^go 1\.\d{1,3} trace\0/.test(String.fromCharCode(...bytes.subarray(0, 20)))) {
    return profileKind(
      'go-trace',
      'an execution trace of Go',
      'Take a profile out of it: go tool trace -pprof=sched FILE > app.pb.gz',
    );
  }
  // Magic of a .pyc: a version number, then \r\n; a code object follows 8, 12 or 16 bytes in.
  if (bytes[2] === 0x0d && bytes[3] === 0x0a && [8, 12, 16].some((at) => (bytes[at]! & 0x7f) === MarshalType.code)) {
    return otherKind('pyc', 'compiled Python (.pyc)', 'Profile the program: python -m cProfile -o app.prof app.py');
  }
  return null;
}

/** True when the bytes are one marshalled value that is no dict, as far as the first ones tell. */
export function isMarshal(bytes: Uint8Array): boolean {
  const type = bytes[0]! & 0x7f;
  switch (type) {
    case MarshalType.code:
      return bytes.length > 5 && bytes[4] === 0;
    case MarshalType.int:
      return bytes.length === 5;
    case MarshalType.float:
      return bytes.length === 9;
    case MarshalType.smallTuple:
      return bytes.length > 2 && (bytes[0]! >= 0x80 || isControl(bytes[1]!));
    case MarshalType.tuple:
    case MarshalType.list:
    case MarshalType.set:
    case MarshalType.frozenSet:
    case MarshalType.string:
    case MarshalType.interned:
    case MarshalType.unicode:
    case MarshalType.long:
      // A length follows whose last byte is small, or says how wrong it is. None of these bytes stands in text.
      return bytes.length >= 5 && (bytes[4]! <= 1 || bytes[4] === 0x7f || bytes[4] === 0xff);
    default:
      return false;
  }
}

function hex(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The kind of a binary file without magic bytes. */
export function recognizeBinary(bytes: Uint8Array): Recognized {
  if (bytes.every((byte) => byte === 0)) {
    return otherKind(
      'zeros',
      `nothing but zeros (${bytes.length} of ${bytes.length} bytes)`,
      'The file was not written to its end: make it again',
    );
  }
  if (isMarshal(bytes)) {
    const what = `${describeMarshalType(bytes[0]! & 0x7f)} in Python’s marshal format`;
    return { ...otherKind('marshal', what), found: ' (a pstats file is a dict of functions)' };
  }
  return {
    ...otherKind('binary', 'binary data'),
    found: ` that starts with the bytes ${hex(bytes)}`,
  };
}
