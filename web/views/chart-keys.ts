/** What keys do inside a chart. */
import type { Direction } from '../../shared/layout/pick.ts';

/** Walk to a neighbour, zoom to the focused block, select it, or go out one level. */
export type ChartKey = Direction | 'zoom' | 'select' | 'out';

const KEYS: Readonly<Record<string, ChartKey>> = {
  ArrowUp: 'parent',
  ArrowDown: 'child',
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  Enter: 'zoom',
  ' ': 'select',
  Backspace: 'out',
  Escape: 'out',
};

/** What a key press means to a chart; null when it is none of its business. */
export function readChartKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): ChartKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return KEYS[event.key] ?? null;
}
