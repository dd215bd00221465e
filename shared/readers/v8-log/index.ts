/**
 * Logs of V8's sampling profiler (`node --prof`), as `node --prof-process --preprocess` writes them.
 *
 *   { code: [{ name, type: 'JS' | 'CODE' | 'CPP' | 'SHARED_LIB', kind?, func? }], functions: [{ name, codes }],
 *     ticks: [{ tm: µs, vm: state, s: [code, offset, code, offset …] }] }
 *
 * The stack of a tick begins with its leaf. Code -1: an address that is in no code. Such a leaf is unknown, as in V8's own
 * report; below the leaf, which is the way between C++ and JavaScript, it is left out.
 *
 * Source: V8's tools/profile.mjs (JsonProfile) and tools/tickprocessor.mjs
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { describeValue, getField, JsonFaults } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { V8_LOG } from './format.ts';
import { nameCode } from './names.ts';

const METRICS: readonly Metric[] = [
  { name: 'time', unit: 'microseconds' },
  { name: 'ticks', unit: 'count' },
];
/** State of the virtual machine, the same in all versions. */
const GARBAGE_COLLECTION = 1;

const faults = new JsonFaults(
  'v8-log',
  'Make it again: node --prof-process --preprocess isolate-*.log > app.v8log.json',
);

/** Reads preprocessed logs of V8. */
export const v8LogReader: Reader = {
  ...V8_LOG,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const log = faults.object(source.json('v8-log'), 'file');
    onStage('build');
    const codes = faults.array(getField(log, 'code'), 'code');
    const functions = faults.array(getField(log, 'functions'), 'functions');
    const ticks = readTicks(faults.array(getField(log, 'ticks'), 'ticks'), codes.length);
    const book = new FrameBook();
    const frames = nameCode(codes, functions, ticks, book, faults);
    const stacks = new StackProfile(book, { metrics: METRICS, sampled: true });
    const collecting = ticks.reduce((count, { state }) => (state === GARBAGE_COLLECTION ? count + 1 : count), 0);
    ticks.sort((a, b) => a.time - b.time);
    let now = 0;
    for (const { time, stack } of ticks) {
      let context: ContextIndex = -1;
      for (let at = stack.length - 1; at >= 0; at--) context = stacks.contexts.child(context, frames.get(stack[at]!)!);
      refuseTooManyContexts(stacks.contexts.length, V8_LOG.id);
      const length = Math.max(0, time - now);
      stacks.addSample(context, now, [length, 1]);
      now += length;
    }
    if (stacks.sampleCount > 0) stacks.endSamples(now);
    return {
      format: V8_LOG.id,
      writer: 'V8',
      profiles: [stacks.build()],
      warnings: [],
      about: [
        ['ticks', String(ticks.length)],
        ['ticks in garbage collection', String(collecting)],
      ],
    };
  },
};

/** A tick: its code by number, leaf first; -1 for a leaf that is in no code. */
export interface Tick {
  readonly time: number;
  readonly state: unknown;
  readonly stack: readonly number[];
}

function readTicks(ticks: readonly unknown[], codes: number): Tick[] {
  return ticks.map((value, at) => {
    const place = `ticks[${at}]`;
    const tick = faults.object(value, place);
    const time = faults.number(getField(tick, 'tm'), `${place}.tm`);
    const pairs = faults.array(getField(tick, 's'), `${place}.s`);
    const stack: number[] = [];
    for (let pair = 0; pair < pairs.length; pair += 2) {
      const code = pairs[pair];
      if (typeof code !== 'number' || !Number.isInteger(code) || code < -1 || code >= codes) {
        const expected = `expected -1 or the number of one of ${codes} pieces of code`;
        throw faults.at(`${place}.s[${pair}]`, `${expected}, found ${describeValue(code)}`);
      }
      if (code >= 0 || pair === 0) stack.push(code);
    }
    return { time, state: getField(tick, 'vm'), stack };
  });
}
