/**
 * The columns of the function table: heads in pstats' words where pstats would print the profile, else in plain ones; what
 * they sort by, and on which widths they stay.
 */
import type { FunctionRows, SortColumn } from '../../../shared/tree/function-rows.ts';

/** A column of the table. */
export interface Column {
  /** Class of its cells; narrow tables hide some of them by it. */
  readonly cell: string;
  readonly head: string;
  /** For readers, where the head's word says too little. */
  readonly label: string;
  /** What its head sorts by, and the `data-action` of that button; null: the head of the column before it does. */
  readonly sort: SortColumn | null;
  readonly action: string;
  /** Which unit of the whole column the head names, if it has one. */
  readonly unit: 'self' | 'total' | null;
}

const PLAIN = { sort: null, action: '', unit: null } as const;

/** All columns, in order. */
export const COLUMNS: readonly Column[] = [
  { cell: 'c-calls', head: 'ncalls', label: 'ncalls, calls', sort: 'calls', action: 'sort-ncalls', unit: null },
  { cell: 'c-self', head: 'tottime', label: 'tottime, self time', sort: 'self', action: 'sort-tottime', unit: 'self' },
  { ...PLAIN, cell: 'c-self-share', head: '% of total', label: 'self time, % of total' },
  {
    cell: 'c-self-each',
    head: 'percall',
    label: 'percall, self time per call',
    sort: 'selfPerCall',
    action: 'sort-tottime-percall',
    unit: null,
  },
  {
    cell: 'c-total',
    head: 'cumtime',
    label: 'cumtime, total time',
    sort: 'total',
    action: 'sort-cumtime',
    unit: 'total',
  },
  { ...PLAIN, cell: 'c-total-share', head: '% of total', label: 'total time, % of total' },
  {
    cell: 'c-total-each',
    head: 'percall',
    label: 'percall, total time per primitive call',
    sort: 'totalPerCall',
    action: 'sort-cumtime-percall',
    unit: null,
  },
  {
    cell: 'c-name',
    head: 'filename:lineno(function)',
    label: 'filename:lineno(function)',
    sort: 'name',
    action: 'sort-name',
    unit: null,
  },
];

const PLAIN_WORDS: Readonly<Record<string, { readonly head: string; readonly label: string }>> = {
  'c-calls': { head: 'calls', label: 'calls' },
  'c-self': { head: 'self', label: 'self, without what it called' },
  'c-self-each': { head: 'per call', label: 'self per call' },
  'c-total': { head: 'total', label: 'total, with what it called' },
  'c-total-each': { head: 'per call', label: 'total per call' },
  'c-name': { head: 'place (function)', label: 'place (function)' },
};

const PLAIN_COLUMNS = COLUMNS.map((column) => ({ ...column, ...PLAIN_WORDS[column.cell] }));

/** The columns for a profile. pstats knows call graphs with times in seconds; its words for anything else would mislead. */
export function getColumns({ profile, unit }: FunctionRows): readonly Column[] {
  return unit === 'seconds' && profile.contexts === undefined ? COLUMNS : PLAIN_COLUMNS;
}

/** Whether the profile can tell how often anything was called; else the columns of calls have nothing to say. */
export function isCounted({ profile, unit }: FunctionRows): boolean {
  return profile.traits.hasCounts || (unit === 'seconds' && profile.contexts === undefined);
}
