/** Facts of what memray exports. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';

interface StatsFacts {
  readonly full?: {
    readonly total_num_allocations: number;
    readonly total_bytes_allocated: number;
    readonly allocation_size_histogram: readonly { min_bytes: number; max_bytes: number; count: number }[];
    readonly allocator_type_distribution: Readonly<Record<string, number>>;
    readonly top_allocations_by_size: readonly { location: string; size: number }[];
    readonly top_allocations_by_count: readonly { location: string; count: number }[];
    readonly top_modules_by_allocation_size?: readonly {
      module: string;
      num_allocations: number;
      total_bytes: number;
    }[];
    readonly metadata: Readonly<Record<string, unknown>>;
  };
}

/** `memray stats --json`. */
export const checkMemrayStats: FactCheck = (expected, group) => {
  const { full } = expected as StatsFacts;
  const profile = group.profiles[0]!;
  const { frames, functions } = profile;
  const tell = (name: string) => group.about?.find(([key]) => key === name)?.[1];
  const locate = (location: string) =>
    Array.from(frames.line.keys()).find(
      (frame) => `${getFrameName(profile, frame)}:${getFrameFile(profile, frame)}:${frames.line[frame]}` === location,
    ) ?? -1;
  const known = (column: Float64Array) => column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  return [
    { fact: 'total_num_allocations', want: `${full!.total_num_allocations}`, got: tell('allocations') },
    { fact: 'total_bytes_allocated', want: `${full!.total_bytes_allocated}`, got: tell('bytes allocated') },
    ...full!.allocation_size_histogram.map(({ min_bytes, max_bytes, count }) => ({
      fact: `sizes from ${min_bytes}`,
      want: `${count}`,
      got: tell(`of ${min_bytes} to ${max_bytes} bytes`),
    })),
    ...Object.entries(full!.allocator_type_distribution).map(([allocator, count]) => ({
      fact: allocator,
      want: `${count}`,
      got: tell(`by ${allocator}`),
    })),
    ...(full!.top_modules_by_allocation_size ?? []).map(({ module, num_allocations, total_bytes }) => ({
      fact: module,
      want: `${num_allocations} allocations, ${total_bytes} bytes`,
      got: tell(`in module ${module}`),
    })),
    ...Object.entries(full!.metadata).map(([key, value]) => ({
      fact: key,
      want: String(value),
      got: tell(key.replaceAll('_', ' ')),
    })),
    { fact: 'locations by size', want: full!.top_allocations_by_size.length, got: known(functions.self[0]!) },
    { fact: 'locations by count', want: full!.top_allocations_by_count.length, got: known(functions.self[1]!) },
    ...full!.top_allocations_by_size.map(
      ({ location, size }): Fact => ({
        fact: `size ${location}`,
        want: size,
        got: functions.self[0]![locate(location)],
      }),
    ),
    ...full!.top_allocations_by_count.map(
      ({ location, count }): Fact => ({
        fact: `count ${location}`,
        want: count,
        got: functions.self[1]![locate(location)],
      }),
    ),
  ];
};

/** `memray transform csv`: rows, and all of the first one. */
export const checkMemrayCsv: FactCheck = (expected, group) => {
  const facts = expected as { readonly rows?: number; readonly first?: Readonly<Record<string, string>> };
  const profile = group.profiles[0]!;
  const contexts = profile.contexts!;
  const paths = Array.from(contexts.frame.keys(), (leaf) => {
    const path: string[] = [];
    for (let at = leaf; at >= 0; at = contexts.parent[at]!) {
      const frame = contexts.frame[at]!;
      path.push(`${getFrameName(profile, frame)};${getFrameFile(profile, frame)};${profile.frames.line[frame]}`);
    }
    return path.join('|');
  });
  const first = paths.indexOf(facts.first!.stack_trace!);
  return [
    { fact: 'rows', want: facts.rows, got: group.profiles.reduce((sum, each) => sum + each.contexts!.samples, 0) },
    { fact: 'size of the first', want: Number(facts.first!.size), got: contexts.self[0]![first] },
    {
      fact: 'allocations of the first',
      want: Number(facts.first!.num_allocations),
      got: contexts.self[1]![first],
    },
    {
      fact: 'thread of the first',
      want: facts.first!.thread_name,
      got: profile.name || group.about?.find(([key]) => key === 'thread')?.[1],
    },
  ];
};

/** A page: its other facts are about the text. */
export const checkMemrayHtml: FactCheck = (expected, group) => [
  {
    fact: 'title',
    want: (expected as { readonly title?: string }).title,
    got: group.about?.find(([key]) => key === 'title')?.[1],
  },
];
