/**
 * Call graphs of OProfile: a block for each function, by samples.
 *
 *     samples  %        linenr info      image name  app name  symbol name
 *     -------------------------------------------------------------------------------
 *       30     100.000  main.c:9         /bin/app    /bin/app  main
 *     20       66.6667  work.c:3         /bin/app    /bin/app  work
 *       20     66.6667  work.c:3         /bin/app    /bin/app  work [self]
 *       10     33.3333  (no location information) /lib/libc.so /bin/app memcpy
 *
 * A function's row has its own samples; those of a caller or callee are of the call, with all that it called. So a
 * function's whole is its own and its callees' samples. A call counts as often as it is in a stack: in recursion that
 * may be more than all samples, which is then taken.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { type Block, type Row, readBlocks } from './blocks.ts';
import { HEAD, OPROFILE } from './format.ts';

const EVENT = /^Counted (\S{1,80}) events/;

/** Own and whole samples of a function, per event. */
interface Sums {
  readonly self: number[];
  readonly total: number[];
}

/** Reads call graphs of OProfile. */
export const oprofileReader: Reader = {
  ...OPROFILE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    const head = lines.findIndex((line) => HEAD.test(line));
    const [, pairs, linenr, program] = HEAD.exec(lines[head]!)!;
    const events = pairs!.split('%').length - 1;
    const notes = new Notes();
    const columns = { events, hasLines: linenr !== undefined, hasPrograms: program !== undefined };
    const blocks = readBlocks(lines, head + 1, columns, notes);
    if (blocks.length === 0) {
      throw new FormatError(`oprofile line ${head + 2}: the report has a head, but no function`, {
        format: OPROFILE.id,
        line: head + 2,
        advice: 'Make it again: opreport -cgf > app.oprofile',
      });
    }
    onStage('build');
    const names = lines.slice(0, head).flatMap((line) => EVENT.exec(line)?.[1] ?? []);
    const builder = new ProfileBuilder({
      metrics: nameMetrics(events, names),
      traits: { sampled: true, hasCounts: false },
    });
    addBlocks(builder, blocks, events);
    return { format: OPROFILE.id, writer: 'OProfile', profiles: [builder.build()], warnings: notes.list() };
  },
};

function nameMetrics(events: number, names: readonly string[]): Metric[] {
  if (events === 1) return [{ name: 'samples', unit: 'count' }];
  return Array.from({ length: events }, (_, event) => ({
    name: names.length === events ? `${names[event]} samples` : `samples of event ${event + 1}`,
    unit: 'count',
  }));
}

function addBlocks(builder: ProfileBuilder, blocks: readonly Block[], events: number): void {
  const frameOf = ({ name, file, line }: Row): FrameIndex => builder.addFrame(name, file, line);
  const sums = new Map<FrameIndex, Sums>();
  const whole = new Array<number>(events).fill(0);
  for (const { own, callees } of blocks) {
    const frame = frameOf(own);
    // One function of a library has a block for each program that used it.
    const sum = sums.get(frame) ?? { self: whole.map(() => 0), total: whole.map(() => 0) };
    sums.set(frame, sum);
    own.samples.forEach((samples, event) => {
      whole[event]! += samples;
      sum.self[event]! += samples;
      sum.total[event]! += samples;
    });
    for (const callee of callees) {
      if (frameOf(callee) === frame) continue;
      callee.samples.forEach((samples, event) => {
        sum.total[event]! += samples;
      });
    }
  }
  for (const [frame, { self, total }] of sums) {
    total.forEach((samples, event) => {
      total[event] = Math.min(samples, whole[event]!);
    });
    builder.setFunction(frame, { self, total });
  }
  const most = (frame: FrameIndex, event: number) => sums.get(frame)?.total[event] ?? whole[event]!;
  const addCall = (caller: FrameIndex, callee: FrameIndex, samples: readonly number[]) => {
    const total = samples.map((value, event) => Math.min(value, most(caller, event), most(callee, event)));
    builder.addCall(caller, callee, { total });
  };
  // A call stands in the blocks of both; callers without one (reports may leave rare functions out) in the other’s only.
  const known = new Set(blocks.map(({ own }) => own.key));
  for (const { own, callers, callees } of blocks) {
    const frame = frameOf(own);
    for (const callee of callees) addCall(frame, frameOf(callee), callee.samples);
    for (const caller of callers) if (!known.has(caller.key)) addCall(frameOf(caller), frame, caller.samples);
  }
}
