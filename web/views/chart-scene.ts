/**
 * From tree, colours and search to what paint takes: the looks and labels of blocks, shared by icicle and sunburst.
 */
import { type ColorTable, getBlockColor } from '../../shared/color/colors.ts';
import { PackageKind } from '../../shared/color/homes.ts';
import type { PackageTable } from '../../shared/color/packages.ts';
import { type BlockIndex, BlockKind, type BlockKindValue, type Blocks } from '../../shared/layout/blocks.ts';
import { getShownRoot } from '../../shared/layout/layout.ts';
import { isNodeBlock } from '../../shared/layout/pick.ts';
import type { FrameIndex, Unit } from '../../shared/model/profile.ts';
import { type CallTree, Certainty, type CertaintyLevel, type NodeIndex } from '../../shared/tree/call-tree.ts';
import { getOtherPlace, getPrefix, getShownName } from '../../shared/tree/frame-text.ts';
import { ESTIMATED, formatCount, formatMetric, formatRange, formatShare } from '../../shared/units/format.ts';
import type { BlockLabel } from '../paint/label.ts';
import { Flag, type Scene } from '../paint/scene.ts';
import type { BlockInfo, ChartProps } from './chart-props.ts';

/** What a scene is made of, besides its blocks. */
export interface SceneSource {
  readonly tree: CallTree;
  /** Total of the whole profile. */
  readonly whole: number;
  readonly packages: PackageTable;
  readonly colors: ColorTable;
  readonly matches: Uint8Array | null;
}

/** Looks of blocks; labels are written when they are first asked for. */
export function buildScene(source: SceneSource, blocks: Blocks): Scene {
  const { tree, colors, matches } = source;
  const color = new Uint8Array(blocks.length);
  const flags = new Uint8Array(blocks.length);
  const root = blocks.value[0]!;
  for (let i = 0; i < blocks.length; i++) {
    const node = blocks.node[i]!;
    const frame = tree.frame[node]!;
    const share = root > 0 ? tree.total[node]! / root : 0;
    color[i] = getBlockColor(colors, frame, share, tree.certainty[node]! as CertaintyLevel);
    flags[i] = isEstimated(tree, node) ? Flag.estimated : 0;
    if (matches) flags[i]! |= isNodeBlock(blocks, i) && frame >= 0 && matches[frame] === 1 ? Flag.match : Flag.dim;
  }
  const labels: (BlockLabel | undefined)[] = [];
  return {
    blocks,
    color,
    flags,
    label: (block) => {
      labels[block] ??= writeLabel(source, blocks, block);
      return labels[block];
    },
  };
}

/** True for nodes whose numbers carry `≈`. */
export function isEstimated(tree: CallTree, node: NodeIndex): boolean {
  return node > 0 && tree.certainty[node] === Certainty.inferred;
}

/** Unit that the tree's values are in. */
export function getUnit(tree: CallTree): Unit {
  return tree.profile.metrics[tree.metric]?.unit ?? 'seconds';
}

/** Name of a node's function with its module where that helps; `all` for the virtual root. */
export function getNodeName(tree: CallTree, node: NodeIndex): string {
  const frame = tree.frame[node]!;
  return frame < 0 ? 'all' : getFrameName(tree, frame);
}

/** Name of a function with its module where that helps. */
export function getFrameName({ profile }: CallTree, frame: FrameIndex): string {
  return getPrefix(profile, frame) + getShownName(profile, frame);
}

/** A node's total as charts print it: with `≈` where it is estimated, as a range where it is bounded. */
export function formatTotal(tree: CallTree, node: NodeIndex): string {
  const unit = getUnit(tree);
  if (tree.certainty[node] === Certainty.bounded) return formatRange(tree.low[node]!, tree.high[node]!, unit);
  return (isEstimated(tree, node) ? ESTIMATED : '') + formatMetric(tree.total[node]!, unit);
}

/** A value's share of the whole profile; 0 where the whole is 0. */
export function getShare(value: number, whole: number): number {
  return whole > 0 ? value / whole : 0;
}

/** What a block tells when it is pointed at. */
export function describeBlock(tree: CallTree, whole: number, blocks: Blocks, block: BlockIndex): BlockInfo {
  const node = blocks.node[block]!;
  return {
    kind: blocks.kind[block]! as BlockKindValue,
    node,
    frame: tree.frame[node]! as FrameIndex,
    value: blocks.value[block]!,
    share: getShare(blocks.value[block]!, whole),
    count: blocks.count[block]!,
  };
}

/** What a node tells that has no block on the picture, as the caller of the zoomed one. */
export function describeNode(tree: CallTree, whole: number, node: NodeIndex): BlockInfo {
  const value = tree.total[node]!;
  return { kind: BlockKind.node, node, frame: tree.frame[node]!, value, share: getShare(value, whole), count: 0 };
}

/** Whether the zoomed node has a caller to go out to: "all" is none when it only has one root. */
export function hasAbove({ tree, zoom }: Pick<ChartProps, 'tree' | 'zoom'>): boolean {
  return zoom > 0 && getShownRoot(tree, 0) !== zoom;
}

/** The widest node that a gathered block holds; -1 when they were never counted. */
export function findWidestHidden(tree: CallTree, blocks: Blocks, block: BlockIndex): NodeIndex {
  const node = blocks.node[block]!;
  const first = tree.firstChild[node]!;
  const count = blocks.count[block]!;
  // Children are widest first, so what is gathered comes last.
  return first > 0 && count > 0 ? first + tree.childCount[node]! - count : -1;
}

/** Blocks of a function's nodes, from top to bottom; none for frame -1. */
export function findBlocksOf(tree: CallTree, blocks: Blocks, frame: FrameIndex): BlockIndex[] {
  const found: BlockIndex[] = [];
  for (let i = 0; frame >= 0 && i < blocks.length; i++) {
    if (tree.frame[blocks.node[i]!] === frame && isNodeBlock(blocks, i)) found.push(i);
  }
  return found;
}

function writeLabel(source: SceneSource, blocks: Blocks, block: BlockIndex): BlockLabel {
  const { tree } = source;
  const node = blocks.node[block]!;
  const kind = blocks.kind[block]! as BlockKindValue;
  const value = formatMetric(blocks.value[block]!, getUnit(tree));
  const about = isEstimated(tree, node) ? ESTIMATED : '';
  switch (kind) {
    case BlockKind.node:
      return writeNameLabel(source, node);
    case BlockKind.self:
      return { texts: [`self  ${about}${value}`, 'self'] };
    case BlockKind.gathered: {
      const count = formatCount(blocks.count[block]!);
      return { texts: blocks.count[block] === 0 ? ['more below', 'more'] : [`${count} smaller`, `+${count}`] };
    }
    case BlockKind.recursion:
      return { texts: [`${getNodeName(tree, node)} continues  ${about}${value}`, 'recursion continues', 'recursion'] };
    case BlockKind.unrecorded:
      return { texts: ['not recorded here'] };
    default:
      return kind satisfies never;
  }
}

function writeNameLabel({ tree, whole, packages }: SceneSource, node: NodeIndex): BlockLabel {
  const { profile } = tree;
  const frame = tree.frame[node]!;
  const time = formatTotal(tree, node);
  const share = formatShare(getShare(tree.total[node]!, whole));
  if (frame < 0) return { prefix: '', name: 'all', time, share, place: '', strong: false };
  return {
    prefix: getPrefix(profile, frame),
    name: getShownName(profile, frame),
    time,
    share,
    place: getOtherPlace(profile, frame),
    strong: packages.kind[packages.of(frame)] === PackageKind.own,
  };
}
