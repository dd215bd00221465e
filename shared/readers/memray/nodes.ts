/** Trees in memray's pages, in each of their forms, as one list of nodes: parents come before children. */
import { FormatError } from '../../errors.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, FrameIndex } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { asNumber, asText, getField, isObject } from '../json-values.ts';
import { MEMRAY_HTML } from './format.ts';

/** A node; its numbers are its own. */
export interface Node {
  /** Row of the node above; -1: a root. */
  readonly parent: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly values: [bytes: number, allocations: number];
  /** Text of the line; `''`: not known. */
  readonly source: string;
}

/** Frames that are written down while paths are turned around. */
const MAX_TURNED = 20_000_000;

/** Adds nodes to a profile, and their lines. */
export function addNodes(nodes: readonly Node[], stacks: StackProfile, book: FrameBook): void {
  const contexts: ContextIndex[] = [];
  nodes.forEach((node, at) => {
    const frame = book.frame(node.name, node.file, node.line);
    const context = stacks.contexts.child(node.parent < 0 ? -1 : contexts[node.parent]!, frame);
    contexts[at] = context;
    refuseTooManyContexts(stacks.contexts.length, MEMRAY_HTML.id);
    if (node.values.every((value) => value === 0)) return;
    stacks.contexts.addRecord(context);
    node.values.forEach((value, metric) => {
      stacks.contexts.addSelf(context, metric, value);
    });
    if (node.line > 0) {
      const text = node.source === '' ? {} : { text: book.text(node.source) };
      stacks.lines.add(frame, book.fileOf(frame), node.line, { values: node.values, ...text });
    }
  });
}

/** Adds nodes of an inverted tree, whose roots are the functions that allocate: each path is turned around. */
export function addInverted(nodes: readonly Node[], stacks: StackProfile, book: FrameBook): void {
  const frames = nodes.map(({ name, file, line }) => book.frame(name, file, line));
  let turned = 0;
  nodes.forEach((node, at) => {
    if (node.values.every((value) => value === 0)) return;
    const path: FrameIndex[] = [];
    for (let up = at; up >= 0 && turned < MAX_TURNED; up = nodes[up]!.parent) {
      path.push(frames[up]!);
      turned++;
    }
    if (turned >= MAX_TURNED) {
      throw new FormatError('memray-html: the paths of this inverted report are too many to be turned around', {
        format: MEMRAY_HTML.id,
        offset: 0,
        advice: 'Make the report without --inverted',
      });
    }
    stacks.addStack(path, node.values);
    refuseTooManyContexts(stacks.contexts.length, MEMRAY_HTML.id);
  });
}

/** Nodes of `packed_data`; null when it is not what memray writes. */
export function listPacked(packed: unknown): Node[] | null {
  if (!isObject(packed)) return null;
  const table = getField(packed, 'nodes');
  const strings = getField(packed, 'strings');
  if (!isObject(table) || !Array.isArray(strings)) return null;
  const column = (key: string): readonly unknown[] => {
    const values = getField(table, key);
    return Array.isArray(values) ? values : [];
  };
  const text = (index: unknown) => (typeof index === 'number' ? asText(strings[index]) : '');
  const children = column('children');
  const parent = findParents(children);
  if (parent === null) return null;
  const [names, files, titles, lines] = [column('function'), column('filename'), column('name'), column('lineno')];
  const totals = sumIntervals(packed, parent) ?? [column('value').map(toNumber), column('n_allocations').map(toNumber)];
  const own = totals.map((values) => {
    const rest = values.slice();
    for (let at = 0; at < parent.length; at++) if (parent[at]! >= 0) rest[parent[at]!]! -= values[at] ?? 0;
    return rest;
  });
  const rows = children.map((_, at): Node => {
    const [name, file, line] = [unescapeHtml(text(names[at])), unescapeHtml(text(files[at])), toLine(lines[at])];
    const title = text(titles[at]);
    return {
      parent: parent[at]!,
      name: name || title,
      file,
      line,
      values: [own[0]![at] ?? 0, own[1]![at] ?? 0],
      source: title.endsWith('\n') ? title.replace(/[\r\n]+$/, '') : '',
    };
  });
  return cutRoot(rows);
}

