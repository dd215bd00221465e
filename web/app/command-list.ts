/**
 * Everything that can be done now, by name: what the keys, menus and switches of the page do, in the order of the page.
 * What can't be done just now is not in the list.
 */
import type { SortColumn } from '../../shared/tree/function-rows.ts';
import {
  type Action,
  setColor,
  setCutoff,
  setDepth,
  setGroup,
  setMeasuredOnly,
  setSearch,
  setSort,
} from '../state/actions.ts';
import { COLOR_SCHEMES, CUTOFFS, DEPTHS, GROUPINGS, VIEWS } from '../state/app-state.ts';
import { isSamePlace } from '../state/place.ts';
import type { App } from './context.ts';
import { MOD } from './key-names.ts';
import type { Model } from './model.ts';
import { listNotes } from './notes-dialog.ts';
import type { ThemeWish } from './preferences.ts';
import { formatCutoff, formatDepth, SCHEME_TITLES, VIEW_TITLES } from './view-words.ts';

/** One thing to do. */
export interface NamedCommand {
  readonly name: string;
  /** The combination that does it too; empty: none does. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

const SORTS: readonly (readonly [SortColumn, string])[] = [
  ['calls', 'ncalls'],
  ['self', 'tottime'],
  ['selfPerCall', 'tottime percall'],
  ['total', 'cumtime'],
  ['totalPerCall', 'cumtime percall'],
  ['name', 'name'],
];

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

function command(name: string, run: () => void, ...keys: string[]): NamedCommand {
  return { name, run, keys };
}

function listOfProfile(app: App, model: Model): NamedCommand[] {
  const { commands, store } = app;
  const state = store.state.value;
  const { zoom, node, frame } = model.selection.value;
  const { isPart } = model.shown.value;
  const found = (model.search.value.found?.count ?? 0) > 0;
  const set = (action: Action) => () => store.dispatch(action, 'typing');
  const when = (isPossible: boolean, ...list: NamedCommand[]) => (isPossible ? list : []);
  const show = (name: 'share' | 'why' | 'notes') => () => {
    app.dialog.value = name;
  };
  return [
    command('Search functions and paths', commands.goToSearch, '/'),
    ...when(
      found,
      command('Next match', () => commands.walkMatches(1)),
      command('Previous match', () => commands.walkMatches(-1)),
    ),
    ...when(state.search !== '', command('Clear the search', set(setSearch('')))),
    ...VIEWS.flatMap((view, index) =>
      when(
        view !== state.view,
        command(`Show ${VIEW_TITLES[view].toLowerCase()}`, () => commands.setView(index), String(index + 1)),
      ),
    ),
    ...when(node > 0 && node !== zoom, command('Zoom to the selection', commands.zoomToSelected, '↵')),
    ...when(zoom > 0, command('Zoom out', commands.zoomOut, 'Esc'), command('Reset zoom', commands.resetZoom, '0')),
    ...when(frame >= 0 || zoom > 0, command('Make root', commands.makeSelectedRoot, 'r')),
    ...when(node > 0 || zoom > 0, command('Show only this block', commands.cutToSelected, '⇧', 'r')),
    ...when(isPart, command('Reset root', commands.resetRoot)),
    ...when(store.canGoBack(), command('Undo', commands.undo, 'z')),
    command('Redo', commands.redo, '⇧', 'z'),
    command(
      state.measuredOnly ? 'Show estimated blocks' : 'Measured only: leave out estimated blocks',
      set(setMeasuredOnly(!state.measuredOnly)),
    ),
    ...COLOR_SCHEMES.flatMap((scheme) =>
      when(scheme !== state.color, command(`Colour by ${SCHEME_TITLES[scheme]}`, set(setColor(scheme)))),
    ),
    ...DEPTHS.flatMap((depth) =>
      when(depth !== state.depth, command(`Depth ${formatDepth(depth)}`, set(setDepth(depth)))),
    ),
    ...CUTOFFS.flatMap((cutoff) =>
      when(cutoff !== state.cutoff, command(`Cutoff ${formatCutoff(cutoff)}`, set(setCutoff(cutoff)))),
    ),
    ...SORTS.map(([column, word]) =>
      command(`Sort by ${word}`, set(setSort([{ column, descending: column !== 'name' }]))),
    ),
    command('Sort in the order of the file', set(setSort([]))),
    ...GROUPINGS.flatMap((group) =>
      when(group !== state.group, command(`Group by ${group === 'none' ? 'nothing' : group}`, set(setGroup(group)))),
    ),
    command('Share this view', show('share')),
    command('Why is part of this estimated?', show('why')),
    ...when(listNotes(model.document).length > 0, command('Notes about this file', show('notes'))),
  ];
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
