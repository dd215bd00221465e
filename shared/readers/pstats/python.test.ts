import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusFiles, eachSample, readCorpusFile, type Sample } from '../../testing/corpus.ts';
import { keyOf, viewAsPstats } from '../../testing/pstats-view.ts';
import { readBytes } from '../index.ts';

// Reads each file with Python's own marshal; null where this Python refuses it (interned strings of Python 2).
const SCRIPT = `
import json, marshal, sys

def text(value):
    if isinstance(value, bytes):
        try:
            value = value.decode('utf-8')
        except UnicodeDecodeError:
            value = value.decode('latin-1')
    return value.encode('utf-8', 'backslashreplace').decode('utf-8')

def key(k):
    return [text(k[0]), k[1], text(k[2])]

for path in sys.argv[1:]:
    try:
        stats = marshal.load(open(path, 'rb'))
    except ValueError:
        print('null')
        continue
    print(json.dumps([
        [key(k), [float(x) for x in v[:4]], [[key(c), [float(x) for x in e] if isinstance(e, tuple) else float(e)] for c, e in v[4].items()]]
        for k, v in stats.items() if len(k) == 3
    ]))
`;

type Key = [file: string, line: number, name: string];
type PythonRow = [Key, number[], [Key, number[] | number][]];

/** What Python finds in each sample; null when there is no Python 3.8 here. */
function readWithPython(samples: readonly Sample[]): (PythonRow[] | null)[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'tsviz-pstats-'));
  try {
    const paths = samples.map((sample, index) => {
      const path = join(folder, `${index}.prof`);
      writeFileSync(path, sample.bytes);
      return path;
    });
    const run = spawnSync('python3', ['-c', SCRIPT, ...paths], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (run.error !== undefined || run.status === null) {
      console.warn('No python3 here: samples are compared with their oracles only.');
      return null;
    }
    expect(run.stderr).toBe('');
    return run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PythonRow[] | null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A count or time as tsviz shows it: negative counts are unknown. */
function shownCounts(first: number, second: number): [number, number] {
  const shown = [Math.max(first, second), Math.min(first, second)].map((count) => (count < 0 ? Number.NaN : count));
  return [shown[0]!, shown[1]!];
}

/** What differs between Python's rows and ours, a line each: comparing a hundred thousand numbers one by one is slow. */
async function findDifferences(sample: Sample, rows: readonly PythonRow[]): Promise<string[]> {
  const view = viewAsPstats((await readBytes(sample.bytes, 'unknown')).profiles[0]!);
  const seen = new Set(rows.map(([key]) => keyOf(...key)));
  const differences: string[] = [];
  const compare = (where: string, found: readonly unknown[], expected: readonly unknown[]) => {
    if (found.length === expected.length && found.every((value, i) => Object.is(value, expected[i]))) return;
    differences.push(`${where}: ${found.join(' ')} for ${expected.join(' ')}`);
  };
  for (const [key, [first, second, self, total], callers] of rows) {
    const where = keyOf(...key);
    const found = view.get(where);
    if (found === undefined) {
      differences.push(`${where} is missing`);
      continue;
    }
    const numbers = [found.calls, found.primitiveCalls, found.self, found.total];
    compare(where, numbers, [...shownCounts(first!, second!), self, total]);
    compare(
      where,
      [...found.callers.keys()],
      callers.map(([caller]) => keyOf(...caller)),
    );
    for (const [caller, edge] of callers) {
      const callerKey = keyOf(...caller);
      seen.add(callerKey);
      const call = found.callers.get(callerKey)!;
      const expected =
        typeof edge === 'number'
          ? [edge, Number.NaN, Number.NaN, Number.NaN]
          : [...shownCounts(edge[0]!, edge[1]!), edge[2], edge[3]];
      compare(`${callerKey} → ${where}`, [call.calls, call.primitiveCalls, call.self, call.total], expected);
    }
  }
  compare('functions', [view.size], [seen.size]);
  return differences;
}

describe('against Python’s own marshal', () => {
  it('every function and every edge of every sample is equal, to the last bit', async () => {
    const corpus = corpusFiles('pstats').map(({ file }) => ({ name: file, bytes: readCorpusFile(file) }));
    const samples = [...eachSample('pstats'), ...corpus];
    const python = readWithPython(samples);
    if (python === null) return;
    expect(python.length).toBe(samples.length);
    expect(python.filter((rows) => rows !== null).length).toBeGreaterThan(20);
    for (const [index, rows] of python.entries()) {
      if (rows !== null) expect(await findDifferences(samples[index]!, rows), samples[index]!.name).toEqual([]);
    }
  });
});
