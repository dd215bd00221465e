/**
 * Tables of memory_profiler:
 *
 *   Filename: app.py
 *
 *   Line #    Mem usage    Increment  Occurrences   Line Contents       without Occurrences before 0.58
 *   =============================================================
 *       11     46.5 MiB     46.5 MiB           1   @profile
 *       12                                         def loop():          a line that did not run
 *
 * The program run by `python -m memory_profiler` ends with a table for every function; where it imports the decorator,
 * there is a table after every call. Those of one function are put together as the tool itself does it: increments and
 * occurrences added up, the highest memory kept.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { noteBadLine } from '../time-rows.ts';
import { findTableHead, readTableRow, type TableHead, type TableRow } from './table-rows.ts';

interface Table {
  readonly file: string;
  readonly rows: Map<number, TableRow>;
  count: number;
}

/** Reads the tables in a text. */
export function readMemoryTable(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const tables = readTables(source.lines(), notes);
  const book = new FrameBook();
  const lines = new LineBuilder(2);
  const functions = new Map<FrameIndex, { total: [number, number] }>();
  for (const { file, rows } of tables) {
    const [first] = rows.keys();
    const frame = book.frame(findName(rows) ?? `line ${first}`, file, first ?? 0);
    let [most, grown] = [Number.NaN, 0];
    for (const [line, { memory, increment, occurrences, text }] of rows) {
      lines.add(frame, book.fileOf(frame), line, {
        calls: occurrences,
        values: [memory, increment],
        text: book.text(text),
      });
      if (Number.isNaN(memory)) continue;
      most = Number.isNaN(most) ? memory : Math.max(most, memory);
      grown += increment;
    }
    functions.set(frame, { total: [most, grown] });
  }
  noteRepeats(tables, notes);
  onStage('build');
  const profile = buildPlainProfile(book, {
    metrics: [
      { name: 'memory', unit: 'bytes', isState: true },
      { name: 'increment', unit: 'bytes' },
    ],
    lines,
    functions,
  });
  return {
    format: 'memory_profiler-text',
    writer: 'memory_profiler',
    profiles: [profile],
    warnings: notes.list(),
  };
}

function readTables(lines: readonly string[], notes: Notes): Table[] {
  const tables = new Map<string, Table>();
  let file = '';
  let head: TableHead | null = null;
  let rows = new Map<number, TableRow>();
  const end = () => {
    if (rows.size > 0) addTable(tables, file, rows);
    rows = new Map();
    head = null;
  };
  lines.forEach((line, index) => {
    const found = findTableHead(line);
    if (found !== null || line.startsWith('Filename: ')) {
      end();
      if (found === null) file = line.slice('Filename: '.length).trimEnd();
      else head = found;
    } else if (head !== null && !/^=+\s*$/.test(line)) {
      const row = readTableRow(line, head);
      if (row !== null) rows.set(row.line, row);
      else if (line.trim() === '') end();
      else noteBadLine(notes, index + 1);
    }
  });
  end();
  return [...tables.values()];
}

function addTable(tables: Map<string, Table>, file: string, rows: Map<number, TableRow>): void {
  const [first] = rows.keys();
  const key = `${first} ${file}`;
  const known = tables.get(key);
  if (known === undefined) {
    tables.set(key, { file, rows, count: 1 });
    return;
  }
  known.count++;
  for (const [line, row] of rows) {
    const before = known.rows.get(line);
    known.rows.set(line, before === undefined ? row : mergeRows(before, row));
  }
}

function mergeRows(one: TableRow, other: TableRow): TableRow {
  if (Number.isNaN(one.memory)) return other;
  if (Number.isNaN(other.memory)) return one;
  return {
    ...one,
    memory: Math.max(one.memory, other.memory),
    increment: one.increment + other.increment,
    occurrences: one.occurrences + other.occurrences,
  };
}

/** Name of the function whose source the rows are. */
function findName(rows: ReadonlyMap<number, TableRow>): string | undefined {
  for (const { text } of rows.values()) {
    const name = /^\s*(?:async\s+)?def\s+([^\s(:]+)/.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

function noteRepeats(tables: readonly Table[], notes: Notes): void {
  for (const { file, rows, count } of tables) {
    if (count === 1) continue;
    notes.add(
      'tables-put-together',
      (tablesMore) =>
        `${tablesMore} ${tablesMore === 1 ? 'table is' : 'tables are'} of functions that have one already: increments are added up, the highest memory is kept.`,
      () => `${file}:${[...rows.keys()][0]}`,
      count - 1,
    );
  }
}
