/** Every bad file and what is said of it: one long list, so that a file without a sentence is seen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { FormatError, type ProfileWarning, UnknownFormatError } from '../errors.ts';
import { checkProfile } from '../model/check.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { corpusDir, eachSample, readCorpusFile } from '../testing/corpus.ts';
import { sumKnown, viewAsPstats } from '../testing/pstats-view.ts';
import { loadReader, readBytes } from './index.ts';

/** Time that any bad file may take. Each needs a hundredth of it on an idle machine. */
const LIMIT_MS = 20_000;

/** Pattern of a file's name, and what its message says: what was found, and where. `$1` is the first group's text. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  // Cut, damaged and misshapen pstats files.
  [
    /^truncated-pstats-1\.prof$/,
    'pstats byte 1: the file ends here, but a function or the end of the profile was expected; it was cut short',
  ],
  [
    /^truncated-pstats-5\.prof$/,
    'pstats byte 3: expected the file of a function, found the start of a value of 1 byte where 0 bytes are left: the file was cut short',
  ],
  [
    /^truncated-pstats_py27-10889\.prof$/,
    'pstats byte 10859: expected the file of a function, found the start of a value of 56 bytes where 25 bytes are left: the file was cut short',
  ],
  [/^truncated-pstats(?:_py\d+)?-(\d+)\.prof$/, 'pstats byte $1: the file ends here, but '],
  [
    /^bitflips-pstats\.prof$/,
    'pstats byte 58: expected the numbers of a function as (calls, calls, time, time, callers), found the start of a value of 87451909 items where 31815 bytes are left',
  ],
  [/^one-byte\.prof$/, 'pstats byte 1: the file ends here, but a function or the end of the profile was expected'],
  [/^marshal-bad-long-digit\.prof$/, 'pstats byte 6: expected the name of a mark, found an int'],
  [
    /^marshal-bad-ref\.prof$/,
    'pstats byte 1: expected a function as (file, line, name), found a reference to value 64 of 0',
  ],
  [/^marshal-huge-dict-string\.prof$/, 'pstats byte 1: expected a function as (file, line, name), found a byte string'],
  [/^marshal-none-keys\.prof$/, 'pstats byte 1: expected a function as (file, line, name), found None'],
  [
    /^marshal-short-tuple\.prof$/,
    'pstats byte 17: expected the numbers of a function as (calls, calls, time, time, callers), found a tuple of 3',
  ],
  [/^marshal-wrong-types\.prof$/, 'pstats byte 9: expected the line of a function, found a string'],
  // Marshal that is no dict.
  [
    /^marshal-(int|huge-long)\.prof$/,
    'This is an int in Python’s marshal format (a pstats file is a dict of functions), not a profile',
  ],
  [/^marshal-(list|deep-100k)\.prof$/, 'This is a list in Python’s marshal format'],
  [/^marshal-(huge-tuple|deep-tuples-100k|self-ref)\.prof$/, 'This is a tuple in Python’s marshal format'],
  [/^marshal-negative-length\.prof$/, 'This is a byte string in Python’s marshal format'],
  [/^marshal-code-object\.prof$/, 'This is a code object in Python’s marshal format'],
  // gzip.
  [/^truncated-pprof-1\.gz$/, 'This is binary data that starts with the bytes 1f, not a profile'],
  [/^truncated-pprof-(\d+)\.gz$/, 'gzip byte $1: the file ends before its packed data does, so it was cut short'],
  [/^bitflips-pprof\.gz$/, 'gzip byte 3328: the checksum does not match what was unpacked, so the file is damaged'],
  [/^gzip-bomb-100MB-(json\.json|zeros\.pb)\.gz$/, 'the file unpacks to more than 200 times its size'],
  // Nothing at all.
  [/^empty\.(prof|json)$/, 'The file is empty (0 bytes)'],
  [/^whitespace\.txt$/, 'The file holds nothing but blanks'],
  [/^nul\.bin$/, 'This is nothing but zeros (4096 of 4096 bytes), not a profile'],
  [/^truncated-vmprof-([15])\.vmprof$/, 'This is nothing but zeros ($1 of $1 bytes), not a profile'],
  [/^truncated-mojo-1\.mojo$/, 'This is text that starts with "M" (line 1), not a profile'],
  [/^truncated-lprof-1\.lprof$/, 'This is binary data that starts with the bytes 80, not a profile'],
  [/^wrong-magic-/, 'This is binary data that starts with the bytes de ad be ef '],
  // Not a profile.
  [/^archive\.zip$/, 'This is an empty zip archive, not a profile'],
  [/^elf\.prof$/, 'This is an ELF program or library, not a profile'],
  [/^photo\.jpg$/, 'This is a JPEG picture, not a profile'],
  [/^sqlite\.prof$/, 'This is an SQLite database (coverage.py and Nsight write those), not a profile'],
  [/^pyc-file\.pyc$/, 'This is compiled Python (.pyc), not a profile'],
  [/^python-source\.(py|prof)$/, 'This is Python source, not a profile'],
  [/^numbers\.csv$/, 'This is a table of comma-separated values, not a profile'],
  [/^readme\.txt$/, 'This is text that starts with "This is a readme; it has 3" (line 1), not a profile'],
  [/^plop-deep\.plop$/, 'This is text that starts with "(((('],
  [/^xml-entity-bomb\.svg$/, 'This is an SVG picture, not a profile'],
  // Pickles: a foreign global is named, nothing is run.
  [/^evil-os-system-p[05]\.lprof$/, 'This is a Python pickle that wants to call posix.system (nothing in it was run)'],
  [
    /^evil-builtins-eval\.tracemalloc$/,
    'This is a Python pickle that wants to call builtins.eval (nothing in it was run)',
  ],
  [/^evil-copyreg\.lprof$/, 'This is a Python pickle that wants to call os.system (nothing in it was run)'],
  [
    /^evil-inside-linestats\.lprof$/,
    'lprof byte 116: the pickle wants to call posix.system, which no profile needs (nothing in it was run)',
  ],
  [/^pickle-huge-long\.lprof$/, 'This is a Python pickle that breaks off at byte 9, not a profile'],
  [/^pickle-huge-string\.lprof$/, 'This is a Python pickle that breaks off at byte 15, not a profile'],
  [/^pickle-no-stop\.lprof$/, 'This is a Python pickle that breaks off at byte 3, not a profile'],
  [/^truncated-lprof-5\.lprof$/, 'This is a Python pickle that breaks off at byte 5, not a profile'],
  [/^pickle-/, 'This is a Python pickle, not a profile'],
  [/^truncated-lprof-(\d+)\.lprof$/, 'lprof byte $1: the file ends here, but the pickle goes on: it was cut short'],
  [/^truncated-tracemalloc-(\d+)\.tracemalloc$/, 'tracemalloc byte $1: the file ends here, but the pickle goes on'],
  [/^truncated-ystat-(\d+)\.ystat$/, 'yappi-ystat byte $1: the file ends here, but the pickle goes on'],
  [/^bitflips-lprof\.lprof$/, 'lprof'],
  // Profiles of formats that are not read; where JSON breaks off is said.
  // vmprof, MOJO, Python's sampling profiler, pprof, Firefox: where it breaks off or makes no sense.
  [
    /^truncated-vmprof-39414/,
    'vmprof byte 39329: expected a stack of 152 bytes where 85 bytes are left: the file was cut',
  ],
  [/^truncated-vmprof-78827/, 'vmprof byte 78820: expected a time zone of 8 bytes where 7 bytes are left'],
  [/^bitflips-vmprof/, 'vmprof byte 124: marker 65, expected one from 1 to 8'],
  [/^vmprof-32bit/, 'vmprof byte 33: the file ends here, but a time was expected; it was cut short'],
  [/^truncated-mojo-5\.mojo$/, 'austin-mojo byte 5: the file ends inside an event, before its first sample'],
  [/^bitflips-mojo/, 'austin-mojo byte 49: event 50, expected one from 1 to 12'],
  [/^mojo-bad-event/, 'austin-mojo byte 15: event 99, expected one from 1 to 12'],
  [/^mojo-unresolved-frame/, 'austin-mojo byte 9: a frame that was never defined'],
  [/^trailing-garbage-mojo/, 'austin-mojo byte 62509: event 71, expected one from 1 to 12'],
  [/^bitflips-tachyon/, 'tachyon-binary byte 56: compression 65536, expected 0 (none) or 1 (zstd)'],
  [/^tachyon-huge-counts/, 'tachyon-binary byte 64: 4294967295 strings in 0 bytes'],
  [/tachyon.*-(\d+)\.bin$/, 'the footer should say that the file has $1 bytes, it says '],
  [/^trailing-garbage-tachyon/, 'the footer should say that the file has 19026 bytes, it says '],
  [/^pprof-bad-string-index/, 'pprof byte 0: a sample type is string 99 of 1'],
  [/^pprof-length-past-end/, 'pprof byte 0: field 1 has a length of 268435455 bytes where 1 bytes are left'],
  [/^pprof-varint-endless/, 'pprof byte 1: expected the length of field 1, found a number of more than 10 bytes'],
  [/^truncated-gecko-(\d+)\.json$/, 'gecko: this is JSON that breaks off at byte $1'],
  [/^gecko-prefix-cycle\.json$/, 'gecko: row 0 of stackTable has the prefix 1, expected one before it'],
  [/^perf\.data$/, 'This is a raw perf.data file'],
  [/^gmon\.out$/, 'This is a gprof data file (gmon.out)'],
  [/^hotshot\.prof$/, 'This is a log of Python 2’s hotshot profiler'],
  [/^haskell\.prof$/, 'This is a Haskell profile (GHC’s .prof)'],
  [/^truncated-scalene-3408\.json$/, 'scalene-json: this is JSON that breaks off at byte 3408, inside a string'],
  [/^truncated-pyperf-(\d+)\.json$/, 'pyperf: this is JSON that breaks off at byte $1'],
  [/^truncated-vprof-(\d+)\.json$/, 'vprof-json: this is JSON that breaks off at byte $1'],
  [/^truncated-g2d-124\.json$/, 'gprof2dot-json: this is JSON that breaks off at byte 124, 2 brackets open'],
  // Speedscope, V8 and trace JSON; collapsed stacks and pictures of them.
  [/^truncated-(speedscope|cpuprofile|heapprofile|trace)-(\d+)\.\w+$/, ': this is JSON that breaks off at byte $2'],
  [/^speedscope-index-out-of-range/, 'speedscope profiles[0].samples[0][1]: expected a frame from 0 to 0, found 7'],
  [/^speedscope-weights-short/, 'speedscope profiles[0].weights: expected one weight per sample (2), found 1'],
  [/^speedscope-negative-weight/, 'speedscope profiles[0].weights[1]: expected a number from 0 on, found -2'],
  [/^speedscope-close-wrong/, 'speedscope profiles[0].events[2]: frame 0 is closed, but frame 1 is the innermost open'],
  [/^cpuprofile-cycle/, 'cpuprofile nodes: node 1 is its own caller'],
  [/^cpuprofile-unknown-node/, 'cpuprofile samples[1]: node 99 is not in the file'],
  [/^semicolon-only\.collapsed$/, 'collapsed: none of the lines holds a stack with a count'],
  [/^truncated-svg-(\d+)\.svg$/, 'flamegraph-svg: the picture breaks off: it does not end in </svg>'],
  [/^xml-external-entity\.svg$/, 'flamegraph-svg: the picture declares entities of its own'],
  [/^json-deep-100k\.json$/, 'This is JSON that is nested deeper than 10000 at byte 10000, not a profile'],
  [/^json-not-a-profile\.json$/, 'This is JSON with the key "hello", not a profile that tsviz knows'],
  [/^json-null\.json$/, 'This is JSON with the one value null, not a profile'],
  [/^json-number\.json$/, 'This is JSON with the one value 1e999, not a profile'],
  [/^callgrind-no-events\.out$/, 'callgrind line 2: the file has no “events:” line that names its costs, but costs'],
  [/^callgrind-calls-at-end\.out$/, 'callgrind line 5: the calls of this line have no cost line after them'],
  [
    /^plop-code\.plop$/,
    'plop character 22: expected the samples of a stack, an int, but found "__import__(\'os\').sys"',
  ],
  [/^truncated-plop-(\d+)\.plop$/, 'plop character $1: expected '],
];

/** Files that open, and what is seen in them. */
const OPENED = new Map<string, (group: ProfileGroup) => void>([
  [
    'truncated-callgrind-24297.out',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'cut-short' }]);
      expect(sumKnown(group.profiles[0]!.functions.self[0]!)).toBeLessThan(2_106_574);
    },
  ],
  // Only line ends are missing at the end of these.
  ['truncated-callgrind-72891.out', (group) => expect(sumKnown(group.profiles[0]!.functions.self[0]!)).toBe(2_106_574)],
  ['truncated-g2d-371.json', (group) => expect(group.profiles[0]!.contexts!.samples).toBe(2)],
  ['truncated-scalene-10223.json', (group) => expect(group.profiles[0]!.lines!.length).toBe(5)],
  [
    'callgrind-bad-compression.out',
    (group) => expect(group.warnings).toMatchObject([{ code: 'undefined-name', where: '(7)', count: 2 }]),
  ],
  [
    'crlf.callgrind',
    (group) => {
      expect(sumKnown(group.profiles[0]!.functions.self[0]!)).toBe(820);
      expect(group.warnings).toEqual([]);
    },
  ],
  ['json-deep-children.json', (group) => expect(group.profiles[0]!.contexts!.length).toBe(20_000)],
  ...openedStacks(),
  ...openedBinaries(),
  [
    'trailing-garbage-lprof.lprof',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'trailing-bytes', where: 'byte 387', count: 140 }]);
      expect(group.profiles[0]!.lines!.length).toBe(16);
    },
  ],
  [
    'mprof-bad-lines.dat',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'bad-line', where: 'line 2', count: 4 }]);
      expect([...group.profiles[0]!.series![0]!.time]).toEqual([2, 3]);
    },
  ],
  [
    'mprof-time-backwards.dat',
    (group) => {
      expect(group.warnings.map(({ code, count }) => [code, count])).toEqual([
        ['bad-line', 2],
        ['time-backwards', 1],
      ]);
      expect([...group.profiles[0]!.series![0]!.time]).toEqual([9, 10]);
    },
  ],
  [
    'psrecord-empty.log',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'no-samples' }]);
      expect(group.profiles[0]!.series!.map(({ name, time }) => [name, time.length])).toEqual([
        ['CPU', 0],
        ['real memory', 0],
        ['virtual memory', 0],
      ]);
    },
  ],
  [
    // Only the line end behind the last bracket is cut off.
    'truncated-pyperf-3724.json',
    (group) => expect(group.profiles[0]!.measurements![0]!.values.length).toBe(20),
  ],
  [
    'crlf-pstats.txt',
    (group) => {
      expect(group.warnings).toEqual([]);
      expect(group.about).toContainEqual(['function calls', '16189']);
      expect(group.profiles[0]!.frames.length).toBe(136);
    },
  ],
  [
    'trailing-garbage-pstats.prof',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'trailing-bytes', where: 'byte 31878', count: 140 }]);
      expect(group.profiles[0]!.frames.length).toBe(244);
    },
  ],
  [
    'nan-times.prof',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'not-a-time', where: '/a.py:1(f)', count: 3 }]);
      expect(sumKnown(group.profiles[0]!.functions.self[0]!)).toBeGreaterThanOrEqual(0);
    },
  ],
  [
    'inf-times.prof',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'not-a-time', where: '/a.py:1(f)', count: 2 }]);
      expect(group.profiles[0]!.functions.total[0]![0]).toBeNaN();
    },
  ],
  [
    'negative-times.prof',
    (group) => {
      expect(group.warnings).toMatchObject([{ code: 'negative-time', count: 4 }]);
      expect(Math.min(...group.profiles[0]!.functions.self[0]!)).toBeLessThan(0);
    },
  ],
  [
    'negative-counts.prof',
    (group) => {
      expect(group.profiles[0]!.traits.hasCounts).toBe(false);
      expect(group.profiles[0]!.functions.calls[0]).toBeNaN();
    },
  ],
  [
    'ct-less-than-tt.prof',
    (group) => {
      const { self, total } = group.profiles[0]!.functions;
      expect(total[0]![0]).toBeLessThan(self[0]![0]!);
      expect(group.warnings).toEqual([]);
    },
  ],
  [
    'html-injection.prof',
    (group) => {
      const names = [...viewAsPstats(group.profiles[0]!).values()].map((row) => row.name);
      expect(names).toEqual(expect.arrayContaining(['<img src=x onerror=alert(1)>', '__proto__']));
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  ],
]);

