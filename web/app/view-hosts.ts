/**
 * The views in their places: mounted once per profile, told whatever changes. They keep their own DOM, apart from the
 * templates of the page around them.
 */
import { batch, effect } from '@preact/signals-core';
import { getSwatchColor } from '../../shared/color/colors.ts';
import { getShownRoot } from '../../shared/layout/layout.ts';
import type { FrameIndex } from '../../shared/model/profile.ts';
import * as actions from '../state/actions.ts';
import type { ViewName } from '../state/app-state.ts';
import { isPanel } from '../state/views.ts';
import type { ChartView } from '../views/chart.ts';
import type { ChartProps } from '../views/chart-props.ts';
import { mountDetails } from '../views/details/details.ts';
import type { DetailsProps } from '../views/details/props.ts';
import { listenToGestures } from '../views/icicle/gestures.ts';
import { mountIcicle } from '../views/icicle/icicle.ts';
import type { TableProps } from '../views/table/props.ts';
import { mountTable } from '../views/table/table.ts';
import { mountTooltip } from '../views/tooltip/tooltip.ts';
import type { View } from '../views/view.ts';
import { COMPACT_FROM } from './chart-size.ts';
import type { App } from './context.ts';
import { getHover, type Model } from './model.ts';

/** Elements that views live in; they outlive every profile. */
export interface Hosts {
  readonly chart: HTMLElement;
  readonly details: HTMLElement;
  readonly table: HTMLElement;
  readonly divider: HTMLElement;
  readonly tooltip: HTMLElement;
  /** Of the views beside the tree's pictures. */
  readonly panel: HTMLElement;
}

/**
 * Mounts all views of a profile; gives the function that takes them away. `drawn`: bars that are in their place already.
 */
