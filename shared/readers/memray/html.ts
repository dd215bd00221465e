/**
 * `memray flamegraph` and `memray table`: pages with JSON in a script, which is cut out and never run.
 *
 *   packed_data = { nodes: { children, function, filename, lineno, name, value, n_allocations … }, strings,
 *                   intervals?, high_water_mark_by_snapshot? }        flame graph; columns, texts as numbers of strings
 *   data = { name, location: [function, file, line], value, n_allocations, children }       before columns
 *   table_data = [{ stack_trace: "func at file:12", size, n_allocations, tid … }]
 *   memory_records = [[milliseconds since 1970, resident bytes, heap bytes] …]
 *
 * Values are with callees. Functions and files are escaped for HTML. Node 0 is `<root>`, which is no function.
 */
import { cutEmbeddedJson } from '../../decode/embedded-json.ts';
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup, Series } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { asNumber } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { MEMRAY_HTML } from './format.ts';
import { METRICS } from './metrics.ts';
import { addInverted, addNodes, listNested, listPacked, listTable } from './nodes.ts';

const ADVICE = 'Make the report again: memray flamegraph FILE.bin';

/** Reads memray's HTML reports. */
export const memrayHtmlReader: Reader = {
  ...MEMRAY_HTML,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const text = source.text();
    const packed = parse(text, 'packed_data =');
    const nested = packed ?? parse(text, 'const data =') ?? parse(text, 'var data =');
    const table = nested ?? parse(text, 'table_data =');
    const records = parse(text, 'memory_records =');
    const isInverted = /\bconst inverted = true\b/.test(text);
    onStage('build');
    if (table === null) throw fault(text.length, 'the page ends before its data does, or has none');
    const book = new FrameBook();
    const nodes = packed !== null ? listPacked(packed) : nested !== null ? listNested(nested) : listTable(table);
    if (nodes === null) throw fault(0, 'the data in the page is not what memray writes');
    const stacks = new StackProfile(book, { metrics: METRICS, sampled: false, linesRan: true });
    if (isInverted) addInverted(nodes, stacks, book);
    else addNodes(nodes, stacks, book);
    const series = listSeries(records);
    const profile = stacks.build();
    return {
      format: MEMRAY_HTML.id,
      writer: 'memray',
      profiles: [series.length === 0 ? profile : { ...profile, series }],
      warnings: [],
      about: describePage(text),
    };
  },
};

function parse(text: string, marker: string): unknown {
  const json = cutEmbeddedJson(text, marker);
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    throw fault(text.indexOf(marker), 'the data in the page is damaged');
  }
}

function listSeries(records: unknown): Series[] {
  const rows: [time: number, resident: number, heap: number][] = [];
  for (const record of Array.isArray(records) ? records : []) {
    if (!Array.isArray(record)) continue;
    const [time, resident, heap] = [asNumber(record[0]), asNumber(record[1]), asNumber(record[2])];
    if (!Number.isNaN(time)) rows.push([time / 1000, resident, heap]);
  }
  if (rows.length === 0) return [];
  rows.sort((a, b) => a[0] - b[0]);
  return (['resident memory', 'heap'] as const).map((name, at) => ({
    name,
    unit: 'bytes',
    group: '',
    time: Float64Array.from(rows, (row) => row[0]),
    value: Float64Array.from(rows, (row) => row[at + 1]!),
  }));
}

/** The title says which kind of report it is. */
function describePage(text: string): [string, string][] {
  const start = text.indexOf('<title>');
  const end = text.indexOf('</title>', start);
  if (start < 0 || end < 0 || end - start > 300) return [];
  return [
    [
      'title',
      text
        .slice(start + 7, end)
        .replace(/\s+/g, ' ')
        .trim(),
    ],
  ];
}

function fault(offset: number, found: string): FormatError {
  return new FormatError(`memray-html: ${found}`, { format: MEMRAY_HTML.id, offset, advice: ADVICE });
}
