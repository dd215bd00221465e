/** Profiles at the edges of what exists, and files that are none: made here, so that they need no collection. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makeGraph } from './bench/make-graph.mjs';
import { type FunctionStats, writePstats } from './bench/write-pstats.mjs';
import { NOTES } from './samples.ts';

/** Text that would do something if it were taken for markup, style, address, template or terminal control. */
export const HOSTILE_TEXTS = [
  '"><img src=x onerror="globalThis.trapped=1">',
  '</script><script>globalThis.trapped=1</script>',
  "'><svg onload=globalThis.trapped=1>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point.
  '${globalThis.trapped=1}{{globalThis.trapped=1}}',
  'javascript:globalThis.trapped=1',
  '</style><style>*{display:none}',
  '&lt;b&gt;bold&amp;',
  'a\u202Egnp.exe\u200B\u2066',
  '__proto__',
  'constructor',
  '\u001B]52;c;Y2F0\u0007\u001B[31m',
] as const;

/** One function of an odd profile; what is left out is one call of a millisecond. */
function stats(name: string, given: Partial<FunctionStats> = {}): FunctionStats {
  return {
    file: '/srv/app/main.py',
    line: 1,
    name,
    primitiveCalls: 1,
    calls: 1,
    self: 0.001,
    total: 0.001,
    callers: [],
    ...given,
  };
}

function edge(caller: number, total: number, self = total, calls = 1) {
  return { caller, calls, primitiveCalls: calls, self, total };
}

/** A profile without any function, as cProfile writes it. */
export const EMPTY_PROFILE = Buffer.from('{0');

/** One function that took 12.5 ms. */
export const ONE_FUNCTION = writePstats([stats('only', { self: 0.0125, total: 0.0125 })]);

/** Three functions that took no time at all. */
export const ZERO_TIME = writePstats([
  stats('start', { self: 0, total: 0 }),
  stats('left', { self: 0, total: 0, callers: [edge(0, 0)] }),
  stats('right', { self: 0, total: 0, callers: [edge(0, 0)] }),
]);

/** Two threads: two roots that have nothing to do with each other, the second three times as long. */
export const TWO_ROOTS = writePstats([
  stats('serve', { line: 3, self: 0.01, total: 0.01 }),
  stats('compute', { line: 9, self: 0.01, total: 0.03 }),
  stats('multiply', { line: 20, self: 0.02, total: 0.02, callers: [edge(1, 0.02)] }),
]);

/** Names from several scripts, one of them written from right to left. */
export const NON_ASCII_NAMES = ['größe_berechnen', '計算する', 'посчитать', 'احسب', '🐍_slither', 'naïve'] as const;
/** A root that calls a function of each of those names. */
export const NON_ASCII = writePstats([
  stats('главная', { file: '/srv/приложение/главный.py', total: 0.001 + 0.01 * NON_ASCII_NAMES.length }),
  ...NON_ASCII_NAMES.map((name, index) =>
    stats(name, { file: `/srv/приложение/модуль_${index}.py`, self: 0.01, total: 0.01, callers: [edge(0, 0.01)] }),
  ),
]);

/** A profile whose every name and file is hostile; each hostile function is 10 ms of the root. */
export const HOSTILE = writePstats([
  stats(HOSTILE_TEXTS[0], { file: HOSTILE_TEXTS[1], total: 0.001 + 0.01 * HOSTILE_TEXTS.length }),
  ...HOSTILE_TEXTS.map((text, index) =>
    stats(text, {
      file: `${HOSTILE_TEXTS[(index + 1) % HOSTILE_TEXTS.length]}.py`,
      line: index,
      self: 0.01,
      total: 0.01,
      callers: [edge(0, 0.01)],
    }),
  ),
]);

/** A call graph of 100,000 functions. Takes about two seconds to make. */
export const makeHugeProfile = () => writePstats(makeGraph(100_000));

/** Files that are no profile, or a broken one, by name, with a word that the explanation must have. */
export const BAD_FILES: readonly (readonly [name: string, bytes: Buffer, word: RegExp])[] = [
  ['empty.prof', Buffer.alloc(0), /empty/i],
  ['photo.prof', Buffer.from('ffd8ffe000104a4649460001', 'hex'), /JPEG|image|picture/i],
  ['archive.prof', Buffer.from('504b0304140000000800', 'hex'), /zip/i],
  ['script.prof', Buffer.from('import cProfile\n\nprint("hello")\n'), /Python|text/i],
  ['cut.prof', readFileSync(NOTES).subarray(0, 5000), /ends|cut|end of|truncated/i],
  ['cut.prof.gz', gzipSync(readFileSync(NOTES)).subarray(0, 2000), /gzip|cut|ends|end of/i],
];
