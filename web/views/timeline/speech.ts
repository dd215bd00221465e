/** What a screen reader says of a call, and what is around it. */
import { formatMetric, formatShare } from '../../../shared/units/format.ts';
import type { Lanes } from './lanes.ts';
import { getFrame, getFunctionName, getTimes, type LaneCall } from './scene.ts';
import { formatMoment } from './times.ts';

/** One sentence about a call: name, duration, share, when it began, level, thread. */
export function sayCall(lanes: Lanes, call: LaneCall): string {
  const lane = lanes.list[call.lane]!;
  const { axis, unit } = lanes;
  const { from, to } = getTimes(lanes, call);
  const parts = [
    getFunctionName(lane, getFrame(lanes, call)),
    formatMetric(to - from, unit),
    `${formatShare((to - from) / (axis.to - axis.from))} of all`,
    `begins at ${formatMoment(from, to - from, axis.from, unit)}`,
    `level ${call.depth + 1}`,
  ];
  if (lanes.list.length > 1) parts.push(`thread ${lane.name}`);
  return parts.join(', ');
}

/** Name of the chart, and what keys do in it. */
export const TIMELINE_HELP =
  'Timeline. Arrow keys walk the calls, up to the caller, down to the longest call inside, Page Up and Page Down to other threads; Enter zooms, Backspace zooms out, Shift and Enter limits the other views to the time of a call.';
