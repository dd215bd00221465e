/**
 * Height of the chart: what its levels need when a profile opens, then what the user drags it to. Zooming never moves it.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { layoutBlocks, openInSteps } from '../../shared/layout/layout.ts';
import type { CallTree } from '../../shared/tree/call-tree.ts';
import type { Steps } from '../../shared/tree/steps.ts';
import type { ViewName } from '../state/app-state.ts';
import { isPanel } from '../state/views.ts';
import type { Model } from './model.ts';

/** Height of the chart in CSS pixels, its limits, and how the divider moves it. */
export interface ChartSize {
  readonly height: ReadonlySignal<number>;
  readonly min: number;
  readonly max: ReadonlySignal<number>;
  /** Height of the work area in CSS pixels, told by whoever watches it. */
  readonly work: Signal<number>;
  move(height: number): void;
  reset(): void;
}

const LEAST_PX = 120;
/** Levels never ask for less, and never for more than this share of the work area. */
const LEAST_OPENING_PX = 240;
const MOST_OPENING_SHARE = 0.6;
/** A circle gains from height more than a table does. */
const SUNBURST_SHARE = 0.68;
const ROW_PX = 20;
/** Levels from which rows are drawn lower. */
export const COMPACT_FROM = 40;
/** The ruler, and some air under the last level. */
const AROUND_PX = 18 + 12;
/** Crumbs, legend, divider, and a table with its bar, its head and three rows. */
const FIXED_PX = 28 + 28 + 5;
/** Details of the selection, where there is no room beside the chart. */
const STRIP_PX = 63;
const LEAST_TABLE_PX = 36 + 28 + 3 * 24;

/** What counts as a level: blocks of two pixels on a chart of a thousand, whatever the window is. */
const LEVEL_OPTIONS = {
  root: 0,
  minWidth: 0.002,
  maxDepth: Infinity,
  cutoff: 0,
  measuredOnly: false,
  unfolded: new Set<number>(),
};

/** Levels of a tree, as far as they are wide enough to see on a usual screen. */
export function countLevels(tree: CallTree): number {
  return layoutBlocks(tree, LEVEL_OPTIONS).maxDepth + 1;
}

/** Opens the nodes that levels are counted in, which are most of the first picture's. */
export function* openLevels(tree: CallTree): Steps<void> {
  yield* openInSteps(tree, LEVEL_OPTIONS);
}

/** Height in CSS pixels with which the bars of a profile open in a work area of `room` pixels. */
export function chooseBarsHeight(room: number, levels: number, isNarrow: boolean): number {
  return settle(findNeeded(room, levels), findGreatest(room, isNarrow));
}

function findNeeded(room: number, levels: number): number {
  const needed = levels === 0 ? room : levels * ROW_PX + AROUND_PX;
  return Math.min(room * MOST_OPENING_SHARE, Math.max(LEAST_OPENING_PX, needed));
}

function findGreatest(room: number, isNarrow: boolean): number {
  return Math.max(LEAST_PX, room - FIXED_PX - LEAST_TABLE_PX - (isNarrow ? STRIP_PX : 0));
}

function settle(height: number, greatest: number): number {
  return Math.round(Math.min(greatest, Math.max(LEAST_PX, height)));
}

/** The size of the chart of the model on screen. */
export function createChartSize(
  model: ReadonlySignal<Model | null>,
  view: ReadonlySignal<ViewName>,
  isNarrow: ReadonlySignal<boolean>,
): ChartSize {
  const work = signal(0);
  const dragged = signal<{
    readonly bars: number | null;
    readonly rings: number | null;
    readonly panel: number | null;
  }>({ bars: null, rings: null, panel: null });
  const levels = computed(() => model.value?.levels.value ?? 0);
  const kind = computed(() => (view.value === 'sunburst' ? 'rings' : isPanel(view.value) ? 'panel' : 'bars'));
  const max = computed(() => findGreatest(work.value, isNarrow.value));
  const opening = computed(() => {
    const room = work.value;
    if (kind.value === 'panel') return room * MOST_OPENING_SHARE;
    return kind.value === 'rings' ? room * SUNBURST_SHARE : findNeeded(room, levels.value);
  });
  return {
    min: LEAST_PX,
    max,
    work,
    height: computed(() => settle(dragged.value[kind.value] ?? opening.value, max.value)),
    move(height) {
      dragged.value = { ...dragged.value, [kind.value]: height };
    },
    reset() {
      dragged.value = { ...dragged.value, [kind.value]: null };
    },
  };
}
