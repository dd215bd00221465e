/** The lines of the table: worked out in slices, each part again only when what it is made of has changed. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { PackageTable } from '../../shared/color/packages.ts';
import type { Profile } from '../../shared/model/profile.ts';
import { type ArrangeOptions, arrange, orderFrames, type RowArrangement } from '../../shared/tree/arrange-rows.ts';
import type { FunctionRows, GroupBy, SortKey } from '../../shared/tree/function-rows.ts';
import { type Grouping, groupFramesBy, groupFramesByPath } from '../../shared/tree/grouping.ts';
import type { Steps } from '../../shared/tree/steps.ts';
import type { AppState } from '../state/app-state.ts';
import { createSliced, type Sliced } from './slices.ts';

/** What the table is made of, besides the state. */
export interface ArrangeSource {
  readonly rows: FunctionRows;
  readonly packages: ReadonlySignal<PackageTable>;
  /** Functions that the filter and the search let through, as `ArrangeOptions` has them. */
  readonly matches: ReadonlySignal<ArrangeOptions['matches']>;
}

/** The first slice may take a little longer than a frame: a second drawing of the table costs more than that. */
const FIRST_MS = 18;

/** The table's lines under a state that changes. */
export function createArrangement(
  state: ReadonlySignal<AppState>,
  { rows, packages, matches }: ArrangeSource,
): Sliced<RowArrangement> {
  const pick = <K extends keyof AppState>(field: K) => computed(() => state.value[field]);
  const [sort, group, openGroups] = [pick('sort'), pick('group'), pick('openGroups')];
  let order: { readonly sort: readonly SortKey[]; readonly frames: Int32Array } | null = null;
  let grouping: { readonly by: GroupBy; readonly groups: Grouping | null } = { by: 'none', groups: null };
  const start = () => {
    const options = { sort: sort.value, matches: matches.value, openGroups: openGroups.value };
    const by = group.value;
    const table = packages;
    return (function* work(): Steps<RowArrangement> {
      if (order?.sort !== options.sort) {
        order = { sort: options.sort, frames: yield* orderFrames(rows, options.sort) };
      }
      if (grouping.by !== by) grouping = { by, groups: yield* groupFrames(rows.profile, by, table) };
      return yield* arrange(rows, order.frames, { ...options, grouping: grouping.groups });
    })();
  };
  return createSliced('last', start, FIRST_MS);
}

function* groupFrames(profile: Profile, by: GroupBy, packages: ReadonlySignal<PackageTable>): Steps<Grouping | null> {
  if (by === 'none') return null;
  if (by !== 'package') return yield* groupFramesByPath(profile, by);
  const { length, of, name } = packages.peek();
  return yield* groupFramesBy(profile, length, of, name);
}
