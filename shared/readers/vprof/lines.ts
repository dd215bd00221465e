/**
 * Parts `h` and `m`: lines with times and hits, and the memory after each executed line.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { Metric } from '../../model/profile.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';
import { type Part, toLine } from './part.ts';

const MEGABYTE = 1024 * 1024;
const SECONDS: readonly Metric[] = [{ name: 'time', unit: 'seconds' }];
const MEMORY: readonly Metric[] = [{ name: 'memory', unit: 'bytes', isState: true }];

/** Reads heat maps: times and hits by line, and the text of all lines, those that never ran too. */
export function readHeatmap(part: JsonObject, book: FrameBook, name: string): Part {
  const maps = getField(part, 'heatmaps');
  const lines = new LineBuilder(1);
  let isEmpty = true;
  for (const map of Array.isArray(maps) ? maps : []) {
    if (!isObject(map)) continue;
    const file = book.text(asText(getField(map, 'name')));
    const texts = listTexts(getField(map, 'srcCode'));
    const times = listByLine(getField(map, 'heatmap'));
    const hits = listByLine(getField(map, 'executionCount'));
    for (const line of new Set([...texts.keys(), ...times.keys(), ...hits.keys()])) {
      const text = texts.get(line);
      isEmpty = false;
      lines.add(-1, file, line, {
        calls: hits.get(line) ?? Number.NaN,
        values: [times.get(line) ?? Number.NaN],
        ...(text === undefined ? {} : { text: book.text(text) }),
      });
    }
  }
  return { isEmpty, build: () => buildPlainProfile(book, { name, metrics: SECONDS, lines }) };
}

/** Source lines `["line", number, text]`; what is skipped (`["skip", count]`) has no text in the file. */
function listTexts(source: unknown): Map<number, string> {
  const texts = new Map<number, string>();
  for (const each of Array.isArray(source) ? source : []) {
    if (Array.isArray(each) && each[0] === 'line' && toLine(each[1]) > 0) texts.set(toLine(each[1]), asText(each[2]));
  }
  return texts;
}

function listByLine(object: unknown): Map<number, number> {
  const values = new Map<number, number>();
  for (const [key, value] of Object.entries(isObject(object) ? object : {})) {
    const [line, number] = [toLine(key), asNumber(value)];
    if (line > 0 && !Number.isNaN(number)) values.set(line, number);
  }
  return values;
}

/**
 * Reads memory: a series in the order in which lines were executed, which stands for the time that is not in the file,
 * and for each line its hits and the most memory after it.
 */
export function readMemory(part: JsonObject, book: FrameBook, name: string): Part {
  const events = getField(part, 'codeEvents');
  const lines = new LineBuilder(1);
  const order: number[] = [];
  const memory: number[] = [];
  const highest = new Map<string, { frame: number; file: number; line: number; hits: number; bytes: number }>();
  for (const event of Array.isArray(events) ? events : []) {
    if (!Array.isArray(event)) continue;
    const [at, line, bytes] = [asNumber(event[0]), toLine(event[1]), asNumber(event[2]) * MEGABYTE];
    if (Number.isNaN(bytes)) continue;
    const place = { name: asText(event[3]), file: asText(event[4]) };
    order.push(Number.isNaN(at) ? order.length + 1 : Math.max(at, order.at(-1) ?? at));
    memory.push(bytes);
    const frame = book.frame(place.name, place.file);
    const key = `${frame} ${line}`;
    const known = highest.get(key);
    if (known === undefined) highest.set(key, { frame, file: book.text(place.file), line, hits: 1, bytes });
    else {
      known.hits++;
      known.bytes = Math.max(known.bytes, bytes);
    }
  }
  for (const { frame, file, line, hits, bytes } of highest.values()) {
    if (line > 0) lines.add(frame, file, line, { calls: hits, values: [bytes] });
  }
  const series = {
    name: 'memory by executed line',
    unit: 'bytes' as const,
    group: '',
    time: Float64Array.from(order),
    value: Float64Array.from(memory),
    axis: 'count' as const,
  };
  const build = () =>
    buildPlainProfile(book, { name, metrics: MEMORY, lines, series: order.length === 0 ? [] : [series] });
  return { isEmpty: order.length === 0, build };
}
