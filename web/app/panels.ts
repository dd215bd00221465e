/**
 * Views beside the tree's pictures: fetched when the first of them is wanted, mounted while it is on screen. A view stays
 * when only the stretch of time or the metric changes.
 */
import { signal } from '@preact/signals-core';
import { getSwatchColor } from '../../shared/color/colors.ts';
import { setOption, setRange } from '../state/actions.ts';
import type { PanelName } from '../state/app-state.ts';
import { printRange } from '../state/slice.ts';
import { isPanel } from '../state/views.ts';
import type { MountPanel, PanelProps } from '../views/panel-props.ts';
import type { View } from '../views/view.ts';
import type { App } from './context.ts';
import { findSource } from './find-source.ts';
import type { Model } from './model.ts';
import { OtherProfiles } from './other-profiles.ts';

/** Where each view is. */
const PANELS: Readonly<Record<PanelName, () => Promise<MountPanel>>> = {
  timeline: async () => (await import('../views/timeline/timeline.ts')).mountTimeline,
  lines: async () => (await import('../views/lines/lines.ts')).mountLines,
  series: async () => (await import('../views/series/series.ts')).mountSeries,
  timings: async () => (await import('../views/timings/timings.ts')).mountTimings,
  allocations: async () => (await import('../views/allocations/allocations.ts')).mountAllocations,
};

/**
 * Keeps the view that is chosen mounted in `host`, for as long as the page lives. Views that a profile can fill are fetched
 * with it: they are there when the server has gone.
 */
export function mountPanels(app: App, host: HTMLElement): void {
  const loaded = signal<Readonly<Partial<Record<PanelName, MountPanel>>>>({});
  const asked = new Set<PanelName>();
  const others = new OtherProfiles(app.session);
  let mounted: { readonly name: PanelName; readonly file: object; readonly view: View<PanelProps> } | null = null;
  const end = () => {
    mounted?.view.destroy();
    mounted = null;
    host.replaceChildren();
  };
  app.turns.effect(() => {
    for (const name of app.model.value?.views ?? []) if (isPanel(name) && !asked.has(name)) void load(name);
  });
  app.turns.effect(() => {
    const model = app.model.value;
    const name = model?.view.value ?? 'icicle';
    if (model === null || !isPanel(name)) {
      end();
      return;
    }
    const mount = loaded.value[name];
    if (mounted !== null && (mounted.name !== name || mounted.file !== model.document.file)) end();
    if (mount === undefined) return;
    const props = getProps(app, model, name);
    const shown = name === 'series' ? { ...props, ...getOthers(others, model) } : props;
    if (mounted === null) mounted = { name, file: model.document.file, view: mount(host, shown) };
    else mounted.view.update(shown);
  });

  async function load(name: PanelName): Promise<void> {
    asked.add(name);
    try {
      const mount = await PANELS[name]();
      loaded.value = { ...loaded.value, [name]: mount };
    } catch {
      asked.delete(name);
      app.toast.value = 'The server does not answer: this view is not there.';
    }
  }
}

function getOthers(others: OtherProfiles, model: Model): Pick<PanelProps, 'others' | 'onWantOther'> {
  return { others: others.list(model.document.place), onWantOther: (id) => void others.want(id) };
}

function getProps(app: App, model: Model, name: PanelName): PanelProps {
  const { document, selection } = model;
  const { store, commands, preferences } = app;
  const state = store.state.value;
  const colors = model.colors.value;
  const theme = preferences.theme.value;
  return {
    profile: document.profile,
    threads: document.threads,
    name: document.name,
    metric: document.metric,
    packages: model.packages,
    colors,
    theme,
    narrow: preferences.isNarrow.value,
    motion: preferences.motion.value && !preferences.isPrinting.value,
    printing: preferences.isPrinting.value,
    selected: selection.value.frame,
    matches: state.search === '' ? null : (model.search.value.found?.matches ?? null),
    option: state.options[name] ?? '',
    range: document.range,
    swatch: (frame) => getSwatchColor(colors.swatch(frame), theme),
    onSelect: commands.selectFrame,
    onOption: (option, kind) => store.dispatch(setOption(name, option), kind),
    onRange: (range) => store.dispatch(setRange(printRange(range)), 'step'),
    onHover() {},
    onCopy: commands.copy,
    findSource: (frame) => findSource(document, frame, app.session.info.value),
  };
}
