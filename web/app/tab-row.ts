/** The row of views, and the controls of the one on screen. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../controls/icons.ts';
import { type MenuItem, menu, panel } from '../controls/popover.ts';
import { setStyles } from '../controls/styles.ts';
import { tabList } from '../controls/tabs.ts';
import { type Action, setColor, setCutoff, setDepth, setMeasuredOnly } from '../state/actions.ts';
import { COLOR_SCHEMES, CUTOFFS, DEPTHS, TREE_VIEWS, type ViewName } from '../state/app-state.ts';
import { isPanel } from '../state/views.ts';
import type { App } from './context.ts';
import type { Model } from './model.ts';
import type { Progress } from './read-documents.ts';
import { formatCutoff, formatDepth, SCHEME_TITLES, VIEW_TITLES } from './view-words.ts';

/** Tabs and controls; with a bar below them while a file is being read. */
export function tabRow(app: App, progress: Progress | null): TemplateResult {
  const model = app.model.value;
  const views = model?.views ?? TREE_VIEWS;
  const view = model?.view.value ?? app.store.state.value.view;
  const tabs = views.map((value) => ({ value, title: VIEW_TITLES[value] }));
  return html`<nav class="tabs" aria-label="Views">
    ${tabList({ name: 'Views', tabs, chosen: view, panel: 'chart-panel', onChange: (value) => app.commands.setView(views.indexOf(value as ViewName)) })}
    <span class="grow"></span>
    ${progress === null ? controls(app, model) : html`<span class="loading-bar later" ${setStyles({ width: `${getShare(progress) * 100}%` })}></span>`}
  </nav>`;
}

/** How much of the work is done: fetching counts as the first six tenths, the rest is told by stage. */
export function getShare({ stage, loaded, total }: Progress): number {
  if (stage === 'prepare') return 0.9;
  if (stage === 'read') return 0.7;
  return total > 0 ? Math.min(1, loaded / total) * 0.6 : 0.05;
}

/** What all pictures of the tree can be told; of the other views only the timeline has colours. */
function controls(app: App, model: Model | null): TemplateResult | typeof nothing {
  const view = model?.view.value ?? 'icicle';
  if (view === 'timeline') return html`<div class="controls">${colorMenu(app, 'color-menu')}</div>`;
  if (isPanel(view)) return nothing;
  const measured = model?.shown.value.tree.exact ? nothing : measuredSwitch(app);
  return html`<div class="controls">
    <span class="middle">${colorMenu(app, 'color-menu')}</span>
    <span class="wide">${depthMenu(app)}</span>
    <span class="wide">${cutoffMenu(app)}</span>
    <span class="wide">${measured}</span>
    ${
      app.preferences.isMedium.value
        ? panel(
            {
              id: 'view-options',
              className: 'btn icon',
              name: 'Options of this view',
              title: 'Options of this view',
              align: 'right',
              button: icon('more'),
            },
            html`<div class="options">
              ${app.preferences.isNarrow.value ? choiceList(app, 'Colour', colorItems(app)) : nothing}${choiceList(app, 'Depth', depthItems(app))}${choiceList(app, 'Cutoff', cutoffItems(app))}
              ${measured === nothing ? nothing : html`<hr>${measured}`}
            </div>`,
          )
        : nothing
    }
  </div>`;
}

function colorMenu(app: App, id: string): TemplateResult {
  return menu(
    {
      id,
      className: 'btn tight',
      name: 'Colour by',
      align: 'right',
      button: valueButton('Colour', SCHEME_TITLES[app.store.state.value.color]),
    },
    colorItems(app),
  );
}

function depthMenu(app: App): TemplateResult {
  const { depth } = app.store.state.value;
  return menu(
    {
      id: 'depth-menu',
      className: 'btn tight',
      name: 'Depth',
      align: 'right',
      button: valueButton('Depth', formatDepth(depth)),
    },
    depthItems(app),
  );
}

function cutoffMenu(app: App): TemplateResult {
  const { cutoff } = app.store.state.value;
  return menu(
    {
      id: 'cutoff-menu',
      className: 'btn tight',
      name: 'Cutoff',
      align: 'right',
      button: valueButton('Cutoff', formatCutoff(cutoff)),
    },
    cutoffItems(app),
  );
}

function measuredSwitch(app: App): TemplateResult {
  const on = app.store.state.value.measuredOnly;
  return html`<button type="button" class="btn" role="switch" aria-checked=${on ? 'true' : 'false'} title="Leave out blocks whose time is estimated"
    @click=${() => app.store.dispatch(setMeasuredOnly(!on), 'typing')}><span class="box">${on ? icon('check', 10) : nothing}</span>Measured only</button>`;
}

function valueButton(name: string, value: string): TemplateResult {
  return html`<span>${name}</span><b>${value}</b>${icon('down', 14)}`;
}

const colorItems = (app: App) =>
  choices(app, COLOR_SCHEMES, app.store.state.value.color, (scheme) => SCHEME_TITLES[scheme], setColor);
const depthItems = (app: App) => choices(app, DEPTHS, app.store.state.value.depth, formatDepth, setDepth);
const cutoffItems = (app: App) => choices(app, CUTOFFS, app.store.state.value.cutoff, formatCutoff, setCutoff);

function choices<T>(
  app: App,
  values: readonly T[],
  chosen: T,
  print: (value: T) => string,
  action: (value: T) => Action,
): MenuItem[] {
  return values.map((value) => ({
    label: print(value),
    checked: value === chosen,
    run: () => app.store.dispatch(action(value), 'typing'),
  }));
}

/** Where there is no room for menus in the row, their lines stand in one panel. */
function choiceList(_app: App, title: string, items: readonly MenuItem[]): TemplateResult {
  return html`<div class="title">${title}</div>${items.map(
    (item) =>
      html`<button type="button" class="item" aria-pressed=${item.checked ? 'true' : 'false'} @click=${item.run}><span class="tick">${item.checked ? icon('check', 14) : nothing}</span><span>${item.label}</span></button>`,
  )}`;
}
