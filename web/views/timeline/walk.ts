/** Where keys lead from a call: up and down the stack, to the calls beside it, to other threads. */
import { type BlockIndex, BlockKind } from '../../../shared/layout/blocks.ts';
import { findFirstEndingAfter } from '../../../shared/layout/pick.ts';
import type { TimelineBlocks } from '../../../shared/layout/timeline.ts';
import type { Lanes } from './lanes.ts';
import { getTimes, type LaneCall } from './scene.ts';
import type { AxisView } from './view-motion.ts';

/** A step of the keyboard. */
export type Step = 'parent' | 'child' | 'previous' | 'next' | 'thread above' | 'thread below';

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'parent',
  ArrowDown: 'child',
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  PageUp: 'thread above',
  PageDown: 'thread below',
};

/** The step that a key stands for; null: none. */
export function readStep(key: string): Step | null {
  return STEPS[key] ?? null;
}

/**
 * The call that a step leads to; null when there is none. Of calls inside one it is that of which most is to be seen, in
 * `blocks` between `view`; the first one where none is wide enough to be drawn.
 */
export function findStep(
  lanes: Lanes,
  blocks: TimelineBlocks,
  view: AxisView,
  call: LaneCall,
  step: Step,
): LaneCall | null {
  const { index } = lanes.list[call.lane]!;
  const { lane, depth } = call;
  const spanAt = (sample: number, at: number): LaneCall | null => {
    const span = index.findSpan(sample, at);
    return span === null ? null : { ...span, lane };
  };
  switch (step) {
    case 'parent':
      return spanAt(call.first, depth - 1);
    case 'child': {
      const longest = findWidestChild(lanes, blocks, view, call);
      if (longest >= 0) return spanAt(blocks.first[longest]!, depth + 1);
      const first = index.findNextDeep(call.first, depth + 1);
      return first < call.end ? spanAt(first, depth + 1) : null;
    }
    case 'previous': {
      const last = index.findLastDeep(call.first - 1, depth);
      return last < 0 ? null : spanAt(last, depth);
    }
    case 'next': {
      const next = index.findNextDeep(call.end, depth);
      return next >= index.length ? null : spanAt(next, depth);
    }
    case 'thread above':
    case 'thread below':
      return findInOtherThread(lanes, call, step === 'thread above' ? -1 : 1);
    default:
      return step satisfies never;
  }
}

/** The call to begin at: the outermost one that runs in the middle of a window, or the nearest after it, or before it. */
export function findStart({ list }: Lanes, time: number, from = 0, direction: 1 | -1 = 1): LaneCall | null {
  for (let lane = from; lane >= 0 && lane < list.length; lane += direction) {
    const { index, isFolded } = list[lane]!;
    if (isFolded) continue;
    const at = Math.max(0, index.findSample(time));
    const next = index.findNextDeep(at, 0);
    const sample = next < index.length ? next : index.findLastDeep(at, 0);
    const span = sample < 0 ? null : index.findSpan(sample, 0);
    if (span !== null) return { ...span, lane };
  }
  return null;
}

function findInOtherThread(lanes: Lanes, call: LaneCall, direction: 1 | -1): LaneCall | null {
  const { from, to } = getTimes(lanes, call);
  return findStart(lanes, (from + to) / 2, call.lane + direction, direction);
}

/** The call right below another of which most is in view; -1: none is drawn. */
function findWidestChild(lanes: Lanes, blocks: TimelineBlocks, view: AxisView, call: LaneCall): BlockIndex {
  const row = lanes.list[call.lane]!.top + call.depth + 1;
  if (row > blocks.maxDepth) return -1;
  const { axis } = lanes;
  const times = getTimes(lanes, call);
  const unit = (time: number): number => (time - axis.from) / (axis.to - axis.from);
  const [from, to] = [Math.max(view.from, unit(times.from)), Math.min(view.to, unit(times.to))];
  let widest = -1;
  let width = 0;
  const end = blocks.rowStart[row + 1]!;
  for (let i = findFirstEndingAfter(blocks, from, row); i < end && blocks.x0[i]! < to; i++) {
    if (blocks.kind[i] !== BlockKind.node || blocks.first[i]! < call.first || blocks.end[i]! > call.end) continue;
    const inView = Math.min(to, blocks.x1[i]!) - Math.max(from, blocks.x0[i]!);
    if (inView <= width) continue;
    widest = i;
    width = inView;
  }
  return widest;
}