export function mountViews(app: App, model: Model, hosts: Hosts, drawn: ChartView | null): () => void {
  const swatch = (): ((frame: FrameIndex) => string) => {
    const colors = model.colors.value;
    const theme = app.preferences.theme.value;
    return (frame) => getSwatchColor(colors.swatch(frame), theme);
  };
  const endChart = mountChart(app, model, hosts.chart, drawn);
  // The picture first; one part per frame then.
  if (drawn === null) app.turns.hold();
  const ends = [
    endChart,
    follow(
      app,
      () => getDetailsProps(app, model, swatch()),
      (props) => mountDetails(hosts.details, props),
    ),
    follow(
      app,
      () => getTableProps(app, model, swatch()),
      (props) => mountTable(hosts.table, props),
    ),
    follow(
      app,
      () => {
        const hovered = getHover(model);
        const { tree } = model.shown.value;
        const { whole } = model;
        const over = hovered?.at ? { block: hovered.block, at: hovered.at } : { block: null, at: null };
        return { profile: model.document.profile, tree, whole, functions: model.rows.functions, ...over };
      },
      (props) => mountTooltip(hosts.tooltip, props),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Keeps a view up to date with what its props are computed from, when it is its turn. There is none before there are props. */
function follow<P>({ turns }: App, getProps: () => P | null, mount: (props: P) => View<P>): () => void {
  let view: View<P> | null = null;
  const stop = turns.effect(() => {
    const props = getProps();
    if (props === null) return;
    if (view === null) view = mount(props);
    else view.update(props);
  });
  return () => {
    stop();
    view?.destroy();
  };
}

/** The chart of the tab that is chosen. Icicle and flame are one view, the sunburst is another. */
function mountChart(app: App, model: Model, host: HTMLElement, drawn: ChartView | null): () => void {
  let view = drawn;
  let mounted: 'bars' | 'rings' | null = drawn === null ? null : 'bars';
  const stop = effect(() => {
    const shown = model.view.value;
    if (isPanel(shown)) {
      view?.destroy();
      view = null;
      mounted = null;
      return;
    }
    const props = getChartProps(app, model);
    const wanted = shown === 'sunburst' ? 'rings' : 'bars';
    if (wanted === mounted) {
      view?.update(props);
      return;
    }
    const mountRings = app.mountSunburst.value;
    // What is on screen stays until the other picture can be drawn.
    if (wanted === 'rings' && mountRings === null) return;
    const before = view?.getBefore() ?? null;
    view?.destroy();
    model.hover.value = null;
    view = (wanted === 'rings' && mountRings !== null ? mountRings : mountIcicle)(host, props, before);
    mounted = wanted;
  });
  return () => {
    stop();
    view?.destroy();
  };
}

function getChartProps(app: App, model: Model): ChartProps {
  const state = app.store.state.value;
  const { tree } = model.shown.value;
  const { zoom, node, frame } = model.selection.value;
  const flame: ViewName = 'flame';
  return {
    tree,
    whole: model.whole,
    packages: model.packages,
    colors: model.colors.value,
    theme: app.preferences.theme.value,
    zoom,
    selected: node,
    selectedFrame: frame,
    matches: state.search === '' ? null : (model.search.value.found?.matches ?? null),
    maxDepth: state.depth === 0 ? Infinity : state.depth,
    cutoff: state.cutoff,
    measuredOnly: state.measuredOnly,
    flame: model.view.value === flame,
    compact: model.levels.value > COMPACT_FROM,
    gestures: listenToGestures,
    printing: app.preferences.isPrinting.value,
    motion: app.preferences.motion.value && !app.preferences.isPrinting.value,
    onHover(block, at) {
      model.hover.value = block === null ? null : { tree, block, at };
    },
    onSelect: app.commands.selectNode,
    onZoom(node) {
      // One change of the picture, though it is two of the history: the block is selected in the entry before, too.
      batch(() => {
        app.commands.selectNode(node);
        app.commands.zoomTo(node);
      });
    },
    onZoomOut: app.commands.zoomOut,
    onMeasured(share) {
      model.measured.value = share;
    },
  };
}

function getDetailsProps(app: App, model: Model, swatch: (frame: FrameIndex) => string): DetailsProps {
  const { tree } = model.shown.value;
  const { zoom, node, frame } = model.selection.value;
  const hovered = getHover(model)?.block ?? null;
  const zoomed = getShownRoot(tree, zoom);
  const meant = hovered !== null ? hovered.node : frame >= 0 ? node : zoomed;
  return {
    profile: model.document.profile,
    rows: model.rows,
    tree,
    node: meant,
    frame: hovered !== null ? hovered.frame : frame >= 0 ? frame : (tree.frame[zoomed] ?? -1),
    whole: model.whole,
    strip: app.preferences.isNarrow.value,
    swatch,
    onZoom: app.commands.zoomTo,
    onRoot: app.commands.makeRoot,
    onSelectFrame: app.commands.selectFrame,
    onWhy() {
      app.dialog.value = 'why';
    },
  };
}

function getTableProps(app: App, model: Model, swatch: (frame: FrameIndex) => string): TableProps | null {
  const arrangement = model.arrangement.value;
  if (arrangement === null) return null;
  const state = app.store.state.value;
  const { store, commands } = app;
  const search = model.search.value;
  const filter = model.filter.value;
  const marks = [search, filter].flatMap(({ query, found }) => (query === null ? [] : [{ query, found }]));
  return {
    profile: model.document.profile,
    rows: model.rows,
    arrangement,
    sort: state.sort,
    group: state.group,
    filter: { text: state.filter, regex: state.filterRegex },
    getFilterText: () => store.state.peek().filter,
    filterError: filter.error,
    search: state.search === '' || search.found === null ? null : { text: state.search, narrows: state.searchNarrows },
    marks,
    selected: model.selection.value.frame,
    printing: app.preferences.isPrinting.value,
    swatch,
    onSort: (sort) => store.dispatch(actions.setSort(sort), 'typing'),
    onFilter: (change) => store.dispatch(actions.setFilter(change), 'typing'),
    onGroup: (group) => store.dispatch(actions.setGroup(group), 'typing'),
    onToggleGroup: (name) => store.dispatch(actions.toggleGroup(name), 'typing'),
    onSearchNarrows: (narrows) => store.dispatch(actions.setSearchNarrows(narrows), 'typing'),
    onSelect: commands.selectFrame,
    onRoot: commands.makeRoot,
    onCopy: (text) => commands.copy(text, 'Rows'),
  };
}