/** Stacks that open: contexts, the sum of their values, and codes of what was noted. */
function openedStacks(): [string, (group: ProfileGroup) => void][] {
  const rows: [file: string, contexts: number, sum: number, codes: string[]][] = [
    ['chrome-trace-negative-dur.json', 2, 0, ['no-duration']],
    ['proto-pollution.json', 1, 1, []],
    ['json-dup-keys.json', 1, 1, []],
    ['utf8-lone-surrogate.json', 1, 5, []],
    ['json-bom.speedscope.json', 163, 1.96, []],
    ['html-injection.speedscope.json', 3, 2, []],
    // What was cut off is the line end behind the last bracket.
    ['truncated-speedscope-14377.json', 163, 1.96, []],
    ['crlf.collapsed', 3, 3, []],
    ['cr-only.collapsed', 3, 3, []],
    ['no-final-newline.collapsed', 3, 3, []],
    ['float-count.collapsed', 3, 3.75, []],
    ['html-injection.collapsed', 6, 8, []],
    ['huge-count.collapsed', 3, 1e23, ['large-count']],
    ['negative-count.collapsed', 2, 7, ['negative-count']],
    ['utf8-invalid.collapsed', 4, 5, ['not-utf8']],
    ['long-line-1MB.collapsed', 2, 1, []],
    ['deep-stack-50k.collapsed', 50_000, 1, []],
    ['svg-script.svg', 1, 10, []],
  ];
  return rows.map(([file, contexts, sum, codes]) => [
    file,
    ({ profiles, warnings }) => {
      expect(profiles[0]!.contexts!.length).toBe(contexts);
      expect(sumKnown(profiles[0]!.contexts!.self[0]!)).toBeCloseTo(sum, 9);
      expect(warnings.map(({ code }) => code)).toEqual(codes);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  ]);
}

/** Binary profiles that open: samples, and what was noted. */
function openedBinaries(): [string, (group: ProfileGroup) => void][] {
  const rows: [file: string, samples: number, warnings: readonly Partial<ProfileWarning>[]][] = [
    ['tachyon-swapped.bin', 0, []],
    ['truncated-mojo-31254.mojo', 291, [{ code: 'cut-short', where: 'byte 31200' }]],
    ['truncated-mojo-62508.mojo', 635, [{ code: 'cut-short', where: 'byte 62491' }]],
    ['trailing-garbage-vmprof.vmprof', 344, [{ code: 'trailing-bytes', where: 'byte 78828', count: 140 }]],
    ['trailing-garbage-pprof.gz', 33, [{ code: 'trailing-gzip-bytes', count: 140 }]],
  ];
  return rows.map(([file, samples, warnings]) => [
    file,
    (group) => {
      expect(group.profiles[0]!.contexts!.samples || 0).toBe(samples);
      expect(group.warnings).toMatchObject(warnings);
    },
  ]);
}

/** Reads a file as `unknown`; checks the profile, the time, and that nothing but a `FormatError` is thrown. */
async function readBad(name: string, bytes: Uint8Array): Promise<void> {
  const start = performance.now();
  let refusal: unknown = null;
  let group: ProfileGroup | null = null;
  try {
    group = await readBytes(bytes, 'unknown');
  } catch (error) {
    refusal = error;
  }
  expect(performance.now() - start, name).toBeLessThan(LIMIT_MS);
  expect(existsSync('/tmp/pwned')).toBe(false);
  const inspect = OPENED.get(name);
  if (inspect !== undefined) {
    expect(refusal, name).toBeNull();
    checkProfile(group!.profiles[0]!);
    inspect(group!);
    return;
  }
  expect(refusal, name).toBeInstanceOf(FormatError);
  const error = refusal as FormatError;
  const rule = REFUSED.find(([pattern]) => pattern.test(name));
  expect(rule, `${name} has a rule; it said: ${error.message}`).toBeDefined();
  const [pattern, message] = rule!;
  const groups = pattern.exec(name)!;
  expect(error.message).toContain(message.replace(/\$(\d)/g, (_, group: string) => groups[Number(group)] ?? ''));
  expect(error.details.offset, name).toBeTypeOf('number');
  if (error instanceof UnknownFormatError) expect(error.details.advice, name).toMatch(/^[A-Z].{10,}/);
}

// All readers come with the first that is wanted: no file is to be blamed for that.
beforeAll(async () => {
  await loadReader('collapsed');
});

describe('a bad file says what it is and where it breaks, or opens with a note', () => {
  it.each(eachSample('bad').map((sample) => [sample.name, sample.bytes] as const))('%s', readBad);

  it('the same holds for those of the corpus', async () => {
    const dir = corpusDir();
    if (dir === null) return;
    const entries = readdirSync(join(dir, 'bad'), { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && entry.name !== 'MANIFEST.json')
      .map((entry) => entry.name);
    expect(names.length).toBeGreaterThan(150);
    for (const name of names) await readBad(name, readCorpusFile(`bad/${name}`));
  });
});

describe('a large bad file is refused as fast', () => {
  const repeat = (text: string, count: number) => new TextEncoder().encode(text.repeat(count));

  it.each([
    ['marshal-deep-100k.prof', repeat('[\x01\0\0\0', 100_000)],
    ['marshal-deep-tuples-100k.prof', repeat(')\x01', 100_000)],
    ['pickle-deep-100k.lprof', Uint8Array.of(0x80, 4, ...repeat(']', 100_000), ...repeat('a', 99_999), 0x2e)],
    ['json-deep-100k.json', repeat('[', 200_000)],
    ['json-deep-children.json', repeat('{"root_frame":', 40_000)],
    ['plop-deep.plop', repeat('(', 100_000)],
    ['long-line-1MB.collapsed', new TextEncoder().encode(`${'a'.repeat(1_000_000)};b 1\n`)],
    [
      'deep-stack-50k.collapsed',
      new TextEncoder().encode(`${Array.from({ length: 50_000 }, (_, i) => `f${i}`).join(';')} 1\n`),
    ],
  ])('%s', async (name, bytes) => {
    const known = name === 'json-deep-children.json' ? 'pyinstrument-json: this is JSON that is nested deeper' : null;
    if (known === null) await readBad(name, bytes);
    else await expect(readBytes(bytes, 'unknown')).rejects.toThrow(known);
  });

  it.each([
    ['[', 'JSON'],
    ['{', 'text'],
    ['a', 'text'],
    ['\0', 'zeros'],
    [' ', 'blanks'],
    ['1 ', 'text'],
    ['graph ', 'text'],
    [';', 'text'],
    ['<svg ', 'an SVG picture'],
    ['\x80', 'text'],
    ['c\n', 'text'],
  ])('20 MB of %j', async (text, kind) => {
    const start = performance.now();
    await expect(readBytes(repeat(text, (20 * 1024 * 1024) / text.length), 'unknown')).rejects.toThrow(kind);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });

  it('a dict of 20 MB that never ends', async () => {
    const start = performance.now();
    await expect(readBytes(repeat('{)\x03', 7_000_000), 'unknown')).rejects.toThrow(
      'pstats byte 3: expected the file of a function',
    );
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });

  it('takes no more memory for a bomb than the cap allows', async () => {
    const bomb = gzipSync(new Uint8Array(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    await expect(readBytes(bomb, 'unknown')).rejects.toThrow('more than 200 times its size');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });
});
