/**
 * What events count, by the names that tools give them.
 *
 *   ns                 pyprof2calltree
 *   Ticks              yappi: microseconds
 *   cpu(ms)            pprof: the unit in brackets
 *   Memory_(bytes)     xdebug
 *   wall_time          ruby-prof: microseconds
 *   Ir, D1mr …         Valgrind: counts
 */
import type { Metric, Unit } from '../../model/profile.ts';

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['s', 'seconds'],
  ['sec', 'seconds'],
  ['seconds', 'seconds'],
  ['ms', 'milliseconds'],
  ['milliseconds', 'milliseconds'],
  ['us', 'microseconds'],
  ['µs', 'microseconds'],
  ['microseconds', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['nanoseconds', 'nanoseconds'],
  ['bytes', 'bytes'],
  ['b', 'bytes'],
  ['count', 'count'],
]);

/** The metric of an event. A unit that is none of ours (10 ns, kB) stays in the name, and its numbers as they are. */
export function describeEvent(event: string, creator: string): Metric {
  if (event === 'wall_time' || event === 'process_time') return { name: event.replace('_', ' '), unit: 'microseconds' };
  if (event === 'Ticks' && creator === 'yappi') return { name: 'time', unit: 'microseconds' };
  const alone = UNITS.get(event.toLowerCase());
  if (alone !== undefined && alone !== 'count') return { name: alone === 'bytes' ? 'memory' : 'time', unit: alone };
  const open = event.lastIndexOf('(');
  if (open > 0 && event.endsWith(')')) {
    const unit = UNITS.get(event.slice(open + 1, -1).toLowerCase());
    const name = event.slice(0, open).replaceAll('_', ' ').trim();
    if (unit !== undefined && name !== '') return { name, unit };
  }
  return { name: event, unit: 'count' };
}
