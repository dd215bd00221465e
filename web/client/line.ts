/**
 * How fast the line to the server is, by the largest thing that came over it so far: the page's own script.
 *
 *   small   ├─ asked ──────── there ┤
 *   script  ├─ asked ───────────────────────────────── there ┤
 *                                   └─ what sending takes ───┘
 *
 * When the first byte came says little: a busy machine may take long to say anything and then send all at once, and
 * browsers differ in when they tell.
 */
import { AHEAD } from '../../shared/protocol/api.ts';

/** Bits a second under which a profile is asked for in its compact form, which costs both ends time. */
const SLOW_BITS = 12e6;
/** On one machine a page that is asked for again is there in a few milliseconds. */
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
  if (script === null) return false;
  // Out of the browser's cache; the page itself never is.
  if (script.transferSize === 0) return page.responseEnd - page.requestStart >= NEAR_MS;
  const before = findLastBefore(script);
  const start = before?.responseEnd ?? script.responseStart;
  const bits = 8 * (script.encodedBodySize - (before?.encodedBodySize ?? 0));
  return bits * 1000 < SLOW_BITS * (script.responseEnd - start);
}

function findLargest(): PerformanceResourceTiming | null {
  const telling = listResources().filter(({ encodedBodySize }) => encodedBodySize >= TELLING_BYTES);
  return telling.sort((one, other) => other.encodedBodySize - one.encodedBodySize)[0] ?? null;
}

/** Of what was asked for before the script was there, what came last before it. */
function findLastBefore(script: PerformanceResourceTiming): PerformanceResourceTiming | null {
  const others = listResources().filter(
    (other) => other !== script && other.responseEnd >= script.requestStart && other.responseEnd <= script.responseEnd,
  );
  return others.sort((one, other) => other.responseEnd - one.responseEnd)[0] ?? null;
}

function listResources(): PerformanceResourceTiming[] {
  return performance.getEntriesByType('resource') as PerformanceResourceTiming[];
}
