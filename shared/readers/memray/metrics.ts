/** What memray counts. */
import type { Metric } from '../../model/profile.ts';

/** Bytes first: that is what memray's pictures show. */
export const METRICS: readonly Metric[] = [
  { name: 'memory', unit: 'bytes' },
  { name: 'allocations', unit: 'count' },
];
