/**
 * Profiles of gperftools, Java and Go in text:
 *
 *   heap profile:  1: 24 [ 3: 72] @ heap_v2/524288      live objects: bytes [all objects: bytes] @ addresses leaf first
 *   --- heapz 1 ---                                      bytes objects @ addresses
 *   --- contention                                       cycles count @ addresses
 *   goroutine profile: total 5                           count @ addresses
 *
 * Heap profiles of version 2 count what was sampled; they are scaled to what there was, as pprof does.
 */
import { FormatError } from '../../errors.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import type { Metric, Unit } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Addresses } from './addresses.ts';

const FORMAT = 'pprof-legacy';
/** What Java's delays count. */
const DELAY_UNITS: ReadonlyMap<string, Unit> = new Map([
  ['nanoseconds', 'nanoseconds'],
  ['microseconds', 'microseconds'],
  ['milliseconds', 'milliseconds'],
  ['seconds', 'seconds'],
]);
const JAVA_HEAP_RATE = 524_288;
const RECORD =
  /^\s*(\d{1,18})(?:(:?)\s+(\d{1,18})(?:\s+\[\s*(\d{1,18}):\s+(\d{1,18})\s*\])?)?\s+@((?:\s+0x[\da-f]{1,16})*)\s*$/i;

interface Record {
  readonly values: readonly number[];
  readonly addresses: readonly string[];
}

type Kind = 'heap' | 'java-heap' | 'contention' | 'count';

/** What the first line says. */
interface Head {
  readonly kind: Kind;
  /** Bytes per sample; 0: everything was counted. */
  readonly rate: number;
  /** What is counted, for profiles of counts. */
  readonly name: string;
}

/** Reads a profile in text. @throws FormatError */
export function readLegacyText(lines: readonly string[], book: FrameBook): StackProfile {
  const head = readHead(lines[0] ?? '');
  const names = new Addresses(book);
  const records: Record[] = [];
  const settings = new Map<string, number>();
  let resolution = '';
  let isMap = false;
  lines.slice(1).forEach((line, at) => {
    if (/^(MAPPED_LIBRARIES:|--- Memory map: ---)/.test(line)) isMap = true;
    const record = isMap ? null : RECORD.exec(line);
    if (record !== null) {
      const [, first, colon, second, third, fourth, addresses] = record;
      const values = [first, second, third, fourth].filter((value) => value !== undefined).map(Number);
      if (values.length !== countValues(head.kind) || (colon === ':') !== (head.kind === 'heap')) {
        throw new FormatError(`${FORMAT} line ${at + 2}: ${values.length} values, expected ${countValues(head.kind)}`, {
          format: FORMAT,
          line: at + 2,
        });
      }
      records.push({
        values,
        addresses: addresses!
          .trim()
          .split(/\s+/)
          .filter((address) => address !== ''),
      });
      return;
    }
    const setting = /^\s*([a-z/ ]{1,40}?)\s*=\s*(\d{1,18})\s*$/.exec(line);
    const unit = /^\s*resolution\s*=\s*([a-z]{1,20})\s*$/.exec(line)?.[1];
    if (unit !== undefined) resolution = unit;
    else if (setting !== null) settings.set(setting[1]!, Number(setting[2]));
    else names.readLine(line);
  });
  const { metrics, measure } = findMeasures(head, records, settings, resolution);
  const stacks = new StackProfile(book, { metrics, sampled: true, linesRan: names.hasSymbols });
  for (const { values, addresses } of records) {
    const frames = names.findStack(addresses);
    // What has no stack counts all the same, as in pprof's own totals.
    stacks.addStack(frames.length === 0 ? [book.frame('(no stack)')] : frames, measure(values));
    refuseTooManyContexts(stacks.contexts.length, FORMAT);
  }
  return stacks;
}

function readHead(line: string): Head {
  const heap = /^heap profile: .*@ ?([a-z_0-9]{1,40})(?:\/(\d{1,15}))?/.exec(line);
  if (heap !== null) {
    const period = Number(heap[2] ?? 0);
    const rates: ReadonlyMap<string, number> = new Map([
      ['heap', period / 2],
      ['heap_v2', period],
      ['heapz_v2', period],
    ]);
    return { kind: 'heap', rate: rates.get(heap[1]!) ?? 0, name: '' };
  }
  if (line.startsWith('heap profile:')) return { kind: 'heap', rate: 0, name: '' };
  if (/^--- heapz?\b/.test(line)) return { kind: 'java-heap', rate: JAVA_HEAP_RATE, name: '' };
  if (/^--- (contentionz?|mutex)\b/.test(line)) return { kind: 'contention', rate: 0, name: '' };
  const count = /^([\w./-]{1,80}) profile: total \d+/.exec(line);
  if (count !== null) return { kind: 'count', rate: 0, name: count[1]! };
  throw new FormatError(`${FORMAT} line 1: a profile of a kind that is not read: ${line.slice(0, 60)}`, {
    format: FORMAT,
    line: 1,
    advice: 'Convert it: pprof -proto FILE > app.pb.gz',
  });
}

function countValues(kind: Kind): number {
  return kind === 'heap' ? 4 : kind === 'count' ? 1 : 2;
}

/** Metrics of a kind, and how a record's numbers become theirs. */
function findMeasures(
  { kind, rate, name }: Head,
  records: readonly Record[],
  settings: ReadonlyMap<string, number>,
  resolution: string,
): { readonly metrics: readonly Metric[]; readonly measure: (values: readonly number[]) => number[] } {
  const bytes = (metric: string): Metric => ({ name: metric, unit: 'bytes' });
  const count = (metric: string): Metric => ({ name: metric, unit: 'count' });
  switch (kind) {
    case 'count':
      return { metrics: [count(name)], measure: ([number = 0]) => [number] };
    case 'java-heap':
      return {
        metrics: [bytes('inuse_space'), count('inuse_objects')],
        measure: ([size = 0, objects = 0]) => scale(objects, size, rate),
      };
    case 'contention': {
      const period = settings.get('sampling period') ?? 1;
      const perSecond = settings.get('cycles/second');
      const unit = DELAY_UNITS.get(resolution) ?? 'count';
      const delay: Metric =
        perSecond !== undefined
          ? { name: 'delay', unit: 'nanoseconds' }
          : { name: unit === 'count' ? 'delay (cycles)' : 'delay', unit };
      const factor = perSecond === undefined || perSecond === 0 ? period : (period * 1e9) / perSecond;
      return {
        metrics: [delay, count('contentions')],
        // pprof cuts off fractions, record by record.
        measure: ([cycles = 0, times = 0]) => [Math.trunc(cycles * factor), times * period],
      };
    }
    case 'heap': {
      const live = [bytes('inuse_space'), count('inuse_objects')];
      const hasAll = records.some(({ values: [one, two, three, four] }) => one !== three || two !== four);
      return {
        metrics: hasAll ? [...live, bytes('alloc_space'), count('alloc_objects')] : live,
        measure: ([objects = 0, size = 0, allObjects = 0, allSize = 0]) => [
          ...scale(objects, size, rate),
          ...(hasAll ? scale(allObjects, allSize, rate) : []),
        ],
      };
    }
  }
}

/** Bytes and objects that a sample of so many stands for, when one byte in `rate` is sampled. */
function scale(objects: number, size: number, rate: number): [size: number, objects: number] {
  if (objects === 0 || size === 0) return [size, objects];
  if (rate <= 1) return [size, objects];
  const factor = 1 / (1 - Math.exp(-size / objects / rate));
  return [Math.trunc(size * factor), Math.trunc(objects * factor)];
}
