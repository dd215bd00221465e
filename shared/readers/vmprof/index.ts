/**
 * vmprof's logs, of CPython and PyPy, on systems of 32 and 64 bits and on Windows, in all modes.
 *
 * A stack is a sample; the file says how long one stands for (its period), not when it was taken (from version 7 on it
 * does): samples of a thread follow one another in steps of the period.
 *
 * Lost: addresses without a name, which are left out of the stacks; what the JIT compiled. Source: vmprof-python,
 * vmprof/reader.py.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, Profile, ProfileGroup, Series } from '../../model/profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { LineSums, Places } from '../line-sums.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { VMPROF } from './format.ts';
import { type Address, GARBAGE_COLLECTION, readVmprofLog, type VmprofLog } from './log.ts';

const METRICS: readonly Metric[] = [
  { name: 'samples', unit: 'count' },
  { name: 'time', unit: 'microseconds' },
];
const BYTES_PER_KILOBYTE = 1024;
/** Microseconds that a Date can hold. */
const MAX_DATE = 8.6e18;

/** Reads vmprof logs. */
export const vmprofReader: Reader = {
  ...VMPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const log = readVmprofLog(source.bytes);
    onStage('build');
    return new LogProfiles(log).build();
  },
};

/** Memory over time of one thread. */
interface Memory {
  readonly time: number[];
  readonly value: number[];
}

class LogProfiles {
  readonly #log: VmprofLog;
  readonly #notes = new Notes();
  readonly #book = new FrameBook();
  readonly #places = new Places();
  readonly #frames = new Map<Address, number>();
  readonly #memory = new Map<Address, Memory>();

  constructor(log: VmprofLog) {
    this.#log = log;
  }

  build(): ProfileGroup {
    const log = this.#log;
    const threads = new ThreadProfiles(this.#book, this.#notes, {
      metrics: METRICS,
      sampled: true,
      axis: { name: 'time', unit: 'microseconds' },
    });
    this.#addStacks(threads);
    this.#noteEnd();
    const profiles = threads.build((profile, thread) => this.#addMemory(profile, thread));
    return {
      format: 'vmprof',
      writer: log.interpreter === '' ? 'vmprof' : `vmprof (${log.interpreter})`,
      profiles,
      warnings: this.#notes.list(),
      about: [...threads.about(), ...describeLog(log)],
    };
  }

