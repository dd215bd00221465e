/**
 * Call reports of VTune: a block for each function, its callers above it and its callees below it.
 *
 *     Index  % CPU Time:Total  CPU Time:Self  CPU Time:Children  Name              Index
 *     -----  ----------------  -------------  -----------------  ----------------  -----
 *                              0.0            31.29                main            [1]
 *     [6]    99.93             0.0            31.268             on_process        [6]
 *                              0.0            31.268               rt_renderscene  [7]
 *
 * Times of a caller or callee are those of the call. Within a circle there are none.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { type Entry, readEntries } from './entries.ts';
import { HEAD, VTUNE } from './format.ts';

/** Reads call reports of VTune. */
export const vtuneReader: Reader = {
  ...VTUNE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    const start = lines.findIndex((line) => HEAD.test(line));
    const notes = new Notes();
    const { entries, cycles } = readEntries(lines, start + 1, notes);
    if (entries.length === 0) {
      throw new FormatError(`vtune-gprof-cc line ${start + 2}: the report has a head, but no function`, {
        format: VTUNE.id,
        line: start + 2,
        advice: 'Make it again: vtune -report gprof-cc -result-dir DIR -report-output calls.axe',
      });
    }
    onStage('build');
    const metric = HEAD.exec(lines[start]!)![1]!;
    const builder = new ProfileBuilder({
      metrics: [
        { name: metric, unit: /time/i.test(metric) ? 'seconds' : 'count' },
        { name: `share of ${metric}`, unit: 'percent' },
      ],
      traits: { sampled: true, hasCounts: false },
    });
    const frames = makeFrames(entries, builder);
    // Shares are the report's where it has them: of a circle's functions they are not what their times add up to.
    const whole = entries.reduce((most, { self, children }) => Math.max(most, self + children), 0);
    const shareOf = (value: number) => (whole > 0 ? (100 * value) / whole : Number.NaN);
    for (const { index, self, children, share } of entries) {
      builder.setFunction(frames.get(index)!, { self: [self, shareOf(self)], total: [self + children, share] });
    }
    // A call stands in two blocks, the caller's and the callee's: it counts once.
    const known = new Set<string>();
    for (const { index, callers, callees } of entries) {
      const calls = [
        ...callers.map((caller) => ({ ...caller, from: caller.index, to: index })),
        ...callees.map((callee) => ({ ...callee, from: index, to: callee.index })),
      ];
      for (const { from, to, self, children } of calls) {
        const [caller, callee] = [frames.get(from), frames.get(to)];
        if (caller === undefined || callee === undefined || known.has(`${from} ${to}`)) continue;
        known.add(`${from} ${to}`);
        const total = self + children;
        builder.addCall(caller, callee, { self: [self, shareOf(self)], total: [total, shareOf(total)] });
      }
    }
    return {
      format: VTUNE.id,
      writer: 'VTune',
      profiles: [builder.build()],
      warnings: notes.list(),
      about: cycles === 0 ? [] : [['cycles', String(cycles)]],
    };
  },
};

/** Frames by index. Functions of one name have their index behind it, so that they stay apart. */
function makeFrames(entries: readonly Entry[], builder: ProfileBuilder): Map<number, FrameIndex> {
  const uses = new Map<string, number>();
  for (const { name } of entries) uses.set(name, (uses.get(name) ?? 0) + 1);
  return new Map(
    entries.map(({ index, name }) => [
      index,
      builder.addFrame(uses.get(name)! > 1 ? `${name} [${index}]` : name, '', 0),
    ]),
  );
}
