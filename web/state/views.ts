/** Which views a profile can fill. */
import type { Profile } from '../../shared/model/profile.ts';
import { getTables } from '../../shared/model/tables.ts';
import { PANEL_VIEWS, type PanelName, TREE_VIEWS, VIEWS, type ViewName } from './app-state.ts';
import type { OpenDocument } from './document.ts';

/** Views of a document, in the order of the tabs. There is always one. */
export function listViews({ profile, threads }: Pick<OpenDocument, 'profile' | 'threads'>): readonly ViewName[] {
  const views = VIEWS.filter((view) => canFill(profile, threads, view));
  return views.length === 0 ? TREE_VIEWS : views;
}

/** The view that is shown where `wanted` is in the address. */
export function findView(document: OpenDocument, wanted: ViewName): ViewName {
  const views = listViews(document);
  return views.includes(wanted) ? wanted : views[0]!;
}

/** True for a view that is no picture of the tree. */
export function isPanel(view: ViewName): view is PanelName {
  return PANEL_VIEWS.some((panel) => panel === view);
}

/**
 * Whether there are functions for a table: timings and values over time have none, and what line by line reports say of
 * a function is said by their lines. An empty profile has its table: it says so.
 */
export function hasFunctions(profile: Profile): boolean {
  const { calls, self } = profile.functions;
  const isKnown = [calls, ...self].some((column) => column.some((value) => !Number.isNaN(value)));
  return isKnown || getTables(profile).some((table) => table === 'calls' || table === 'contexts');
}

/** Whether one metric at a time is shown: values over time are all there at once, and timings have none. */
export function hasMetrics(views: readonly ViewName[]): boolean {
  return views.some((view) => view !== 'series' && view !== 'timings');
}

function canFill(profile: Profile, threads: readonly Profile[], view: ViewName): boolean {
  switch (view) {
    case 'icicle':
    case 'flame':
    case 'sunburst':
      return getTables(profile).some((table) => table === 'calls' || table === 'contexts');
    case 'timeline':
      return threads.some(({ samples }) => samples !== undefined);
    case 'lines':
      return profile.lines !== undefined || profile.traits.linesRan === true;
    case 'series':
      return threads.some(({ series = [], spans = [] }) => series.length > 0 || spans.length > 0);
    case 'timings':
      return threads.some(({ measurements = [] }) => measurements.length > 0);
    case 'allocations':
      return profile.contexts !== undefined && profile.metrics.some(({ unit }) => unit === 'bytes');
    default:
      return view satisfies never;
  }
}
