/**
 * Text files by their first lines: reports and logs of profilers, sources, prose.
 *
 * No expression here backtracks over data: each is anchored, or looks for fixed words.
 */
import { otherKind, profileKind, type Recognized } from './recognized.ts';

/** Characters of a line that are looked at. */
const MAX_LINE = 2000;
const MAX_LINES = 200;

/** A rule: a test of the first lines (joined, and one by one), and the kind. The first that holds decides. */
const RULES: readonly [(text: string, lines: readonly string[]) => boolean, Recognized][] = [
  [
    (text) => text.includes('Time and Allocation Profiling Report'),
    profileKind('ghc', 'a Haskell profile (GHC’s .prof)', 'Make it as JSON: app +RTS -pj'),
  ],
  [
    (_, lines) => /^v8-version,/.test(lines[0] ?? ''),
    profileKind(
      'v8-raw-log',
      'a V8 log (--prof)',
      'Preprocess it: node --prof-process --preprocess isolate-*.log > app.v8log.json',
    ),
  ],
  [
    (text) => /^# (?:To display the perf\.data header info|Samples: |Overhead )/m.test(text),
    profileKind('perf-report', 'what perf report prints', 'Print the samples: perf script > app.perf.txt'),
  ],
  [
    (text) =>
      text.includes('PROGRAM TOTALS') || /^-- (?:Auto-annotated source|Metadata|File:function summary)/m.test(text),
    profileKind(
      'callgrind-report',
      'what callgrind_annotate or cg_annotate prints',
      'Open the file it was made from: callgrind.out.PID or cachegrind.out.PID',
    ),
  ],
  [
    (_, lines) =>
      lines.slice(0, 3).some((line) => line.startsWith('desc: ')) &&
      lines.some((line) => line.startsWith('heap_tree=')),
    profileKind(
      'massif',
      'a Massif file',
      'Look at it with ms_print, or record with heaptrack and print its flame graph',
    ),
  ],
  [
    (_, lines) =>
      lines.slice(0, 4).some((line) => /^(?:PeriodType: |Type: \w+$|Total: [\d.]+ (?:samples|MB)$)/.test(line)),
    profileKind(
      'pprof-report',
      'what pprof prints',
      'Open the file it was made from, or convert that: pprof -proto FILE > app.pb.gz',
    ),
  ],
  [
    (_, lines) => isPython(lines),
    otherKind('python', 'Python source', 'Profile the program: python -m cProfile -o app.prof app.py'),
  ],
];

function isPython(lines: readonly string[]): boolean {
  if (/^#!.*python/.test(lines[0] ?? '')) return true;
  return lines.some((line) =>
    /^(import [\w.]+( as \w+)?(, |$)|from [\w.]+ import |(async )?def \w+\(|class \w+[(:])/.test(line),
  );
}

/** First lines of a text, each cut to its start and its end so that a count behind a very long stack is still seen. */
function splitLines(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  while (from < text.length && lines.length < MAX_LINES) {
    let end = from;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    const line = text.slice(from, end);
    lines.push(line.length <= MAX_LINE ? line : line.slice(0, MAX_LINE / 2) + line.slice(-MAX_LINE / 2));
    from = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
  }
  return lines.filter((line) => line.trim() !== '');
}

/** The kind of markup: flame graphs and reports of profilers, else what it is. */
function recognizeMarkup(text: string): Recognized {
  const isHtml = /<html|<!doctype html/i.test(text);
  if (!isHtml && /<svg[\s>]/i.test(text)) return otherKind('svg', 'an SVG picture');
  if (!isHtml) return otherKind('xml', 'an XML document');
  return otherKind('html', 'an HTML page');
}

/** The kind of a text file. `text` is its start, without a byte order mark; `isWhole` when that is all of it. */
export function recognizeText(text: string): Recognized {
  if (
    text.trimStart().startsWith('<') &&
    /^<[!?a-z]/i.test(text.trimStart()) &&
    /<(svg|html|!doctype|\?xml)/i.test(text)
  ) {
    return recognizeMarkup(text);
  }
  const lines = splitLines(text);
  if (lines.length === 0) return otherKind('blank', 'a file with nothing but blanks in it', 'Make the profile again');
  const start = lines.join('\n');
  const rule = RULES.find(([holds]) => holds(start, lines));
  if (rule !== undefined) return rule[1];
  const commas = lines.slice(0, 10).map((line) => line.split(',').length);
  if (commas.length > 1 && commas[0]! > 1 && commas.every((count) => count === commas[0])) {
    return otherKind('csv', 'a table of comma-separated values');
  }
  const shown = lines[0]!.trim().slice(0, 40);
  return {
    ...otherKind('text', 'text'),
    found: ` that starts with ${JSON.stringify(shown)} (line 1)`,
  };
}