/** Nodes of a nested tree. */
export function listNested(root: unknown): Node[] | null {
  if (!isObject(root) || !Array.isArray(getField(root, 'children'))) return null;
  const rows: Node[] = [];
  const open: { readonly value: unknown; readonly parent: number }[] = [{ value: root, parent: -1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next.value)) continue;
    const location = getField(next.value, 'location');
    const [name, file, line] = Array.isArray(location) ? location : [];
    const values: [number, number] = [
      toNumber(getField(next.value, 'value')),
      toNumber(getField(next.value, 'n_allocations')),
    ];
    const children = getField(next.value, 'children');
    const title = asText(getField(next.value, 'name'));
    const row: Node = {
      parent: next.parent,
      name: unescapeHtml(asText(name)) || title,
      file: unescapeHtml(asText(file)),
      line: toLine(line),
      values,
      source: title.endsWith('\n') ? title.replace(/[\r\n]+$/, '') : '',
    };
    const above = rows[next.parent];
    if (above !== undefined) for (const metric of [0, 1] as const) above.values[metric] -= values[metric];
    rows.push(row);
    const at = rows.length - 1;
    for (const child of Array.isArray(children) ? [...children].reverse() : []) open.push({ value: child, parent: at });
  }
  return cutRoot(rows);
}

/** Rows of a table: stacks of one frame. */
export function listTable(table: unknown): Node[] | null {
  if (!Array.isArray(table)) return null;
  return table.filter(isObject).map((row): Node => {
    const place = unescapeHtml(asText(getField(row, 'stack_trace')));
    const at = place.indexOf(' at ');
    const colon = place.lastIndexOf(':');
    const isPlace = at > 0 && colon > at;
    return {
      parent: -1,
      name: isPlace ? place.slice(0, at) : place,
      file: isPlace ? place.slice(at + 4, colon) : '',
      line: isPlace ? toLine(place.slice(colon + 1)) : 0,
      values: [toNumber(getField(row, 'size')), toNumber(getField(row, 'n_allocations'))],
      source: '',
    };
  });
}

/** Row above each node; null when that is no tree whose parents come first. */
function findParents(children: readonly unknown[]): Int32Array | null {
  const parent = new Int32Array(children.length).fill(-1);
  for (let at = 0; at < children.length; at++) {
    const below = children[at];
    for (const child of Array.isArray(below) ? below : []) {
      if (typeof child !== 'number' || !(child > at && child < children.length) || parent[child] !== -1) return null;
      parent[child] = at;
    }
  }
  return parent;
}

/**
 * Totals of a report over time, where nodes have none: `intervals: [[from snapshot, to snapshot or null, node,
 * allocations, bytes] …]`. What was in use at the highest snapshot, or what was never given back.
 */
function sumIntervals(packed: { readonly [key: string]: unknown }, parent: Int32Array): number[][] | null {
  const intervals = getField(packed, 'intervals');
  if (!Array.isArray(intervals)) return null;
  const marks = getField(packed, 'high_water_mark_by_snapshot');
  const heights = Array.isArray(marks) ? marks.map(toNumber) : [];
  const highest = heights.reduce((best, height, at) => (height > heights[best]! ? at : best), 0);
  const totals = [new Array<number>(parent.length).fill(0), new Array<number>(parent.length).fill(0)];
  for (const interval of intervals) {
    if (!Array.isArray(interval)) continue;
    const [from, to, node, count, bytes] = interval;
    const isIn = heights.length > 0 ? from <= highest && (to === null || to > highest) : to === null;
    if (!isIn || !Number.isInteger(node)) continue;
    for (let up: number = node; up >= 0 && up < parent.length; up = parent[up]!) {
      totals[0]![up]! += toNumber(bytes);
      totals[1]![up]! += toNumber(count);
    }
  }
  return totals;
}

/** Without the first node, when it is the root that stands for the program. */
function cutRoot(rows: readonly Node[]): Node[] {
  const [root] = rows;
  if (root === undefined || !(root.name === '<root>' || root.file === 'memray' || root.name === '<tracker>')) {
    return [...rows];
  }
  return rows.slice(1).map((row) => ({ ...row, parent: row.parent - 1 }));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&#39;', "'"],
  ['&#x27;', "'"],
  ['&amp;', '&'],
]);

function unescapeHtml(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:lt|gt|quot|amp|#34|#39|#x27);/g, (entity) => ENTITIES.get(entity)!)
    : text;
}

function toNumber(value: unknown): number {
  return asNumber(value) || 0;
}

function toLine(value: unknown): number {
  const line = asNumber(value);
  return Number.isInteger(line) && line > 0 && line < 2 ** 31 ? line : 0;
}
