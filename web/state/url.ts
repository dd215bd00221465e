/**
 * The address of a view: one table, a row per parameter. Only what differs from the default is written.
 *
 * Parsing never fails: a value that makes no sense is its default, because a link may be older or newer than the page.
 * A parameter that is renamed keeps its old name as a further row that is only read.
 */
import type { SortColumn, SortKey } from '../../shared/tree/function-rows.ts';
import {
  type AppState,
  COLOR_SCHEMES,
  CUTOFFS,
  DEFAULT_STATE,
  DEPTHS,
  GROUPINGS,
  PANEL_VIEWS,
  type PanelName,
  SEARCH_MODES,
  VIEWS,
} from './app-state.ts';
import { isNodePath, type NodePath } from './node-path.ts';

/** How one field of the state is written. */
interface Parameter<K extends keyof AppState> {
  readonly field: K;
  readonly name: string;
  readonly print: (value: AppState[K]) => string;
  readonly parse: (text: string) => AppState[K] | null;
  /** Several rows fill this field, each a part of it. */
  readonly merge?: boolean;
}

/** Longest text that a link may bring into a field. */
const MAX_TEXT = 2000;

const PARAMETERS = [
  oneOf('view', 'view', VIEWS),
  text('thread', 'thread'),
  text('metric', 'metric'),
  text('range', 'range'),
  text('root', 'root'),
  path('within', 'within'),
  path('zoom', 'zoom'),
  path('select', 'select'),
  text('selectFunction', 'function'),
  text('search', 'search'),
  oneOf('searchMode', 'mode', SEARCH_MODES),
  flag('searchNarrows', 'narrow'),
  parameter('sort', 'sort', printSort, parseSort),
  oneOf('group', 'group', GROUPINGS),
  text('filter', 'filter'),
  flag('filterRegex', 'filter-regex'),
  oneOf('color', 'color', COLOR_SCHEMES),
  number('depth', 'depth', DEPTHS),
  number('cutoff', 'cutoff', CUTOFFS),
  flag('measuredOnly', 'measured'),
  ...PANEL_VIEWS.map(option),
] as const;

/** Query of an address that restores `state`, with its `?`, or `''` when everything is as it is by default. */
export function printState(state: AppState): string {
  const query = new URLSearchParams();
  for (const row of PARAMETERS) {
    const printed = printField(row, state);
    if (printed !== null) query.set(row.name, printed);
  }
  const printed = query.toString();
  return printed === '' ? '' : `?${printed}`;
}

/** State that a query stands for. Unknown parameters and senseless values are passed over. */
export function parseState(search: string): AppState {
  const query = new URLSearchParams(search);
  const fields: Record<string, unknown> = {};
  for (const row of PARAMETERS) {
    const given = query.get(row.name);
    const value = given === null ? null : row.parse(given);
    if (value === null) continue;
    fields[row.field] = row.merge ? { ...(fields[row.field] as object | undefined), ...(value as object) } : value;
  }
  return { ...DEFAULT_STATE, ...fields };
}

function printField<K extends keyof AppState>(row: Parameter<K>, state: AppState): string | null {
  const printed = row.print(state[row.field]);
  return printed === row.print(DEFAULT_STATE[row.field]) ? null : printed;
}

function parameter<K extends keyof AppState>(
  field: K,
  name: string,
  print: (value: AppState[K]) => string,
  parse: (text: string) => AppState[K] | null,
): Parameter<keyof AppState> {
  // The table holds rows of every field; each row reads and writes only its own.
  return { field, name, print, parse } as unknown as Parameter<keyof AppState>;
}

/** The setting of a view, under the view's name. */
function option(view: PanelName): Parameter<keyof AppState> {
  return {
    ...parameter(
      'options',
      view,
      (options) => options[view] ?? '',
      (given) => (given.length <= MAX_TEXT ? { [view]: given } : null),
    ),
    merge: true,
  };
}

function text(
  field: 'thread' | 'metric' | 'range' | 'root' | 'selectFunction' | 'search' | 'filter',
  name: string,
): Parameter<keyof AppState> {
  return parameter(field, name, String, (given) => (given.length <= MAX_TEXT ? given : null));
}

function path(field: 'within' | 'zoom' | 'select', name: string): Parameter<keyof AppState> {
  return parameter(field, name, String, (given): NodePath | null => (isNodePath(given) ? given : null));
}

function flag(field: 'searchNarrows' | 'filterRegex' | 'measuredOnly', name: string): Parameter<keyof AppState> {
  return parameter(
    field,
    name,
    (value) => (value ? '1' : '0'),
    (given) => (given === '1' ? true : given === '0' ? false : null),
  );
}

function oneOf<K extends 'view' | 'searchMode' | 'group' | 'color'>(
  field: K,
  name: string,
  values: readonly AppState[K][],
): Parameter<keyof AppState> {
  return parameter<K>(field, name, String, (given) => values.find((value) => value === given) ?? null);
}

function number(field: 'depth' | 'cutoff', name: string, values: readonly number[]): Parameter<keyof AppState> {
  return parameter(field, name, String, (given) => values.find((value) => String(value) === given) ?? null);
}

/** Names of columns in an address: the words of pstats, which people know and which stay. */
const SORT_NAMES: readonly (readonly [SortColumn, string])[] = [
  ['calls', 'ncalls'],
  ['self', 'tottime'],
  ['selfPerCall', 'tottime-percall'],
  ['total', 'cumtime'],
  ['totalPerCall', 'cumtime-percall'],
  ['name', 'name'],
];

/** `-tottime,ncalls`: most important first, `-` for descending; `file` for the order of the file. */
function printSort(keys: readonly SortKey[]): string {
  if (keys.length === 0) return 'file';
  return keys
    .map(({ column, descending }) => (descending ? '-' : '') + SORT_NAMES.find(([known]) => known === column)![1])
    .join(',');
}

function parseSort(given: string): readonly SortKey[] | null {
  if (given === 'file') return [];
  const keys: SortKey[] = [];
  for (const part of given.split(',')) {
    const descending = part.startsWith('-');
    const known = SORT_NAMES.find(([, name]) => name === part.slice(descending ? 1 : 0));
    if (known === undefined || keys.some(({ column }) => column === known[0])) return null;
    keys.push({ column: known[0], descending });
  }
  return keys;
}
