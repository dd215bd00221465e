/**
 * Logs of psrecord: a head that names the columns, then a row of numbers for each look at the process.
 *
 *   # Elapsed time   CPU (%)     Real (MB)   Virtual (MB)  [USS (MB)]  [Read count  Write count  Read bytes  Write bytes]
 *          0.103       97.300       13.359      305.500
 *
 *   elapsed_time,nproc,cpu,mem_real,mem_virtual[,read_count,…]            --log-format csv
 *
 * Its MB are MiB. CPU is in percent of one core and may pass 100.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { ProfileGroup, Unit } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { noteBadLine, parseLogNumber, TimeRows } from '../time-rows.ts';

interface Column {
  readonly name: string;
  readonly unit: Unit;
  /** What the file's numbers are multiplied by. */
  readonly factor: number;
}

const MEBIBYTE = 1024 * 1024;

/** Columns by what they are called in either kind of log. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ...both('cpu (%)', 'cpu', { name: 'CPU', unit: 'percent', factor: 1 }),
  ...both('real (mb)', 'mem_real', { name: 'real memory', unit: 'bytes', factor: MEBIBYTE }),
  ...both('virtual (mb)', 'mem_virtual', { name: 'virtual memory', unit: 'bytes', factor: MEBIBYTE }),
  ...both('uss (mb)', 'mem_uss', { name: 'unique memory', unit: 'bytes', factor: MEBIBYTE }),
  ...both('# processes', 'nproc', { name: 'processes', unit: 'count', factor: 1 }),
  ...both('read count', 'read_count', { name: 'reads', unit: 'count', factor: 1 }),
  ...both('write count', 'write_count', { name: 'writes', unit: 'count', factor: 1 }),
  ...both('read bytes', 'read_bytes', { name: 'bytes read', unit: 'bytes', factor: 1 }),
  ...both('write bytes', 'write_bytes', { name: 'bytes written', unit: 'bytes', factor: 1 }),
]);

function both(plain: string, csv: string, column: Column): [string, Column][] {
  return [
    [plain, column],
    [csv, column],
  ];
}

/** Reads a log. Lines that are damaged are counted and left out. */
export function readPsrecord(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const lines = source.lines();
  const start = lines.findIndex((line) => line.trim() !== '');
  const head = lines[start] ?? '';
  const isPlain = head.trimStart().startsWith('#');
  const names = isPlain
    ? head
        .trim()
        .replace(/^#\s*/, '')
        .split(/\s{2,}/)
    : head.split(',').map(unquote);
  const columns = names.slice(1).map(findColumn);
  const rows = columns.map(() => new TimeRows());
  let count = 0;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index]!.trim();
    // A head may come again where two logs were put one behind the other.
    if (line === '' || line === head.trim()) continue;
    const cells = isPlain ? line.split(/\s+/) : line.split(',').map(unquote);
    const numbers = cells.map((cell) => parseLogNumber(cell));
    if (numbers.length !== names.length || !numbers.every((number) => Number.isFinite(number))) {
      noteBadLine(notes, index + 1);
      continue;
    }
    count++;
    columns.forEach(({ factor }, column) => {
      rows[column]!.add(numbers[0]!, numbers[column + 1]! * factor);
    });
  }
  if (count === 0) {
    notes.add(
      'no-samples',
      () => 'The log has no rows: the process ended before it was looked at.',
      () => null,
    );
  }
  onStage('build');
  const profile = buildPlainProfile(new FrameBook(), {
    metrics: [
      { name: 'CPU', unit: 'percent' },
      { name: 'memory', unit: 'bytes' },
    ],
    // Rows share their times: a clock that went back is told once.
    series: columns.map(({ name, unit }, column) => rows[column]!.build(name, unit, '', column === 0 ? notes : null)),
  });
  return { format: 'psrecord', writer: 'psrecord', profiles: [profile], warnings: notes.list() };
}

/** What a column is; one that is not known keeps its name, and the unit that stands behind it. */
function findColumn(title: string): Column {
  const name = title.trim();
  const known = COLUMNS.get(name.toLowerCase());
  if (known !== undefined) return known;
  if (/\((MB|MiB)\)$/i.test(name)) return { name, unit: 'bytes', factor: MEBIBYTE };
  return { name, unit: /\(%\)$/.test(name) ? 'percent' : 'count', factor: 1 };
}

function unquote(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}
