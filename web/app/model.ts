/**
 * Everything on screen that follows from a document and the state: computed when it is asked for, remembered until what
 * it depends on changes. What looks at every function (searches, the table's lines) is worked out in slices and arrives
 * later.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { assignColors, type ColorTable } from '../../shared/color/colors.ts';
import { type PackageTable, packageOf } from '../../shared/color/packages.ts';
import type { Metric, Unit } from '../../shared/model/profile.ts';
import type { RowArrangement } from '../../shared/tree/arrange-rows.ts';
import type { CallTree } from '../../shared/tree/call-tree.ts';
import { type Covered, coverInSteps } from '../../shared/tree/covered.ts';
import { buildFunctionRows, type FunctionRows } from '../../shared/tree/function-rows.ts';
import type { AppState, ViewName } from '../state/app-state.ts';
import type { OpenDocument } from '../state/document.ts';
import { findSelection, findShownTree, type ShownSelection, type ShownTree } from '../state/selection.ts';
import { findView, hasFunctions, listViews } from '../state/views.ts';
import type { BlockInfo, MeasuredShare, Point } from '../views/chart-props.ts';
import { createArrangement } from './arranging.ts';
import { countLevels } from './chart-size.ts';
import { createSearch, type SearchState } from './searching.ts';
import { createSliced, type Sliced } from './slices.ts';

/** A block under the pointer or under the keyboard (`at` is null then), and the tree that its node number is of. */
export interface Hover {
  readonly tree: CallTree;
  readonly block: BlockInfo;
  readonly at: Point | null;
}

/** What is hovered in the tree on screen: with another root the numbers of nodes mean others. */
export function getHover({ hover, shown }: Model): Hover | null {
  return hover.value?.tree === shown.value.tree ? hover.value : null;
}

/** The computed side of one open document. */
export interface Model {
  readonly document: OpenDocument;
  readonly metric: Metric;
  readonly unit: Unit;
  /** Views that the profile can fill, in the order of their tabs, and the one on screen. */
  readonly views: readonly ViewName[];
  readonly view: ReadonlySignal<ViewName>;
  /** False for timings and values over time: there is no table then. */
  readonly hasFunctions: boolean;
  readonly shown: ReadonlySignal<ShownTree>;
  readonly selection: ReadonlySignal<ShownSelection>;
  readonly rows: FunctionRows;
  /** Total of the whole profile's tree, whatever the root is: what all shares of blocks are of. */
  readonly whole: number;
  /** Computed when it is first asked for, as everything that is not needed for the first picture. */
  readonly packages: PackageTable;
  readonly colors: ReadonlySignal<ColorTable>;
  readonly search: ReadonlySignal<SearchState>;
  readonly filter: ReadonlySignal<SearchState>;
  /** What the matches cover; null where there are none, or nobody knows yet. */
  readonly covered: Sliced<Covered>;
  /** Lines of the table; until others are finished, those of before. */
  readonly arrangement: Sliced<RowArrangement>;
  /** What is under the pointer; dies with the mouse. */
  readonly hover: Signal<Hover | null>;
  readonly measured: Signal<MeasuredShare>;
  /** Levels that the profile opened with, as far as they are wide enough to see on a usual screen. */
  readonly levels: ReadonlySignal<number>;
  /** Ends what runs for the document. */
  close(): void;
}

/** The model of a document under a state that changes. */
export function createModel(document: OpenDocument, state: ReadonlySignal<AppState>): Model {
  const { profile } = document;
  const metric = profile.metrics[document.metric]!;
  const pick = <K extends keyof AppState>(field: K) => computed(() => state.value[field]);
  const [root, within, zoom, select, selectFunction] = [
    pick('root'),
    pick('within'),
    pick('zoom'),
    pick('select'),
    pick('selectFunction'),
  ];
  const color = pick('color');
  const shown = computed(() => findShownTree(document, root.value, within.value));
  const selection = computed(() =>
    findSelection(document, shown.value.tree, {
      zoom: zoom.value,
      select: select.value,
      selectFunction: selectFunction.value,
    }),
  );
  const wanted = pick('view');
  const rows = buildFunctionRows(profile, document.metric);
  const packages = computed(() => packageOf(profile));
  let whole: number | null = null;
  const findWhole = (): number => {
    const { tree, isPart } = shown.peek();
    return (isPart ? document.tree : tree).total[0] ?? 0;
  };

  const search = createSearch(
    profile,
    rows.listed,
    computed(() => ({ text: state.value.search, mode: state.value.searchMode })),
  );
  const filter = createSearch(
    profile,
    rows.listed,
    computed(() => ({ text: state.value.filter, mode: state.value.filterRegex ? 'regex' : 'text' })),
  );
  const narrows = pick('searchNarrows');
  const matches = computed(() => [
    rows.listed,
    filter.result.value.found?.matches ?? null,
    narrows.value ? (search.result.value.found?.matches ?? null) : null,
  ]);
  const arrangement = createArrangement(state, { rows, packages, matches });
  const covered = createSliced('none', () => {
    const { found } = search.result.value;
    return found === null ? null : coverInSteps(shown.value.tree, found.matches);
  });

  return {
    document,
    metric,
    unit: metric.unit,
    views: listViews(document),
    view: computed(() => findView(document, wanted.value)),
    hasFunctions: hasFunctions(profile),
    shown,
    selection,
    rows,
    get whole() {
      whole ??= findWhole();
      return whole;
    },
    get packages() {
      return packages.value;
    },
    colors: computed(() => assignColors(profile, packages.value, color.value, document.metric)),
    search: search.result,
    filter: filter.result,
    covered,
    arrangement,
    hover: signal(null),
    measured: signal<MeasuredShare>({ measured: 0, estimated: 0 }),
    levels: computed(() => countLevels(shown.peek().tree)),
    close() {
      search.close();
      filter.close();
      arrangement.end();
      covered.end();
    },
  };
}
