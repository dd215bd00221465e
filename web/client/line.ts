/** How fast the line to the server is, by what came over it so far. */
import { AHEAD } from '../../shared/protocol/api.ts';

/** Bits a second under which a profile is asked for in its compact form, which costs both ends time. */
const SLOW_BITS = 25e6;
/** On one machine the first byte takes a few milliseconds, and more only when the machine is busy. */
const NEAR_MS = 25;

/** True when sending takes longer than packing and unpacking would. */
export function isSlowLine(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // What is on its way already is not asked for again.
  if (page === undefined || page.serverTiming?.some(({ name }) => name === AHEAD)) return false;
  const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const delay = Math.min(...scripts.map(({ requestStart, responseStart }) => responseStart - requestStart));
  if (delay < NEAR_MS) return false;
  const bits = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize * 8, 0);
  const seconds = scripts.reduce((sum, { responseStart, responseEnd }) => sum + responseEnd - responseStart, 0) / 1000;
  return bits > 0 && bits / Math.max(seconds, 0.001) < SLOW_BITS;
}
