/**
 * Rows of lines and functions.
 *
 * A line's function is not in the file. It is the function above it whose body the line's indent can belong to, if for
 * each function of the file its lines then add up to what Scalene says of the function; otherwise lines belong to
 * their file only.
 */
import type { Numbers } from '../../model/build.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import type { FrameIndex, Metric } from '../../model/profile.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';

interface Column {
  readonly metric: Metric;
  readonly value: (row: JsonObject) => number;
  /** Key that has to be in some row; `''`: always shown. */
  readonly key: string;
  readonly part: 'cpu' | 'memory' | 'gpu';
}

const MEGABYTE = 1024 * 1024;
const SUM_TOLERANCE = 1e-6;

const CPU_KEYS = ['n_cpu_percent_python', 'n_cpu_percent_c', 'n_sys_percent'];

const COLUMNS: readonly Column[] = [
  { metric: { name: 'CPU', unit: 'percent' }, value: sumCpu, key: '', part: 'cpu' },
  plain('Python', 'percent', 'n_cpu_percent_python', 'cpu'),
  plain('C', 'percent', 'n_cpu_percent_c', 'cpu'),
  plain('system', 'percent', 'n_sys_percent', 'cpu'),
  { ...megabytes('peak memory', 'n_peak_mb'), metric: { name: 'peak memory', unit: 'bytes', isState: true } },
  megabytes('allocated', 'n_malloc_mb'),
  {
    ...megabytes('copied', 'n_copy_mb_s'),
    metric: { name: 'copied', unit: 'bytes per second' },
  },
  plain('GPU', 'percent', 'n_gpu_percent', 'gpu'),
  {
    ...megabytes('peak GPU memory', 'n_gpu_peak_memory_mb'),
    metric: { name: 'peak GPU memory', unit: 'bytes', isState: true },
    part: 'gpu',
  },
];

/** What the files of a profile hold. */
export interface FileRows {
  readonly metrics: readonly Metric[];
  readonly lines: LineBuilder;
  readonly functions: ReadonlyMap<FrameIndex, Numbers>;
}

/** Reads the rows of all files. */
export function readFiles(profile: JsonObject, files: JsonObject, book: FrameBook): FileRows {
  const entries = Object.entries(files).flatMap(([path, file]) => {
    if (!isObject(file)) return [];
    return [{ path, lines: listRows(file, 'lines'), functions: listRows(file, 'functions') }];
  });
  const columns = chooseColumns(
    profile,
    entries.flatMap((entry) => [...entry.lines, ...entry.functions]),
  );
  const lines = new LineBuilder(columns.length);
  const functions = new Map<FrameIndex, Numbers>();
  for (const entry of entries) {
    const fileText = book.text(entry.path);
    const named = entry.functions.map((row) => ({ row, ...nameFunction(row, entry.path, book) }));
    for (const { frame, row } of named) functions.set(frame, { self: columns.map(({ value }) => value(row)) });
    const owners = findOwners(entry.lines, named);
    entry.lines.forEach((row, at) => {
      const line = toLine(getField(row, 'lineno'));
      const text = getField(row, 'line');
      lines.add(owners[at]!, fileText, line, {
        values: columns.map(({ value }) => value(row)),
        ...(typeof text === 'string' ? { text: book.text(text.replace(/[\r\n]+$/, '')) } : {}),
      });
    });
  }
  return { metrics: columns.map(({ metric }) => metric), lines, functions };
}

function listRows(file: JsonObject, key: string): JsonObject[] {
  const rows = getField(file, key);
  return Array.isArray(rows) ? rows.filter(isObject) : [];
}

/** CPU always; memory and GPU where they were measured and a row has them. */
function chooseColumns(profile: JsonObject, rows: readonly JsonObject[]): Column[] {
  const hasMemory = getField(profile, 'memory') !== false;
  const hasGpu = getField(profile, 'gpu') === true;
  return COLUMNS.filter(({ key, part, value }) => {
    if (part === 'cpu') return true;
    if (!rows.some((row) => Object.hasOwn(row, key))) return false;
    return part === 'memory' ? hasMemory : hasGpu || rows.some((row) => value(row) > 0);
  });
}

function nameFunction(row: JsonObject, path: string, book: FrameBook): { frame: FrameIndex; first: number } {
  const first = toLine(getField(row, 'lineno'));
  const name = asText(getField(row, 'line')) || asText(getField(row, 'fn_name'));
  return { frame: book.frame(name.trim(), path, first), first };
}

/** Function of each line; -1 for all where that is not certain. */
function findOwners(
  rows: readonly JsonObject[],
  functions: readonly { readonly row: JsonObject; readonly frame: FrameIndex; readonly first: number }[],
): FrameIndex[] {
  const none = rows.map((): FrameIndex => -1);
  const ordered = [...functions].sort((a, b) => a.first - b.first);
  if (ordered.length === 0 || ordered[0]!.first <= 0) return none;
  const sums = new Map<FrameIndex, number>();
  let owner: FrameIndex = -1;
  let next = 0;
  const owners: FrameIndex[] = [];
  for (const { row, at } of rows.map((row, at) => ({ row, at })).sort((a, b) => lineOf(a.row) - lineOf(b.row))) {
    const line = lineOf(row);
    const text = asText(getField(row, 'line'));
    const isTop = text.trim() !== '' && !/^\s/.test(text);
    if (isTop) owner = -1;
    for (; next < ordered.length && ordered[next]!.first <= line; next++) {
      if (!isTop || ordered[next]!.first === line) owner = ordered[next]!.frame;
    }
    owners[at] = owner;
    if (owner >= 0) sums.set(owner, (sums.get(owner) ?? 0) + sumCpu(row));
  }
  const isCertain = functions.every(({ row, frame }) => Math.abs(sumCpu(row) - (sums.get(frame) ?? 0)) < SUM_TOLERANCE);
  return isCertain ? owners : none;
}

function lineOf(row: JsonObject): number {
  return toLine(getField(row, 'lineno'));
}

function toLine(value: unknown): number {
  const line = asNumber(value);
  return Number.isInteger(line) && Math.abs(line) < 2 ** 31 ? line : 0;
}

function sumCpu(row: JsonObject): number {
  return CPU_KEYS.reduce((sum, key) => sum + (asNumber(getField(row, key)) || 0), 0);
}

function plain(name: string, unit: 'percent', key: string, part: Column['part']): Column {
  return { metric: { name, unit }, value: (row) => asNumber(getField(row, key)), key, part };
}

function megabytes(name: string, key: string): Column {
  return {
    metric: { name, unit: 'bytes' },
    value: (row) => asNumber(getField(row, key)) * MEGABYTE,
    key,
    part: 'memory',
  };
}
