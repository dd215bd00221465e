/**
 * Height of the chart: what its levels need when a profile opens, then what the user drags it to. Zooming never moves it.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ViewName } from '../state/app-state.ts';
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
/** The ruler, and some air under the last level. */
const AROUND_PX = 18 + 12;
/** Crumbs, legend, divider, and a table with its bar, its head and three rows. */
const FIXED_PX = 28 + 28 + 5;
const LEAST_TABLE_PX = 36 + 28 + 3 * 24;

/** The size of the chart of the model on screen. */
export function createChartSize(
  model: ReadonlySignal<Model | null>,
  view: ReadonlySignal<ViewName>,
  isNarrow: ReadonlySignal<boolean>,
): ChartSize {
  const work = signal(0);
  const dragged = signal<{ readonly bars: number | null; readonly rings: number | null }>({ bars: null, rings: null });
  const levels = computed(() => model.value?.levels.value ?? 0);
  const kind = computed(() => (view.value === 'sunburst' ? 'rings' : 'bars'));
  const max = computed(() => Math.max(LEAST_PX, work.value - FIXED_PX - LEAST_TABLE_PX - (isNarrow.value ? 63 : 0)));
  const opening = computed(() => {
    const room = work.value;
    if (kind.value === 'rings') return room * SUNBURST_SHARE;
    const needed = levels.value === 0 ? room : levels.value * ROW_PX + AROUND_PX;
    return Math.min(room * MOST_OPENING_SHARE, Math.max(LEAST_OPENING_PX, needed));
  });
  return {
    min: LEAST_PX,
    max,
    work,
    height: computed(() =>
      Math.round(Math.min(max.value, Math.max(LEAST_PX, dragged.value[kind.value] ?? opening.value))),
    ),
    move(height) {
      dragged.value = { ...dragged.value, [kind.value]: height };
    },
    reset() {
      dragged.value = { ...dragged.value, [kind.value]: null };
    },
  };
}
