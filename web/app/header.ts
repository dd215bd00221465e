/** Header and line of facts. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Profile } from '../../shared/model/profile.ts';
import { buildFunctionRows, getCallSums, isOfCallsOnly } from '../../shared/tree/function-rows.ts';
import { formatBytes, formatCount, formatDate, formatMetric } from '../../shared/units/format.ts';
import { shortenMiddle } from '../../shared/units/names.ts';
import { icon, mark } from '../controls/icons.ts';
import { type MenuItem, menu } from '../controls/popover.ts';
import { searchBox } from '../controls/search-box.ts';
import { setMetric, setSearch, toggleSearchMode } from '../state/actions.ts';
import { isSamePlace, type Place } from '../state/place.ts';
import { findThread, listThreads } from '../state/slice.ts';
import { hasMetrics } from '../state/views.ts';
import type { App } from './context.ts';
import { MOD } from './key-names.ts';
import type { Model } from './model.ts';
import { listNotes } from './notes.ts';
import type { ThemeWish } from './preferences.ts';
import { formatThread } from './view-words.ts';

/** Header of a page with a profile, or of one that is about to have it. */
export function profileHeader(app: App, name: string, model: Model | null): TemplateResult {
  const state = app.store.state.value;
  return html`<header class="header">
    <h1 class="unseen">${name}</h1>${home(app)}<span class="sep"></span>${profileMenu(app, name)}${sliceMenus(app, model)}<span class="grow"></span>
    ${
      model?.rows.length === 0
        ? nothing
        : searchBox({
            text: state.search,
            mode: state.searchMode,
            error: model?.search.value.error ?? null,
            short: app.preferences.isMedium.value,
            onText: (text) => app.store.dispatch(setSearch(text), 'typing'),
            onMode: (mode) => app.store.dispatch(toggleSearchMode(mode), 'typing'),
            onWalk: app.commands.walkMatches,
          })
    }
    <div class="actions">
      <button type="button" class="btn" title="Share this view" aria-label="Share this view" ?disabled=${model === null} @click=${() => {
        app.dialog.value = 'share';
      }}>${icon('share')}<span class="wide">Share</span></button>
    </div>
    <span class="sep"></span>
    <div class="actions">${themeMenu(app)}${helpButton(app)}</div>
  </header>`;
}

/** Letters of a thread's name that the menu has room for. */
const THREAD_LETTERS = 44;

/** Pickers of the thread and of the metric, where the file has several. */
function sliceMenus(app: App, model: Model | null): TemplateResult | typeof nothing {
  if (model === null) return nothing;
  const { document, metric } = model;
  const threads = listThreads(document.group);
  const here = findThread(document.group, app.store.state.value.thread);
  const metrics = document.profile.metrics;
  const name = formatThread(here, document.group.profiles.length);
  const threadMenu = menu(
    {
      id: 'thread-menu',
      className: 'name slice',
      title: name,
      name: `Threads and parts of the file, now ${name}`,
      button: html`<span>${name}</span>${icon('down', 14)}`,
    },
    threads.map((entry) => ({
      // Names of threads differ at their ends.
      label: shortenMiddle(formatThread(entry, document.group.profiles.length), THREAD_LETTERS),
      detail: entry.profile === null ? '' : describeThread(entry.profile),
      checked: entry === here,
      run: () => app.commands.setThread(entry.key),
    })),
  );
  const metricMenu = menu(
    {
      id: 'metric-menu',
      className: 'name slice',
      title: metric.name,
      name: `Metric, now ${metric.name}`,
      button: html`<span>${metric.name}</span>${icon('down', 14)}`,
    },
    metrics.map((each) => ({
      label: each.name,
      detail: each.unit === 'count' ? '' : each.unit,
      checked: each === metric,
      run: () => app.store.dispatch(setMetric(each === metrics[0] ? '' : each.name), 'step'),
    })),
  );
  return html`${threads.length > 1 ? threadMenu : nothing}${metrics.length > 1 && hasMetrics(model.views) ? metricMenu : nothing}`;
}

function describeThread(profile: Profile): string {
  const { whole, unit } = buildFunctionRows(profile);
  return whole > 0 ? formatMetric(whole, unit) : '';
}

/** Header of every other page. */
export function bareHeader(app: App, name = ''): TemplateResult {
  return html`<header class="header bare">
    ${home(app)}${name === '' ? nothing : html`<span class="sep"></span>${profileMenu(app, name)}`}<span class="grow"></span>
    <div class="actions"><button type="button" class="btn" @click=${app.commands.chooseFiles}>${icon('open')}Open…</button></div>
    <span class="sep"></span>
    <div class="actions">${themeMenu(app)}${helpButton(app)}</div>
  </header>`;
}

function home(app: App): TemplateResult {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    app.store.go({ kind: 'home' });
  };
  return html`<a class="mark" href="/" aria-label="tsviz, open another profile" @click=${go}>${mark()}<span class="middle">tsviz</span></a>`;
}

