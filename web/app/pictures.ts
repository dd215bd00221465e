/**
 * Small icicles for lists: 76 × 24, five levels, drawn from the profile itself. They are made one after the other when
 * nothing else is going on, and only of files that cost little to read.
 */
import { assignColors, getBlockColor } from '../../shared/color/colors.ts';
import { packageOf } from '../../shared/color/packages.ts';
import { getBlockColors, type Theme } from '../../shared/color/palette.ts';
import { BlockKind } from '../../shared/layout/blocks.ts';
import { layoutBlocks } from '../../shared/layout/layout.ts';
import type { Profile } from '../../shared/model/profile.ts';
import { type CallTree, Certainty, type NodeIndex } from '../../shared/tree/call-tree.ts';
import { buildFunctionRows } from '../../shared/tree/function-rows.ts';
import type { OpenedFile } from '../../shared/tree/open-group.ts';
import { createTree } from '../../shared/tree/trees.ts';
import { formatCount, formatMetric } from '../../shared/units/format.ts';
import { readInWorker } from '../client/read-file.ts';
import { hasFunctions } from '../state/views.ts';
import { createReadWorker } from './workers.ts';

const WIDTH_PX = 76;
const HEIGHT_PX = 24;
const ROW_PX = 5;
/** Larger files get no picture: it is not worth their reading. */
const MOST_BYTES = 3e6;

/** What a list says about a profile. */
export interface Glance {
  readonly functions: string;
  readonly total: string;
  readonly writer: string | null;
  /** Rectangles in picture pixels, with the colour index of their block. */
  readonly blocks: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly color: number;
  }[];
}

let queue: Promise<unknown> = Promise.resolve();

/** Reads a file for a list, after those that were asked for before; null when it can't or should not be read. */
export function glanceAt(
  size: number,
  name: string,
  getBytes: () => Promise<Uint8Array>,
  signal: AbortSignal,
): Promise<Glance | null> {
  if (size > MOST_BYTES) return Promise.resolve(null);
  const next = queue.then(async () => {
    if (signal.aborted) return null;
    const bytes = await getBytes();
    const request = { from: bytes, name };
    return summarise((await readInWorker(request, { createWorker: createReadWorker, signal })).file);
  });
  const safe = next.catch(() => null);
  queue = safe;
  return safe;
}

function summarise(file: OpenedFile): Glance {
  const profile = file.group.profiles[0]!;
  const rows = buildFunctionRows(profile);
  const tree = createTree({ profile, metric: 0, prepared: file.prepared }, file.nodes);
  const colors = assignColors(profile, packageOf(profile), 'package');
  const levels = Math.floor(HEIGHT_PX / ROW_PX) + 1;
  // Levels that only one function fills look the same in every profile: the picture starts where the tree parts.
  const options = {
    root: findFirstParting(tree),
    minWidth: 1 / WIDTH_PX,
    maxDepth: levels - 1,
    cutoff: 0,
    measuredOnly: false,
    unfolded: new Set<number>(),
  };
  const layout = layoutBlocks(tree, options);
  const blocks: Glance['blocks'][number][] = [];
  for (let block = 0; block < layout.length; block++) {
    const depth = layout.depth[block]!;
    if (depth >= levels || (layout.kind[block] !== BlockKind.node && layout.kind[block] !== BlockKind.recursion))
      continue;
    const x = Math.round(layout.x0[block]! * WIDTH_PX);
    const width = Math.max(1, Math.round(layout.x1[block]! * WIDTH_PX) - x - 0.5);
    blocks.push({
      x,
      y: depth * ROW_PX,
      width,
      color: getBlockColor(colors, tree.frame[layout.node[block]!]!, 1, Certainty.exact),
    });
  }
  const unit = profile.metrics[0]?.unit ?? 'count';
  const others = describeOthers(file.group.profiles);
  // Timings and values over time have no functions, and no sum that says anything.
  if (!hasFunctions(profile) && others !== '') {
    return { functions: others, total: '', writer: file.group.writer, blocks: [] };
  }
  const functions = `${formatCount(rows.functions)} ${rows.functions === 1 ? 'function' : 'functions'}`;
  return { functions, total: formatMetric(rows.whole, unit), writer: file.group.writer, blocks };
}

/** `3 series`, `2 timed statements`; empty for what is neither. */
function describeOthers(profiles: readonly Profile[]): string {
  const measurements = profiles.reduce((sum, profile) => sum + (profile.measurements?.length ?? 0), 0);
  const series = profiles.reduce((sum, profile) => sum + (profile.series?.length ?? 0), 0);
  if (measurements > 0) return `${formatCount(measurements)} timed ${measurements === 1 ? 'statement' : 'statements'}`;
  return series > 0 ? `${formatCount(series)} series` : '';
}

/** Share of a node up to which its widest child still stands for it. */
const SAME_SHARE = 0.9;
/** Levels to look for a parting: a chain may go on for ever. */
const MOST_STEPS = 60;

function findFirstParting(tree: CallTree): NodeIndex {
  let node: NodeIndex = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    tree.open(node);
    const child = tree.firstChild[node] ?? 0;
    if ((tree.childCount[node] ?? 0) === 0 || !(tree.total[child]! >= SAME_SHARE * tree.total[node]!)) break;
    node = child;
  }
  return node;
}

/** Draws a glance into a canvas; an empty one where there is none. */
export function paintGlance(canvas: HTMLCanvasElement, glance: Glance | null, theme: Theme): void {
  const scale = Math.ceil(devicePixelRatio);
  canvas.width = WIDTH_PX * scale;
  canvas.height = HEIGHT_PX * scale;
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  const colors = getBlockColors(theme);
  for (const { x, y, width, color } of glance?.blocks ?? []) {
    context.fillStyle = colors[color]!;
    context.fillRect(x, y, width, ROW_PX - 1);
  }
}
