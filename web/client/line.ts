/** How fast the line to the server is, by the largest thing that came over it so far: the page's own script. */
import { AHEAD } from '../../shared/protocol/api.ts';

/** Bits a second under which a profile is asked for in its compact form, which costs both ends time. */
const SLOW_BITS = 12e6;
/** On one machine the first byte takes a few milliseconds; a busy machine may take longer, but then sends at once. */
const NEAR_MS = 35;
/** Smaller things come in one packet and tell nothing. */
const TELLING_BYTES = 20_000;

/** True when sending takes longer than packing and unpacking would. */
export async function isSlowLine(): Promise<boolean> {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // What is on its way already is not asked for again.
  if (page === undefined || page.serverTiming?.some(({ name }) => name === AHEAD)) return false;
  let script = findLargest();
  if (script === null) {
    // The script that runs may be listed a moment after it has begun.
    await new Promise((resolve) => setTimeout(resolve, 0));
    script = findLargest();
  }
  if (script === null || script.responseStart - script.requestStart < NEAR_MS) return false;
  const seconds = (script.responseEnd - script.responseStart) / 1000;
  return (script.encodedBodySize * 8) / Math.max(seconds, 0.001) < SLOW_BITS;
}

function findLargest(): PerformanceResourceTiming | null {
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const telling = resources.filter(({ encodedBodySize }) => encodedBodySize >= TELLING_BYTES);
  return telling.sort((one, other) => other.encodedBodySize - one.encodedBodySize)[0] ?? null;
}