function profileMenu(app: App, name: string): TemplateResult {
  const here = app.store.place.value;
  const entries = app.session.entries.value;
  const folders = app.session.info.value?.folders ?? [];
  const items: MenuItem[] = [
    ...entries.map(
      (entry): MenuItem => ({
        label: entry.name,
        checked: isSamePlace(entry.place, here),
        ...(entries.some((other) => other !== entry && other.name === entry.name)
          ? { detail: tellApart(app, entry.place) }
          : {}),
        run: () => app.store.go(entry.place),
      }),
    ),
    ...folders.map(
      (folder, index): MenuItem => ({
        label: html`All profiles in ${folder.name}`,
        ...(index === 0 && entries.length > 0 ? { before: 'line' as const } : {}),
        run: () => app.store.go({ kind: 'folder', id: folder.id }),
      }),
    ),
    {
      label: 'Open file…',
      detail: html`<kbd>${MOD}</kbd> <kbd>O</kbd>`,
      ...(entries.length + folders.length > 0 ? { before: 'line' as const } : {}),
      run: app.commands.chooseFiles,
    },
  ];
  return menu(
    {
      id: 'profile-menu',
      className: 'name',
      title: name,
      name: `Open profiles, now ${name}`,
      button: html`<span>${name}</span>${icon('down', 14)}`,
    },
    items,
  );
}

/** What is said of a file that has the name of another: when it was written, and its size. */
function tellApart(app: App, place: Place): string {
  const given = app.session.info.value?.profiles.find(({ id }) => place.kind === 'profile' && place.id === id);
  if (given === undefined) return 'opened here';
  return `${given.modified === null ? '' : `${formatDate(given.modified)}, `}${formatBytes(given.bytes)}`;
}

const THEMES: readonly (readonly [ThemeWish, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function themeMenu(app: App): TemplateResult {
  const { themeWish, theme } = app.preferences;
  const items = THEMES.map(
    ([wish, label]): MenuItem => ({
      label,
      checked: themeWish.value === wish,
      run: () => {
        themeWish.value = wish;
      },
    }),
  );
  return menu(
    {
      id: 'theme-menu',
      className: 'btn icon',
      name: 'Theme',
      title: 'Theme',
      align: 'right',
      button: icon(theme.value === 'dark' ? 'sun' : 'moon'),
    },
    items,
  );
}

function helpButton(app: App): TemplateResult {
  return html`<button type="button" class="btn icon" aria-label="Help" title="Help" @click=${() => {
    app.dialog.value = 'help';
  }}>${icon('help')}</button>`;
}

/** The line of facts, in the order and words of pstats; empty of the same height while there is no profile yet. */
export function factsLine(app: App, model: Model | null): TemplateResult {
  if (model === null) return html`<section class="facts" aria-label="Facts"></section>`;
  const { document, hasFunctions } = model;
  const notes = listNotes(document).length;
  return html`<section class="facts" aria-label="Facts">
    ${hasFunctions ? functionFacts(model) : otherFacts(document.profile)}
    ${document.group.writer === null ? nothing : html`<span class="middle">${document.group.writer}</span>`}
    ${document.modified === null ? nothing : html`<span class="wide">${formatDate(document.modified)}</span>`}
    <span class="wide">${formatBytes(document.bytes)}</span>
    <span class="grow"></span>
    ${
      notes === 0
        ? nothing
        : html`<button type="button" class="notes" @click=${() => {
            app.dialog.value = 'notes';
          }}>${icon('warn', 14)}${notes === 1 ? '1 note' : `${formatCount(notes)} notes`}</button>`
    }
  </section>`;
}

/** Calls or samples, the sum, the number of functions. */
function functionFacts({ document, metric, rows, unit }: Model): TemplateResult[] {
  const { functions } = rows;
  const isCount = unit === 'count';
  // Stacks are counted in samples already: how many lines they stood in says nothing.
  const isSampleCount = isCount && (metric.name === 'samples' || document.profile.contexts?.samples === rows.whole);
  // A number without a unit says nothing: `2.11 M Ir`.
  const noun = metric.name === 'samples' && rows.whole === 1 ? 'sample' : metric.name;
  const named = html`<span><b>${formatCount(functions)}</b> ${functions === 1 ? 'function' : 'functions'}</span>`;
  if (isOfCallsOnly(rows)) {
    return [html`<span><b>${formatCount(document.profile.calls.length)}</b> pairs of caller and callee</span>`, named];
  }
  return [
    html`<span>${isSampleCount ? html`<b>${formatCount(rows.whole)}</b> ${noun}` : html`${countsOf(document.profile)}<b>${formatMetric(rows.whole, unit)}</b>${isCount ? ` ${noun}` : ''}`}</span>`,
    named,
  ];
}

/** What there is instead of functions. */
function otherFacts({ series = [], spans = [], measurements = [] }: Profile): TemplateResult[] {
  const counts: readonly (readonly [number, string])[] = [
    [measurements.length, 'timed statement'],
    [series.length, 'series'],
    [series.reduce((sum, { time }) => sum + time.length, 0), 'point'],
    [spans.length, 'span'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(
      ([count, noun]) =>
        html`<span><b>${formatCount(count)}</b> ${count === 1 || noun === 'series' ? noun : `${noun}s`}</span>`,
    );
}

/** `8,265,886 calls (8,089,622 primitive) in `; nothing where the file has no counts. */
function countsOf(profile: Profile): TemplateResult | typeof nothing {
  const { contexts } = profile;
  if (contexts !== undefined && profile.traits.sampled && contexts.samples > 0) {
    return html`<b>${formatCount(contexts.samples)}</b> ${contexts.samples === 1 ? 'sample' : 'samples'}, `;
  }
  const { calls, primitiveCalls } = getCallSums(profile);
  if (Number.isNaN(calls)) return nothing;
  // Each sample has one function on top; the sum of all counts would be the sum of stack depths.
  if (profile.traits.sampled) return html`<b>${formatCount(primitiveCalls)}</b> samples in `;
  const primitive =
    primitiveCalls === calls || Number.isNaN(primitiveCalls)
      ? nothing
      : html` (${formatCount(primitiveCalls)} primitive)`;
  return html`<b>${formatCount(calls)}</b> calls${primitive} in `;
}
