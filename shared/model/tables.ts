/** Which tables a profile holds, in the words of the commands' JSON. */
import type { Profile } from './profile.ts';

/** Kinds of tables, in the order in which they are told. */
export type TableKind = 'calls' | 'contexts' | 'samples' | 'lines' | 'series' | 'spans' | 'measurements';

/** The tables of a profile. One without any has functions alone, and counts as a call graph without calls. */
export function getTables(profile: Profile): readonly TableKind[] {
  const { contexts, samples, lines, series, spans, measurements, calls } = profile;
  const tables: TableKind[] = [];
  if (contexts !== undefined) tables.push('contexts');
  if (samples !== undefined) tables.push('samples');
  if (lines !== undefined) tables.push('lines');
  if (series !== undefined && series.length > 0) tables.push('series');
  if (spans !== undefined && spans.length > 0) tables.push('spans');
  if (measurements !== undefined && measurements.length > 0) tables.push('measurements');
  return calls.length > 0 || tables.length === 0 ? ['calls', ...tables] : tables;
}
