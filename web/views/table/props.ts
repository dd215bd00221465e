/**
 * What the function table is given and what it asks for.
 *
 * The app owns sort, filter, group and selection (they are in the address); the table owns only scrolling and the
 * cursor row of the keyboard. Lines and sums come ready: a long sort happens elsewhere, and
 * until it is done they are those of before.
 */
import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import type { RowArrangement } from '../../../shared/tree/arrange-rows.ts';
import type { FunctionRows, GroupBy, SortKey } from '../../../shared/tree/function-rows.ts';
import type { FrameMatches, FrameQuery } from '../../../shared/tree/search.ts';

/** A query whose matched letters are marked in the names, with its result where it was a regular expression. */
export interface TableMark {
  readonly query: FrameQuery;
  /** Needed for mode `regex` (the expression itself never runs here); null marks nothing until it is there. */
  readonly found: FrameMatches | null;
}

/** The filter box: text, or a regular expression, over function and path. Empty text: no filter. */
export interface TableFilter {
  readonly text: string;
  readonly regex: boolean;
}

/** Data and callbacks of the function table. */
export interface TableProps {
  readonly profile: Profile;
  readonly rows: FunctionRows;
  /** Lines in order and their sums, of `rows`; what they were asked for may be older than what is below. */
  readonly arrangement: RowArrangement;
  /** Most important first; empty: order of the file. */
  readonly sort: readonly SortKey[];
  readonly group: GroupBy;
  readonly filter: TableFilter;
  /** What is typed by now: `filter` may be some frames behind. */
  getFilterText(): string;
  /** Why the filter or search can't be used (a broken or too slow expression), one sentence; null when it can. */
  readonly filterError: string | null;
  /** The page's search, as far as it concerns the table; null when there is none. */
  readonly search: { readonly text: string; readonly narrows: boolean } | null;
  readonly marks: readonly TableMark[];
  /** -1: none. */
  readonly selected: FrameIndex;
  /** True: the first rows are all there at once, whatever is scrolled to. */
  readonly printing: boolean;
  /** CSS colour of a function's swatch, swatch gain included. */
  swatch(frame: FrameIndex): string;
  onSort(sort: readonly SortKey[]): void;
  /** The filter is to change in these things; the others stay as they are by then. */
  onFilter(change: Partial<TableFilter>): void;
  onGroup(group: GroupBy): void;
  onToggleGroup(name: string): void;
  /** The search narrows the table, or only marks in it. */
  onSearchNarrows(narrows: boolean): void;
  onSelect(frame: FrameIndex): void;
  /** Double click or Shift+Enter. */
  onRoot(frame: FrameIndex): void;
  /** Text for the clipboard; the app says whether it worked. */
  onCopy(text: string): void;
}
