/**
 * gprof2dot's own JSON: call paths with costs, each innermost function first.
 *
 *   { version: 0, costs: [{ description, unit? }], functions: [{ name, module? }],
 *     events: [{ callchain: [function …], cost: [one per costs] }] }
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, ProfileGroup, Unit } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { asText, describeValue, getField, JsonFaults, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { GPROF2DOT } from './format.ts';

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['bytes', 'bytes'],
  ['byte', 'bytes'],
  ['b', 'bytes'],
  ['s', 'seconds'],
  ['seconds', 'seconds'],
  ['ms', 'milliseconds'],
  ['milliseconds', 'milliseconds'],
  ['us', 'microseconds'],
  ['µs', 'microseconds'],
  ['microseconds', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['nanoseconds', 'nanoseconds'],
  ['%', 'percent'],
]);

const faults = new JsonFaults('gprof2dot-json', 'Export it again; the format is described in gprof2dot’s README');

/** Reads gprof2dot JSON. */
export const gprof2dotReader: Reader = {
  ...GPROF2DOT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const file = faults.object(source.json(GPROF2DOT.id), 'the file');
    onStage('build');
    const metrics = faults.array(getField(file, 'costs'), 'costs').map((cost, at) => {
      return describeCost(faults.object(cost, `costs[${at}]`));
    });
    if (metrics.length === 0) throw faults.at('costs', 'expected a cost at least, found an empty array');
    const book = new FrameBook();
    const frames = faults.array(getField(file, 'functions'), 'functions').map((each, at): FrameIndex => {
      const named = faults.object(each, `functions[${at}]`);
      return book.frame(asText(getField(named, 'name')), asText(getField(named, 'module')));
    });
    const stacks = new StackProfile(book, { metrics, sampled: isSampled(metrics) });
    faults.array(getField(file, 'events'), 'events').forEach((each, at) => {
      const event = faults.object(each, `events[${at}]`);
      const chain = faults.array(getField(event, 'callchain'), `events[${at}].callchain`);
      const costs = faults.array(getField(event, 'cost'), `events[${at}].cost`);
      const values = metrics.map((_, cost) => faults.number(costs[cost], `events[${at}].cost[${cost}]`));
      stacks.addStack(readChain(chain, frames, at), values);
      refuseTooManyContexts(stacks.contexts.length, GPROF2DOT.id);
    });
    return { format: GPROF2DOT.id, writer: null, profiles: [stacks.build()], warnings: [] };
  },
};

/** Frames of a chain, outermost first. */
function readChain(chain: readonly unknown[], frames: readonly FrameIndex[], event: number): FrameIndex[] {
  const stack: FrameIndex[] = [];
  for (let at = chain.length - 1; at >= 0; at--) {
    const frame = typeof chain[at] === 'number' ? frames[chain[at] as number] : undefined;
    if (frame === undefined) {
      throw faults.at(
        `events[${event}].callchain[${at}]`,
        `expected the number of one of ${frames.length} functions, found ${describeValue(chain[at])}`,
      );
    }
    stack.push(frame);
  }
  return stack;
}

function describeCost(cost: JsonObject): Metric {
  const name = asText(getField(cost, 'description')) || 'cost';
  return { name, unit: UNITS.get(asText(getField(cost, 'unit')).toLowerCase()) ?? 'count' };
}

function isSampled(metrics: readonly Metric[]): boolean {
  return metrics.some(({ name }) => /^samples?$/i.test(name));
}