  #addStacks(threads: ThreadProfiles): void {
    const log = this.#log;
    const counts = new Map<Address, number>();
    const sums = new Map<Address, LineSums>();
    const firstTime = log.times[0] ?? 0;
    const values = [1, log.period];
    for (let stack = 0; stack < log.threads.length; stack++) {
      const thread = log.threads[stack]!;
      const stacks = threads.find(thread, () => nameThread(thread, log));
      const count = counts.get(thread) ?? 0;
      counts.set(thread, count + 1);
      const start = log.times.length > 0 ? (log.times[stack]! - firstTime) / 1000 : count * log.period;
      const first = log.first[stack]!;
      const frames: number[] = [];
      const places: number[] = [];
      for (let at = log.first[stack + 1]! - 1; at >= first; at--) {
        const frame = this.#findFrame(log.addresses[at]!);
        if (frame < 0) continue;
        frames.push(frame);
        places.push(this.#places.find(frame, log.lines[at]!));
      }
      const context = stacks.findStack(frames);
      refuseTooManyContexts(stacks.contexts.length, 'vmprof');
      stacks.addSample(context, Math.max(0, start), values);
      stacks.endSamples(Math.max(0, start) + log.period);
      if (log.hasLines) {
        const lines = sums.get(thread) ?? new LineSums(this.#places, METRICS.length);
        sums.set(thread, lines);
        lines.begin();
        places.forEach((place, at) => {
          lines.add(place, values, at === places.length - 1);
        });
      }
      this.#keepMemory(thread, start, log.memory[stack]!);
    }
    for (const [thread, lines] of sums) {
      lines.finish(
        threads.find(thread, () => ''),
        (frame) => this.#book.fileOf(frame),
      );
    }
  }

  /** Frame of an address; -1 without a name. */
  #findFrame(address: Address): number {
    let frame = this.#frames.get(address);
    if (frame === undefined) {
      const symbol = this.#log.symbols.get(address);
      frame = symbol === undefined ? -1 : this.#makeFrame(symbol);
      if (address === GARBAGE_COLLECTION) frame = this.#book.frame('(garbage collection)');
      this.#frames.set(address, frame);
    }
    if (frame < 0) {
      this.#notes.add(
        'no-symbol',
        (count) =>
          `${count} ${count === 1 ? 'address on a stack has' : 'addresses on stacks have'} no name in the file (native or jitted code): they are left out.`,
        () => (typeof address === 'number' ? `0x${address.toString(16)}` : null),
      );
    }
    return frame;
  }

  #makeFrame(symbol: string): number {
    const { name, file, line } = parseSymbol(symbol);
    return this.#book.frame(name, file, line);
  }

  #keepMemory(thread: Address, start: number, kilobytes: number): void {
    if (Number.isNaN(kilobytes)) return;
    const memory = this.#memory.get(thread) ?? { time: [], value: [] };
    this.#memory.set(thread, memory);
    memory.time.push(Math.max(start / 1e6, memory.time.at(-1) ?? 0));
    memory.value.push(kilobytes * BYTES_PER_KILOBYTE);
  }

  #addMemory(profile: Profile, thread: Address): Profile {
    const memory = this.#memory.get(thread);
    if (memory === undefined) return profile;
    const series: Series = {
      name: 'memory',
      unit: 'bytes',
      group: profile.name,
      time: Float64Array.from(memory.time),
      value: Float64Array.from(memory.value),
    };
    return { ...profile, series: [series] };
  }

  #noteEnd(): void {
    const { hasTrailer, trailingBytes, end } = this.#log;
    if (!hasTrailer) {
      this.#notes.add(
        'no-end',
        () => 'The file has no end mark, as it does when the program is killed: it may have been cut short.',
        () => null,
      );
    }
    if (trailingBytes > 0) {
      this.#notes.add(
        'trailing-bytes',
        (count) => `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the end of the profile: left out.`,
        () => `byte ${end}`,
        trailingBytes,
      );
    }
  }
}

/** Name, file and line of a symbol: `py:name:line:file`, `n:` for native code; the name may hold colons. */
export function parseSymbol(symbol: string): { readonly name: string; readonly file: string; readonly line: number } {
  const language = symbol.indexOf(':');
  for (let from = language + 1; from > 0; ) {
    const colon = symbol.indexOf(':', from);
    if (colon < 0) break;
    const next = symbol.indexOf(':', colon + 1);
    if (next < 0) break;
    const digits = symbol.slice(colon + 1, next);
    if (/^\d{1,9}$/.test(digits)) {
      const file = symbol.slice(next + 1);
      return { name: symbol.slice(language + 1, colon), file: file === '-' ? '' : file, line: Number(digits) };
    }
    from = colon + 1;
  }
  return { name: symbol, file: '', line: 0 };
}

function nameThread(thread: Address, { version }: VmprofLog): string {
  if (version === 0) return '';
  return `thread ${typeof thread === 'number' ? `0x${thread.toString(16)}` : thread}`;
}

function describeLog(log: VmprofLog): [string, string][] {
  const about: [string, string][] = [
    ['version of the format', String(log.version)],
    ['period', `${log.period} µs`],
    ['symbols', String(log.symbols.size)],
  ];
  if (log.startTime > 0 && log.startTime < MAX_DATE) {
    about.push(['started', new Date(Math.floor(log.startTime / 1000)).toISOString()]);
  }
  if (log.endTime > log.startTime) about.push(['duration', `${(log.endTime - log.startTime) / 1e6} s`]);
  return [...about, ...log.meta];
}
