/** Facts of tracemalloc's snapshots: blocks and bytes, and the lines that hold most. */
import { getFrameFile } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';

type LineRow = readonly [file: string, line: number, size: number, count: number];

interface SnapshotFacts {
  readonly traces: number;
  readonly total_size: number;
  readonly traceback_limit: number;
  readonly max_frames: number;
  readonly top10_lineno: readonly LineRow[];
  readonly library_statistics_lineno?: readonly LineRow[];
}

/** Checks sums, depth, and `statistics('lineno')`, whose lines are those on top of the tracebacks. */
export const checkTracemalloc: FactCheck = (expected, group) => {
  const facts = expected as unknown as SnapshotFacts;
  let [traces, depth] = [0, 0];
  const sums = [0, 0];
  const byLine = new Map<string, number[]>();
  for (const profile of group.profiles) {
    const contexts = profile.contexts!;
    traces += contexts.samples;
    const depths = new Int32Array(contexts.length);
    for (let context = 0; context < contexts.length; context++) {
      const above = contexts.parent[context]!;
      depths[context] = above < 0 ? 1 : depths[above]! + 1;
      depth = Math.max(depth, depths[context]!);
      const frame = contexts.frame[context]!;
      const key = `${getFrameFile(profile, frame)}:${profile.frames.line[frame]}`;
      const line = byLine.get(key) ?? [0, 0];
      byLine.set(key, line);
      contexts.self.forEach((column, metric) => {
        sums[metric]! += column[context]!;
        line[metric]! += column[context]!;
      });
    }
  }
  const ranked = [...byLine.values()].map(([size]) => size!).sort((a, b) => b - a);
  const compareLines = (name: string, rows: readonly LineRow[]) =>
    rows.flatMap(([file, line, size, count], rank): Fact[] => [
      { fact: `${name} ${file}:${line}`, want: [size, count], got: byLine.get(`${file}:${line}`) },
      { fact: `${name} rank ${rank + 1}`, want: size, got: ranked[rank] },
    ]);
  return [
    { fact: 'traces', want: facts.traces, got: traces },
    { fact: 'blocks', want: facts.traces, got: sums[1] },
    { fact: 'total_size', want: facts.total_size, got: sums[0] },
    { fact: 'traceback_limit', want: String(facts.traceback_limit), got: group.about?.[0]?.[1] },
    { fact: 'max_frames', want: facts.max_frames, got: depth },
    ...compareLines('top10_lineno', facts.top10_lineno),
    ...compareLines('library_statistics_lineno', facts.library_statistics_lineno ?? []),
  ];
};
