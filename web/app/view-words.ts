/** What views and their options are called on the page. */
import type { ColorScheme } from '../../shared/color/colors.ts';
import { formatCount } from '../../shared/units/format.ts';
import type { ViewName } from '../state/app-state.ts';
import type { ThreadEntry } from '../state/slice.ts';

/** Titles of the tabs. */
export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  icicle: 'Icicle',
  flame: 'Flame',
  sunburst: 'Sunburst',
  timeline: 'Timeline',
  lines: 'Lines',
  series: 'Timeline',
  timings: 'Timings',
  allocations: 'Allocations',
};
/** What blocks are coloured by. */
export const SCHEME_TITLES: Readonly<Record<ColorScheme, string>> = {
  package: 'package',
  file: 'file',
  function: 'function',
  own: 'own code',
  heat: 'share of time',
  certainty: 'certainty',
};

/** Levels, as the menu offers them. */
export function formatDepth(depth: number): string {
  return depth === 0 ? 'all' : String(depth);
}

/** Least share, as the menu offers it. */
export function formatCutoff(cutoff: number): string {
  return cutoff === 0 ? 'none' : `1/${Math.round(1 / cutoff)}`;
}

/** `MainThread`, or what stands for a thread without a name; `count`: how many there are. */
export function formatThread({ key, name, profile }: ThreadEntry, count: number): string {
  if (profile === null) return `all ${formatCount(count)} together`;
  return name === '' ? `part ${key}` : name;
}
