/** What programs read: the facts of the corpus in the words of `inspect --json`, and the exact shape of that text. */
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../shared/readers/index.ts';
import { corpusFiles, eachSample, readCorpusFile } from '../../shared/testing/corpus.ts';
import { parseCommandLine } from '../cli.ts';
import { inspect } from './inspect.ts';

type Key = readonly [file: string, line: number, name: string];
type Edge = readonly [number, number, number, number] | number;
interface Row {
  readonly fn: Key;
  /** cc, nc, tt, ct */
  readonly stat: readonly [number, number, number, number];
}
interface Facts {
  readonly functions: number;
  readonly total_tt: number;
  readonly total_calls: number;
  readonly prim_calls: number;
  readonly caller_edges: number;
  readonly top20_tottime: readonly Row[];
  readonly top20_cumtime: readonly Row[];
  readonly neighbours: readonly { fn: Key; callers: readonly [Key, Edge][]; callees: readonly [Key, Edge][] }[];
}

interface Numbers {
  readonly calls: number | null;
  readonly primitiveCalls: number | null;
  readonly self: readonly (number | null)[];
  readonly total: readonly (number | null)[];
}
interface FunctionJson extends Numbers {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly callers: readonly (Numbers & { readonly function: number })[];
}
interface Answer {
  readonly profiles: readonly {
    readonly totals: Record<string, unknown>;
    readonly functions: readonly FunctionJson[];
  }[];
}

async function answer(bytes: Uint8Array, name: string, ...options: string[]): Promise<Answer> {
  const request = parseCommandLine(['inspect', name, '--json', ...options], '0.0.0');
  if (request.verb !== 'inspect') throw new Error('not the verb inspect');
  return JSON.parse(inspect(await readBytes(bytes, name), { file: name, version: '0.0.0' }, request.options));
}

const textOf = (key: Key) => JSON.stringify(key);
const keyOf = ({ file, line, name }: FunctionJson) => textOf([file, line, name]);
const toCount = (count: number) => (count < 0 ? null : count);

function expectNumbers(found: Numbers | undefined, edge: Edge, what: string): void {
  if (typeof edge === 'number') {
    expect(found, what).toMatchObject({ calls: toCount(edge), self: [null], total: [null] });
    return;
  }
  const [a, b, self, total] = edge;
  expect([found?.calls, found?.primitiveCalls], what).toEqual([toCount(Math.max(a, b)), toCount(Math.min(a, b))]);
  expect(Math.abs((found?.self[0] ?? Number.NaN) - self), what).toBeLessThanOrEqual(1e-9 * Math.abs(self));
  expect(Math.abs((found?.total[0] ?? Number.NaN) - total), what).toBeLessThanOrEqual(1e-9 * Math.abs(total));
}

describe('inspect --json says of every pstats file of the corpus what its manifest says', () => {
  const files = corpusFiles('pstats');
  it(`has ${files.length} files`, () => expect(files.length === 0 || files.length >= 30).toBe(true));

  for (const { file, expect: facts } of files as readonly { file: string; expect: Facts }[]) {
    it(file, async () => {
      const [profile] = (await answer(readCorpusFile(file), file)).profiles;
      const { totals, functions } = profile!;
      expect(totals).toMatchObject({
        calls: toCount(facts.total_calls),
        primitiveCalls: toCount(facts.prim_calls),
        functions: facts.functions,
        edges: facts.caller_edges,
      });
      const [self] = totals.self as number[];
      expect(Math.abs((self ?? Number.NaN) - facts.total_tt)).toBeLessThanOrEqual(1e-9 * Math.abs(facts.total_tt));

      const selfs = functions.map((row) => row.self[0] ?? Number.NEGATIVE_INFINITY);
      expect(selfs).toEqual([...selfs].sort((a, b) => b - a));
      const byKey = new Map(functions.map((row) => [keyOf(row), row]));
      for (const { fn, stat } of [...facts.top20_tottime, ...facts.top20_cumtime]) {
        expectNumbers(byKey.get(textOf(fn)), stat, textOf(fn));
      }
      for (const { fn, callers, callees } of facts.neighbours) {
        const found = byKey.get(textOf(fn))?.callers ?? [];
        expect(found.length, textOf(fn)).toBe(callers.length);
        for (const [key, edge] of callers) {
          const caller = found.find((each) => keyOf(functions[each.function]!) === textOf(key));
          expectNumbers(caller, edge, `${textOf(key)} → ${textOf(fn)}`);
        }
        const index = functions.indexOf(byKey.get(textOf(fn))!);
        const called = functions.filter((row) => row.callers.some((each) => each.function === index));
        expect(called.map(keyOf).sort(), textOf(fn)).toEqual(callees.map(([key]) => textOf(key)).sort());
        for (const [key, edge] of callees) {
          const callee = byKey.get(textOf(key))?.callers.find((each) => each.function === index);
          expectNumbers(callee, edge, `${textOf(fn)} → ${textOf(key)}`);
        }
      }
    });
  }
});

describe('the shape of inspect --json', () => {
  /** The same text for the same shape: names of fields in order, with what they hold. Lists: the shapes of all entries. */
  function shapeOf(value: unknown): string {
    if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join('|')}]`;
    if (value === null) return 'null';
    if (typeof value !== 'object') return typeof value;
    return `{${Object.entries(value as object)
      .map(([name, each]) => `${name}:${shapeOf(each)}`)
      .join(',')}}`;
  }

  it('is the same for every sample: no field more, none less, numbers or null', async () => {
    const numbers = '(?:number|null)';
    const list = `\\[(?:(?:number|null)\\|?)*\\]`;
    const edge = `calls:${numbers},primitiveCalls:${numbers},self:${list},total:${list}`;
    const caller = `\\{function:number,${edge}\\}`;
    const row = `\\{name:string,file:string,line:number,${edge},callers:\\[(?:${caller}\\|?)*\\]\\}`;
    const totals = `\\{self:${list},calls:${numbers},primitiveCalls:${numbers},functions:number,edges:${numbers},contexts:null,stacks:null,depth:null,samples:null\\}`;
    const profile = `\\{name:string,tables:\\[string\\],metrics:\\[\\{name:string,unit:string\\}\\],totals:${totals},functions:\\[(?:${row}\\|?)*\\]`;
    const warning = `\\{code:string,message:string,where:(?:string|null),count:number\\}`;
    const whole = `^\\{tsviz:string,file:string,format:string,writer:(?:string|null),warnings:\\[(?:${warning}\\|?)*\\],profiles:\\[${profile}`;
    for (const { name, bytes } of eachSample('pstats')) {
      expect(shapeOf(await answer(bytes, name)), name).toMatch(new RegExp(whole));
    }
  });
});
