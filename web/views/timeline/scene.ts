/** From blocks, colours and search to what paint takes, and to what a pointer or a screen reader is told. */
import { type ColorTable, getBlockColor } from '../../../shared/color/colors.ts';
import { PackageKind } from '../../../shared/color/homes.ts';
import type { PackageTable } from '../../../shared/color/packages.ts';
import { type BlockIndex, BlockKind } from '../../../shared/layout/blocks.ts';
import type { TimelineBlocks } from '../../../shared/layout/timeline.ts';
import { TimelineCounts } from '../../../shared/layout/timeline-counts.ts';
import type { CallSpan, TimelineIndex } from '../../../shared/layout/timeline-index.ts';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import { Certainty } from '../../../shared/tree/call-tree.ts';
import { getOtherPlace, getPrefix, getShownName } from '../../../shared/tree/frame-text.ts';
import { formatCount, formatMetric, formatShare } from '../../../shared/units/format.ts';
import type { BlockLabel } from '../../paint/label.ts';
import { Flag, type Scene } from '../../paint/scene.ts';
import type { Lane, Lanes } from './lanes.ts';

/** Looks that a picture is made with. */
export interface SceneLooks {
  readonly packages: PackageTable;
  readonly colors: ColorTable;
  readonly matches: Uint8Array | null;
}

/** A scene, and the function of each of its blocks: -1 of gathered ones. */
export interface TimelineScene extends Scene {
  readonly blocks: TimelineBlocks;
  readonly frame: Int32Array;
}

/** A call and the lane that it is in. */
export interface LaneCall extends CallSpan {
  /** Row of the lane table. */
  readonly lane: number;
}

/** Looks of blocks; labels are written when they are first asked for. */
export function buildTimelineScene(lanes: Lanes, blocks: TimelineBlocks, looks: SceneLooks): TimelineScene {
  const { colors, matches } = looks;
  const color = new Uint8Array(blocks.length);
  const flags = new Uint8Array(blocks.length);
  const frame = new Int32Array(blocks.length).fill(-1);
  const whole = lanes.axis.to - lanes.axis.from;
  for (let i = 0; i < blocks.length; i++) {
    const of = blocks.node[i]! < 0 ? -1 : lanes.list[blocks.lane[i]!]!.index.contexts.frame[blocks.node[i]!]!;
    frame[i] = of;
    color[i] = getBlockColor(colors, of, blocks.value[i]! / whole, Certainty.exact);
    if (matches) flags[i] = of >= 0 && matches[of] === 1 ? Flag.match : Flag.dim;
  }
  const labels: (BlockLabel | undefined)[] = [];
  return {
    blocks,
    color,
    flags,
    frame,
    label: (block) => {
      labels[block] ??= writeLabel(lanes, blocks, frame, block, looks.packages);
      return labels[block];
    },
  };
}

const counts = new WeakMap<TimelineIndex, TimelineCounts>();

/** Calls in a gathered block. The first question costs a pass over the lane's samples. */
export function countGathered({ list }: Lanes, blocks: TimelineBlocks, block: BlockIndex): number {
  const { index, top } = list[blocks.lane[block]!]!;
  let ofIndex = counts.get(index);
  if (ofIndex === undefined) {
    ofIndex = new TimelineCounts(index);
    counts.set(index, ofIndex);
  }
  return ofIndex.count(blocks.depth[block]! - top, blocks.first[block]!, blocks.end[block]!);
}

/** The call that a block stands for; null for a gathered one. */
export function getCall({ list }: Lanes, blocks: TimelineBlocks, block: BlockIndex): LaneCall | null {
  if (block < 0 || blocks.kind[block] !== BlockKind.node) return null;
  const lane = blocks.lane[block]!;
  return { lane, depth: blocks.depth[block]! - list[lane]!.top, first: blocks.first[block]!, end: blocks.end[block]! };
}

/** When a call begins and ends. */
export function getTimes({ list }: Lanes, { lane, first, end }: LaneCall): { from: number; to: number } {
  const { index } = list[lane]!;
  return { from: index.timeOf(first), to: index.timeOf(end) };
}

/** Function of a call. */
export function getFrame({ list }: Lanes, { lane, first, depth }: LaneCall): FrameIndex {
  return list[lane]!.index.findFrame(first, depth);
}

/** Name of a function with its module where that helps. */
export function getFunctionName({ profile }: Pick<Lane, 'profile'>, frame: FrameIndex): string {
  return getPrefix(profile, frame) + (getShownName(profile, frame) || '(no name)');
}

function writeLabel(
  lanes: Lanes,
  blocks: TimelineBlocks,
  frames: Int32Array,
  block: BlockIndex,
  packages: PackageTable,
): BlockLabel {
  if (blocks.kind[block] === BlockKind.gathered) {
    const count = formatCount(countGathered(lanes, blocks, block));
    return { texts: [`${count} smaller`, `+${count}`] };
  }
  const frame = frames[block]!;
  const { profile } = lanes.list[blocks.lane[block]!]!;
  return {
    prefix: getPrefix(profile, frame),
    name: getShownName(profile, frame) || '(no name)',
    time: formatMetric(blocks.value[block]!, lanes.unit),
    share: formatShare(blocks.value[block]! / (lanes.axis.to - lanes.axis.from)),
    place: getOtherPlace(profile, frame),
    strong: packages.kind[packages.of(frame)] === PackageKind.own,
  };
}
