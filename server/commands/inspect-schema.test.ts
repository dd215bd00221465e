import { describe, expect, it } from 'vitest';
import { readBytes } from '../../shared/readers/index.ts';
import { corpusFiles, readCorpusFile, readSample } from '../../shared/testing/corpus.ts';
import { parseCommandLine } from '../cli.ts';
import { inspect } from './inspect.ts';

/** A shape that JSON must have: of each field what it is; nothing may be missing, nothing else may be there. */
type Shape =
  | 'text'
  | 'number'
  | 'count'
  | { readonly orNull: Shape }
  | { readonly listOf: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly more?: Readonly<Record<string, Shape>> }
  | { readonly oneOf: readonly string[] }
  | { readonly textsByName: true };

const numberOrNull: Shape = { orNull: 'number' };
const countOrNull: Shape = { orNull: 'count' };
const numbers: Shape = { listOf: numberOrNull };
const unit: Shape = {
  oneOf: ['seconds', 'milliseconds', 'microseconds', 'nanoseconds', 'bytes', 'bytes per second', 'percent', 'count'],
};
const callNumbers = { calls: numberOrNull, primitiveCalls: numberOrNull, self: numbers, total: numbers } as const;

const PROFILE: Shape = {
  fields: {
    name: 'text',
    tables: { listOf: { oneOf: ['calls', 'contexts', 'samples', 'lines', 'series', 'spans', 'measurements'] } },
    metrics: { listOf: { fields: { name: 'text', unit } } },
    totals: {
      fields: {
        self: numbers,
        calls: numberOrNull,
        primitiveCalls: numberOrNull,
        functions: 'count',
        edges: countOrNull,
        contexts: countOrNull,
        stacks: countOrNull,
        depth: countOrNull,
        samples: countOrNull,
      },
    },
    functions: {
      listOf: {
        fields: {
          name: 'text',
          file: 'text',
          line: 'number',
          ...callNumbers,
          callers: { listOf: { fields: { function: 'count', ...callNumbers } } },
        },
      },
    },
    lines: {
      listOf: {
        fields: { file: 'text', function: { orNull: 'text' }, line: 'number', calls: numberOrNull, values: numbers },
        more: { totals: numbers, text: 'text' },
      },
    },
    series: {
      listOf: {
        fields: {
          name: 'text',
          unit,
          group: 'text',
          points: 'count',
          min: numberOrNull,
          max: numberOrNull,
          first: { orNull: numbers },
          last: { orNull: numbers },
        },
      },
    },
    spans: { listOf: { fields: { name: 'text', start: 'number', end: numberOrNull, values: numbers } } },
    measurements: {
      listOf: {
        fields: { name: 'text', unit, loops: numberOrNull, values: { listOf: 'number' } },
        more: {
          stated: {
            fields: {},
            more: { mean: 'number', deviation: 'number', best: 'number', repeats: 'number' },
          },
        },
      },
    },
  },
};

const SCHEMA: Shape = {
  fields: {
    tsviz: 'text',
    file: 'text',
    format: 'text',
    writer: { orNull: 'text' },
    warnings: {
      listOf: { fields: { code: 'text', message: 'text', where: { orNull: 'text' }, count: 'count' } },
    },
    profiles: { listOf: PROFILE },
  },
  more: { about: { textsByName: true } },
};

/** What is wrong with a value, each fault with its place; none when it has the shape. */
function findFaults(shape: Shape, value: unknown, place = '$'): string[] {
  const fault = (what: string) => [`${place} is ${JSON.stringify(value)?.slice(0, 60)}, not ${what}`];
  if (shape === 'text') return typeof value === 'string' ? [] : fault('text');
  if (shape === 'number') return Number.isFinite(value) ? [] : fault('a number');
  if (shape === 'count') return Number.isFinite(value) && Number(value) >= 0 ? [] : fault('a count');
  if ('orNull' in shape) return value === null ? [] : findFaults(shape.orNull, value, place);
  if ('oneOf' in shape) return shape.oneOf.includes(String(value)) ? [] : fault(shape.oneOf.join(' or '));
  if ('listOf' in shape) {
    if (!Array.isArray(value)) return fault('a list');
    return value.flatMap((each, index) => findFaults(shape.listOf, each, `${place}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return fault('an object');
  const given = Object.entries(value);
  if ('textsByName' in shape) return given.flatMap(([name, each]) => findFaults('text', each, `${place}.${name}`));
  const { fields, more = {} } = shape;
  const missing = Object.keys(fields).filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${place} has no ${name}`),
    ...given.flatMap(([name, each]) => {
      const known = fields[name] ?? more[name];
      return known === undefined
        ? [`${place} has ${name}, which nobody knows`]
        : findFaults(known, each, `${place}.${name}`);
    }),
  ];
}

async function describeFile(bytes: Uint8Array): Promise<{ profiles: { tables: string[] }[] }> {
  const request = parseCommandLine(['inspect', 'x', '--json'], '0.0.0');
  if (request.verb !== 'inspect') throw new Error('not the verb inspect');
  const group = await readBytes(bytes, 'unknown');
  return JSON.parse(inspect(group, { file: 'unknown', version: '1.2.3' }, request.options));
}

/** One sample for each kind of table. */
const KINDS: readonly (readonly [table: string, sample: string])[] = [
  ['calls', 'pstats/orders-py36.prof'],
  ['contexts', 'pprof/go-heap.pb.gz'],
  ['samples', 'gecko/busy-gecko.json'],
  ['lines', 'line-profiler/lpapp-502.lprof'],
  ['series', 'memory-profiler/mprofile_multiprocess.dat'],
  ['spans', 'memory-profiler/mprofile_plain.dat'],
  ['measurements', 'pyperf/sorted.json'],
];

describe('inspect --json has its schema', () => {
  it.each(KINDS)('for %s, as in %s', async (table, sample) => {
    const described = await describeFile(readSample(sample));
    expect(described.profiles.flatMap(({ tables }) => tables)).toContain(table);
    expect(findFaults(SCHEMA, described)).toEqual([]);
  });

  it.each(corpusFiles().map(({ file }) => [file]))(
    'for the corpus file %s',
    async (file) => {
      expect(findFaults(SCHEMA, await describeFile(readCorpusFile(file)))).toEqual([]);
    },
    20_000,
  );

  it('and the schema refuses what is not in it', () => {
    expect(findFaults(PROFILE, { name: 1 })).toContain('$.name is 1, not text');
    expect(findFaults({ fields: { a: 'count' } }, { a: -1, b: 2 })).toEqual([
      '$.a is -1, not a count',
      '$ has b, which nobody knows',
    ]);
  });
});
