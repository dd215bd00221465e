/**
 * Everything that can be done now, by name: what the keys, menus and switches of the page do, in the order of the page.
 * What can't be done just now is not in the list.
 */
import type { FunctionRows, SortColumn } from '../../shared/tree/function-rows.ts';
import {
  type Action,
  setColor,
  setCutoff,
  setDepth,
  setGroup,
  setMeasuredOnly,
  setMetric,
  setRange,
  setSearch,
  setSort,
} from '../state/actions.ts';
import { COLOR_SCHEMES, CUTOFFS, DEPTHS, GROUPINGS } from '../state/app-state.ts';
import { isSamePlace } from '../state/place.ts';
import { findThread, listThreads } from '../state/slice.ts';
import { hasMetrics, isPanel } from '../state/views.ts';
import { getColumns, isCounted } from '../views/table/columns.ts';
import type { App } from './context.ts';
import { MOD } from './key-names.ts';
import type { Model } from './model.ts';
import { listNotes } from './notes.ts';
import type { ThemeWish } from './preferences.ts';
import { formatCutoff, formatDepth, formatThread, SCHEME_TITLES, VIEW_TITLES } from './view-words.ts';

/** One thing to do. */
export interface NamedCommand {
  readonly name: string;
  /** The combination that does it too; empty: none does. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

const THEMES: readonly (readonly [ThemeWish, string])[] = [
  ['system', 'as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
];

/** All commands that do something now. */
export function listCommands(app: App): readonly NamedCommand[] {
  const model = app.model.value;
  return [...(model === null ? [] : listOfProfile(app, model)), ...listOfPage(app)];
}

/** Commands whose name has every word of `text` in it, those that begin with it first. */
export function findCommands(commands: readonly NamedCommand[], text: string): readonly NamedCommand[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const begins = ({ name }: NamedCommand) => name.toLowerCase().startsWith(words.join(' '));
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}

/** Columns that need counts of calls. */
const UNCOUNTED: ReadonlySet<SortColumn> = new Set(['calls', 'selfPerCall', 'totalPerCall']);

function when(isPossible: boolean, ...list: NamedCommand[]): NamedCommand[] {
  return isPossible ? list : [];
}

function command(name: string, run: () => void, ...keys: string[]): NamedCommand {
  return { name, run, keys };
}

function listOfProfile(app: App, model: Model): NamedCommand[] {
  const { commands, store } = app;
  const view = model.view.value;
  const found = (model.search.value.found?.count ?? 0) > 0;
  const set = (action: Action) => () => store.dispatch(action, 'typing');
  const show = (name: 'share' | 'notes') => () => {
    app.dialog.value = name;
  };
  return [
    ...when(model.rows.length > 0, command('Search functions and paths', commands.goToSearch, '/')),
    ...when(
      found,
      command('Next match', () => commands.walkMatches(1)),
      command('Previous match', () => commands.walkMatches(-1)),
    ),
    ...when(store.state.value.search !== '', command('Clear the search', set(setSearch('')))),
    // By its place among the tabs: that is what its key goes by.
    ...model.views.flatMap((each, index) =>
      when(
        each !== view,
        command(`Show ${VIEW_TITLES[each].toLowerCase()}`, () => commands.setView(index), String(index + 1)),
      ),
    ),
    ...listSlices(app, model),
    ...(isPanel(view) ? [] : listOfTree(app, model)),
    ...when(store.canGoBack(), command('Undo', commands.undo, 'z')),
    command('Redo', commands.redo, '⇧', 'z'),
    ...(isPanel(view) && view !== 'timeline' ? [] : listColors(app)),
    ...(isPanel(view) ? [] : listLimits(app)),
    ...(model.hasFunctions ? listOfTable(app, model) : []),
    command('Share this view', show('share')),
    ...when(listNotes(model.document).length > 0, command('Notes about this file', show('notes'))),
  ];
}

/** Other threads, metrics and stretches of time. */
function listSlices({ commands, store }: App, { document, metric, views }: Model): NamedCommand[] {
  const { group, profile } = document;
  const threads = listThreads(group);
  const here = findThread(group, store.state.value.thread);
  return [
    ...threads.flatMap((entry) =>
      when(
        entry !== here,
        command(`Thread ${formatThread(entry, group.profiles.length)}`, () => commands.setThread(entry.key)),
      ),
    ),
    ...(hasMetrics(views) ? profile.metrics : []).flatMap((each, index) =>
      when(
        each !== metric,
        command(`Metric ${each.name}`, () => store.dispatch(setMetric(index === 0 ? '' : each.name), 'step')),
      ),
    ),
    ...when(
      document.range !== null,
      command('Show all of the time', () => store.dispatch(setRange(''), 'step')),
    ),
  ];
}

/** What can be done to a tree and its blocks. */
function listOfTree({ commands, dialog, store }: App, model: Model): NamedCommand[] {
  const { zoom, node, frame } = model.selection.value;
  const { isPart, tree } = model.shown.value;
  const { measuredOnly } = store.state.value;
  return [
    ...when(node > 0 && node !== zoom, command('Zoom to the selection', commands.zoomToSelected, '↵')),
    ...when(zoom > 0, command('Zoom out', commands.zoomOut, 'Esc'), command('Reset zoom', commands.resetZoom, '0')),
    ...when(frame >= 0 || zoom > 0, command('Make root', commands.makeSelectedRoot, 'r')),
    ...when(node > 0 || zoom > 0, command('Show only this block', commands.cutToSelected, '⇧', 'r')),
    ...when(isPart, command('Reset root', commands.resetRoot)),
    // A recorded tree holds nothing that is estimated.
    ...when(
      !tree.exact,
      command(measuredOnly ? 'Show estimated blocks' : 'Measured only: leave out estimated blocks', () =>
        store.dispatch(setMeasuredOnly(!measuredOnly), 'typing'),
      ),
      command('Why is part of this estimated?', () => {
        dialog.value = 'why';
      }),
    ),
  ];
}

function listColors({ store }: App): NamedCommand[] {
  const { color } = store.state.value;
  return COLOR_SCHEMES.flatMap((scheme) =>
    when(
      scheme !== color,
      command(`Colour by ${SCHEME_TITLES[scheme]}`, () => store.dispatch(setColor(scheme), 'typing')),
    ),
  );
}

function listLimits({ store }: App): NamedCommand[] {
  const state = store.state.value;
  const set = (action: Action) => () => store.dispatch(action, 'typing');
  return [
    ...DEPTHS.flatMap((depth) =>
      when(depth !== state.depth, command(`Depth ${formatDepth(depth)}`, set(setDepth(depth)))),
    ),
    ...CUTOFFS.flatMap((cutoff) =>
      when(cutoff !== state.cutoff, command(`Cutoff ${formatCutoff(cutoff)}`, set(setCutoff(cutoff)))),
    ),
  ];
}

/** Orders and groups of the table, by the words of its heads. */
function listOfTable({ store }: App, { rows }: Model): NamedCommand[] {
  const { group } = store.state.value;
  const set = (action: Action) => () => store.dispatch(action, 'typing');
  return [
    ...listSorts(rows).map(([column, word]) =>
      command(`Sort by ${word}`, set(setSort([{ column, descending: column !== 'name' }]))),
    ),
    command('Sort in the order of the file', set(setSort([]))),
    ...GROUPINGS.flatMap((each) =>
      when(each !== group, command(`Group by ${each === 'none' ? 'nothing' : each}`, set(setGroup(each)))),
    ),
  ];
}

/** What the table can be sorted by, and what that is called there. Words that two columns share have the column's before them. */
export function listSorts(rows: FunctionRows): readonly (readonly [column: SortColumn, word: string])[] {
  const heads = new Map(getColumns(rows).map(({ sort, head }) => [sort, head]));
  const sorts: (readonly [SortColumn, string])[] = [
    ['calls', `${heads.get('calls')}`],
    ['self', `${heads.get('self')}`],
    ['selfPerCall', `${heads.get('self')} ${heads.get('selfPerCall')}`],
    ['total', `${heads.get('total')}`],
    ['totalPerCall', `${heads.get('total')} ${heads.get('totalPerCall')}`],
    ['name', 'name'],
  ];
  return isCounted(rows) ? sorts : sorts.filter(([column]) => !UNCOUNTED.has(column));
}

function listOfPage(app: App): NamedCommand[] {
  const { commands, session, store, preferences } = app;
  const { theme, themeWish, letterKeys } = preferences;
  const others = session.entries.value.filter(({ place }) => !isSamePlace(place, store.place.value));
  return [
    command('Open a file…', commands.chooseFiles, MOD, 'O'),
    ...others.map(({ name, place }) => command(`Go to ${name}`, () => store.go(place))),
    ...(session.info.value?.folders ?? [])
      .map(({ name, id }) => ({ name, place: { kind: 'folder', id } as const }))
      .filter(({ place }) => !isSamePlace(place, store.place.value))
      .map(({ name, place }) => command(`All profiles in ${name}`, () => store.go(place))),
    ...(store.place.value.kind === 'home' ? [] : [command('Start page', () => store.go({ kind: 'home' }))]),
    ...THEMES.filter(([wish]) => wish !== themeWish.value).map(([wish, words]) => {
      const isToggle = wish !== 'system' && wish !== theme.value;
      const run = () => {
        themeWish.value = wish;
      };
      return command(`Theme ${words}`, run, ...(isToggle ? ['t'] : []));
    }),
    command(`Keys of a single letter ${letterKeys.value ? 'off' : 'on'}`, () => {
      letterKeys.value = !letterKeys.value;
    }),
    command(
      'Help, all keys',
      () => {
        app.dialog.value = 'help';
      },
      '?',
    ),
  ];
}
