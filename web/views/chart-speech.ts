/** What a screen reader says of a block: name, time, percentage, depth, measured or estimated. */
import { type BlockIndex, BlockKind, type BlockKindValue, type Blocks } from '../../shared/layout/blocks.ts';
import { type CallTree, Certainty } from '../../shared/tree/call-tree.ts';
import { formatCount, formatMetric, formatShare } from '../../shared/units/format.ts';
import { getNodeName, getShare, getUnit, isEstimated } from './chart-scene.ts';

/** One sentence about a block, without signs that are read out oddly. */
export function sayBlock(tree: CallTree, whole: number, blocks: Blocks, block: BlockIndex): string {
  const node = blocks.node[block]!;
  const unit = getUnit(tree);
  const value = blocks.value[block]!;
  const amount = `${formatMetric(value, unit)}, ${formatShare(getShare(value, whole))} of all`;
  const name = getNodeName(tree, node);
  const level = `level ${blocks.depth[block]! + 1}`;
  const kind = blocks.kind[block]! as BlockKindValue;
  const said = isEstimated(tree, node) ? `about ${amount}` : amount;
  switch (kind) {
    case BlockKind.self:
      return `self time of ${name}, ${said}, ${level}`;
    case BlockKind.gathered:
      if (blocks.count[block] === 0) return `more below ${name}, ${said}, ${level}; Enter zooms to it`;
      return `${formatCount(blocks.count[block]!)} smaller calls of ${name}, together ${said}, ${level}`;
    case BlockKind.recursion:
      return `${name}, recursion continues, ${said}, ${level}, estimated; Enter opens it`;
    case BlockKind.unrecorded:
      return `not recorded here, ${said}, ${level}`;
    case BlockKind.node: {
      const range = `${formatMetric(tree.low[node]!, unit)} and ${formatMetric(tree.high[node]!, unit)}`;
      const sure =
        isEstimated(tree, node) || tree.certainty[node] === Certainty.bounded
          ? `${isEstimated(tree, node) ? 'estimated' : 'measured'}, between ${range}`
          : 'measured';
      return `${name}, ${said}, ${level}, ${node === 0 ? 'all roots' : sure}`;
    }
    default:
      return kind satisfies never;
  }
}
