/**
 * Everything that can be done to a state, as pure functions. What each one is to the browser's history (a step that
 * back undoes, or a change in place) is said where it is dispatched, not here.
 */
import type { ColorScheme } from '../../shared/color/colors.ts';
import type { GroupBy, SortKey } from '../../shared/tree/function-rows.ts';
import { type AppState, DEFAULT_STATE, type PanelName, type SearchMode, type ViewName } from './app-state.ts';
import { getParentPath, type NodePath } from './node-path.ts';

/** A change of state. */
export type Action = (state: AppState) => AppState;

/** Shows another view of the same tree. */
export const setView =
  (view: ViewName): Action =>
  (state) => ({ ...state, view });

/** Shows another thread, or all together. Blocks are elsewhere there; the function stays selected by its key. */
export const setThread =
  (thread: string, selectedKey: string): Action =>
  (state) => ({ ...forgetPlaces(state, selectedKey), thread, range: '' });

/** Shows another metric of the same profile. */
export const setMetric =
  (metric: string): Action =>
  (state) => ({ ...state, metric });

/** Limits tree and table to a stretch of time, `''` to none. */
export const setRange =
  (range: string): Action =>
  (state) =>
    state.range === range ? state : { ...state, range };

/** What a view has set; `''` is its default. */
export const setOption =
  (view: PanelName, option: string): Action =>
  (state) =>
    (state.options[view] ?? '') === option ? state : { ...state, options: { ...state.options, [view]: option } };

function forgetPlaces(state: AppState, selectedKey: string): AppState {
  return { ...state, within: '', zoom: '', select: '', selectFunction: selectedKey };
}

/** Selects a block. */
export const selectNode =
  (select: NodePath): Action =>
  (state) => ({ ...state, select, selectFunction: '' });

/** Selects a function, at `select` if a block of it is known. */
export const selectFunction =
  (key: string, select: NodePath): Action =>
  (state) => ({ ...state, select, selectFunction: select === '' ? key : '' });

/** Lets a block fill the width and selects one. */
export const zoomTo =
  (zoom: NodePath, select: NodePath): Action =>
  (state) => ({ ...state, zoom, select, selectFunction: select === '' ? state.selectFunction : '' });

/** Changes what fills the width and nothing else; `''` is everything. */
export const setZoom =
  (zoom: NodePath): Action =>
  (state) =>
    state.zoom === zoom ? state : { ...state, zoom };

/** Roots the tree at a function wherever it is called from; `step` is the path to it in its own tree. */
export const makeRoot =
  (root: string, step: NodePath): Action =>
  (state) => ({ ...state, root, within: '', zoom: '', select: step, selectFunction: '' });

/**
 * Cuts the tree down to a block. `path` is that of the tree on screen, which starts at `within` already when that is set:
 * its first step is the last one of `within`.
 */
export const cutToNode =
  (path: NodePath): Action =>
  (state) => {
    if (path === '') return state;
    const within = getParentPath(state.within) + path;
    return { ...state, within, zoom: '', select: within.slice(-getStepLength(path)), selectFunction: '' };
  };

/** Back to the tree of the whole profile. What was selected stays known by its function. */
export const resetRoot =
  (selectedKey: string): Action =>
  (state) =>
    state.root === '' && state.within === ''
      ? state
      : { ...state, root: '', within: '', zoom: '', select: '', selectFunction: selectedKey };

/** Searches for a text; an empty one ends the search. */
export const setSearch =
  (search: string): Action =>
  (state) => ({ ...state, search });

/** Switches a mode on, or back to plain text when it is on. */
export const toggleSearchMode =
  (mode: SearchMode): Action =>
  (state) => ({ ...state, searchMode: state.searchMode === mode ? 'text' : mode });

/** Shows only matches in the table, or all functions. */
export const setSearchNarrows =
  (searchNarrows: boolean): Action =>
  (state) => ({ ...state, searchNarrows });

/** Sorts the table. */
export const setSort =
  (sort: readonly SortKey[]): Action =>
  (state) => ({ ...state, sort });

/** Groups the table. */
export const setGroup =
  (group: GroupBy): Action =>
  (state) => ({ ...state, group, openGroups: DEFAULT_STATE.openGroups });

/** Opens or closes one group of the table. */
export const toggleGroup =
  (name: string): Action =>
  (state) => {
    const openGroups = new Set(state.openGroups);
    if (!openGroups.delete(name)) openGroups.add(name);
    return { ...state, openGroups };
  };

/**
 * Changes the table's filter. A change names only what it changes: what is on screen may be a frame behind, and the rest
 * of it must not undo a change that came in between.
 */
export const setFilter =
  ({ text, regex }: { readonly text?: string; readonly regex?: boolean }): Action =>
  (state) => ({ ...state, filter: text ?? state.filter, filterRegex: regex ?? state.filterRegex });

/** Colours by another scheme. */
export const setColor =
  (color: ColorScheme): Action =>
  (state) => ({ ...state, color });

/** Limits the levels that are shown; 0 for all. */
export const setDepth =
  (depth: number): Action =>
  (state) => ({ ...state, depth });

/** Leaves out nodes under a share of the whole; 0 for none. */
export const setCutoff =
  (cutoff: number): Action =>
  (state) => ({ ...state, cutoff });

/** Leaves out estimated blocks, or shows them. */
export const setMeasuredOnly =
  (measuredOnly: boolean): Action =>
  (state) => ({ ...state, measuredOnly });

/** Drops parts of a link that lead nowhere. */
export const forget =
  (...fields: readonly ('root' | 'within' | 'zoom' | 'select' | 'selectFunction')[]): Action =>
  (state) => ({ ...state, ...Object.fromEntries(fields.map((field) => [field, ''])) });

function getStepLength(path: NodePath): number {
  return path.length - getParentPath(path).length;
}
