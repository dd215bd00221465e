/**
 * GDF of pycallgraph: two tables of comma-separated values.
 *
 *   nodedef> name VARCHAR, label VARCHAR, group VARCHAR, calls INTEGER, time DOUBLE, ...
 *   orders.main,orders.main,orders,1,0.0244,0,0,'198,216,229',1.59
 *   edgedef> node1 VARCHAR, node2 VARCHAR, label VARCHAR, ...
 *
 * Times are with callees, and those of recursive calls are added up; the top entry is not timed.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { GDF } from './format.ts';
import { type GdfTable, readTables } from './tables.ts';

const METRICS: readonly (readonly [column: string, metric: Metric])[] = [
  ['time', { name: 'time', unit: 'seconds' }],
  ['memory_in', { name: 'memory in', unit: 'bytes' }],
  ['memory_out', { name: 'memory out', unit: 'bytes' }],
];

/** Reads pycallgraph's GDF. */
export const gdfReader: Reader = {
  ...GDF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const { nodes, edges } = readTables(source.lines(), notes);
    // Memory is measured on demand only: columns of zeros say nothing.
    const metrics = METRICS.filter(
      ([column], at) => at === 0 || nodes.rows.some((row) => nodes.number(row, column) !== 0),
    );
    if (!nodes.has('calls') && !nodes.has('time')) {
      throw new FormatError('gdf: the nodes of the graph have neither calls nor times', {
        format: GDF.id,
        line: 1,
        advice: 'Write it with pycallgraph’s GephiOutput, or open a profile: python -m cProfile -o app.prof app.py',
      });
    }
    onStage('build');
    const builder = new ProfileBuilder({
      metrics: metrics.map(([, metric]) => metric),
      traits: { sampled: false, hasCounts: nodes.has('calls') },
    });
    const frames = new Map<string, FrameIndex>();
    for (const row of nodes.rows) {
      const id = nodes.text(row, 'name');
      const frame = frames.get(id) ?? builder.addFrame(nodes.text(row, 'label') || id, nodes.text(row, 'group'), 0);
      frames.set(id, frame);
      builder.setFunction(frame, {
        calls: count(nodes, row, 'calls'),
        total: metrics.map(([column]) => nodes.number(row, column)),
      });
    }
    for (const row of edges.rows) {
      const [caller, callee] = ['node1', 'node2'].map((column) => {
        const id = edges.text(row, column);
        const frame = frames.get(id) ?? builder.addFrame(id, '', 0);
        frames.set(id, frame);
        return frame;
      });
      builder.addCall(caller!, callee!, { calls: count(edges, row, 'label') });
    }
    return { format: GDF.id, writer: 'pycallgraph', profiles: [builder.build()], warnings: notes.list() };
  },
};

/** A count; NaN for what is none. */
function count(table: GdfTable, row: readonly string[], column: string): number {
  const value = table.number(row, column);
  return value >= 0 ? value : Number.NaN;
}
