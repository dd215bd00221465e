/**
 * The columns of the function table: heads in pstats' words, what they sort by, and on which widths they stay.
 */
import type { SortColumn } from '../../../shared/tree/function-rows.ts';

/** A column of the table. */
export interface Column {
  readonly id: 'calls' | 'self' | 'selfShare' | 'selfPerCall' | 'total' | 'totalShare' | 'totalPerCall' | 'name';
  readonly head: string;
  /** For readers, where the head's word says too little. */
  readonly label: string;
  /** Null: sorts with the column before it. */
  readonly sort: SortColumn | null;
  /** True when the head names the unit of the whole column. */
  readonly unit: boolean;
}

/** All columns, in order. Narrow tables hide some of them by style. */
export const COLUMNS: readonly Column[] = [
  { id: 'calls', head: 'ncalls', label: 'ncalls, calls', sort: 'calls', unit: false },
  { id: 'self', head: 'tottime', label: 'tottime, self time', sort: 'self', unit: true },
  { id: 'selfShare', head: '% of total', label: 'self time, % of total', sort: null, unit: false },
  { id: 'selfPerCall', head: 'percall', label: 'percall, self time per call', sort: 'selfPerCall', unit: false },
  { id: 'total', head: 'cumtime', label: 'cumtime, total time', sort: 'total', unit: true },
  { id: 'totalShare', head: '% of total', label: 'total time, % of total', sort: null, unit: false },
  {
    id: 'totalPerCall',
    head: 'percall',
    label: 'percall, total time per primitive call',
    sort: 'totalPerCall',
    unit: false,
  },
  { id: 'name', head: 'filename:lineno(function)', label: 'filename:lineno(function)', sort: 'name', unit: false },
];
