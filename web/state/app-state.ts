/**
 * What the user has set on a profile: one immutable value. Everything in it except `openGroups` is in the address; what
 * follows from it (the tree, the node a path leads to, the rows of the table) is computed, never kept here.
 */
import type { ColorScheme } from '../../shared/color/colors.ts';
import type { GroupBy, SortKey } from '../../shared/tree/function-rows.ts';
import type { NodePath } from './node-path.ts';

/** Views that have a tab, in its order. */
export const VIEWS = ['icicle', 'flame', 'sunburst', 'timeline', 'lines', 'series', 'timings', 'allocations'] as const;
/** Name of a view, as it stands in an address. */
export type ViewName = (typeof VIEWS)[number];

/** Views that draw the call tree. */
export const TREE_VIEWS = ['icicle', 'flame', 'sunburst'] as const satisfies readonly ViewName[];
/** Views beside them, each with a setting of its own in the address. */
export const PANEL_VIEWS = [
  'timeline',
  'lines',
  'series',
  'timings',
  'allocations',
] as const satisfies readonly ViewName[];
/** Name of such a view. */
export type PanelName = (typeof PANEL_VIEWS)[number];

/** How the search text is meant. */
export const SEARCH_MODES = ['text', 'regex', 'word'] as const;
/** How the text of a search is meant. */
export type SearchMode = (typeof SEARCH_MODES)[number];

/** What blocks can be coloured by, in the order of the menu. */
export const COLOR_SCHEMES = [
  'package',
  'file',
  'function',
  'own',
  'heat',
  'certainty',
] as const satisfies readonly ColorScheme[];
/** Levels below the zoomed block that the menu offers; 0 is all. */
export const DEPTHS = [3, 5, 10, 15, 20, 0] as const;
/** Shares of the whole under which blocks are gathered; 0 is none. */
export const CUTOFFS = [0, 0.001, 0.01] as const;
/** Groupings that the table offers. */
export const GROUPINGS = ['none', 'file', 'package', 'directory'] as const satisfies readonly GroupBy[];

/** Everything an address restores. Immutable. */
export interface AppState {
  /** Where the profile can't fill it, the first that it can is shown. */
  readonly view: ViewName;
  /** Key of the thread, process or event type; `''`: the first one offered. */
  readonly thread: string;
  /** Name of the metric; `''`: the first one. */
  readonly metric: string;
  /** Stretch of time as `from~to` on the axis of the samples; `''`: all of it. */
  readonly range: string;
  /** What each of these views has set, in its own words; absent: its default. */
  readonly options: Readonly<Partial<Record<PanelName, string>>>;
  /** Key of the function that the tree is rooted at, wherever it is called from; `''`: the whole profile. */
  readonly root: string;
  /** Path in the tree of `root` to the block that it is cut down to; `''`: all of it. */
  readonly within: NodePath;
  /** Path to the block that fills the width; `''`: everything. */
  readonly zoom: NodePath;
  /** Path to the selected block; `''`: none. */
  readonly select: NodePath;
  /** Key of the selected function where no block of it is selected; `''`: none. */
  readonly selectFunction: string;
  readonly search: string;
  readonly searchMode: SearchMode;
  /** False: search marks in the table but hides no row. */
  readonly searchNarrows: boolean;
  /** Most important first; empty: the order of the file. */
  readonly sort: readonly SortKey[];
  readonly group: GroupBy;
  readonly filter: string;
  readonly filterRegex: boolean;
  readonly color: ColorScheme;
  /** One of DEPTHS. */
  readonly depth: number;
  /** One of CUTOFFS. */
  readonly cutoff: number;
  readonly measuredOnly: boolean;
  /** Names of groups whose functions are shown. Not in the address: it is of the size of the table. */
  readonly openGroups: ReadonlySet<string>;
}

/** What an address without parameters means. */
export const DEFAULT_STATE: AppState = {
  view: 'icicle',
  thread: '',
  metric: '',
  range: '',
  options: {},
  root: '',
  within: '',
  zoom: '',
  select: '',
  selectFunction: '',
  search: '',
  searchMode: 'text',
  searchNarrows: true,
  sort: [{ column: 'self', descending: true }],
  group: 'none',
  filter: '',
  filterRegex: false,
  color: 'package',
  depth: 0,
  cutoff: 0,
  measuredOnly: false,
  openGroups: new Set(),
};
