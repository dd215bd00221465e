/**
 * `memray stats --json`: the allocations at the top of two lists, by line, and sums of all.
 *
 *   { total_num_allocations, total_bytes_allocated, allocation_size_histogram: [{ min_bytes, max_bytes, count }],
 *     allocator_type_distribution: { MALLOC: n … }, top_allocations_by_size: [{ location: "func:file:12", size }],
 *     top_allocations_by_count: [{ location, count }], metadata: { peak_memory, command_line … } }
 *
 * Earlier versions say `top_locations_by_size` and `top_locations_by_count`, and give `[location, number]` there.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { LineBuilder } from '../../model/line-builder.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { asNumber, asText, getField, isObject, JsonFaults, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { MEMRAY_STATS } from './format.ts';
import { METRICS } from './metrics.ts';

const SIZE_LISTS = ['top_allocations_by_size', 'top_locations_by_size'];
const COUNT_LISTS = ['top_allocations_by_count', 'top_locations_by_count'];

/** Reads `memray stats --json` files. */
export const memrayStatsReader: Reader = {
  ...MEMRAY_STATS,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const faults = new JsonFaults(MEMRAY_STATS.id, 'Make it again: memray stats --json -o stats.json FILE.bin');
    const file = faults.object(source.json(MEMRAY_STATS.id), 'the file');
    onStage('build');
    const book = new FrameBook();
    const found = new Map<FrameIndex, { readonly line: number; readonly values: [size: number, count: number] }>();
    [SIZE_LISTS, COUNT_LISTS].forEach((keys, metric) => {
      for (const { location, value } of listTop(file, keys, metric === 0 ? 'size' : 'count')) {
        const { name, file: path, line } = parseLocation(location);
        const frame = book.frame(name, path, line);
        if (!found.has(frame)) found.set(frame, { line, values: [Number.NaN, Number.NaN] });
        found.get(frame)!.values[metric] = value;
      }
    });
    const lines = new LineBuilder(METRICS.length);
    const functions = new Map([...found].map(([frame, { values }]) => [frame, { self: values }] as const));
    for (const [frame, { line, values }] of found) {
      if (line > 0) lines.add(frame, book.fileOf(frame), line, { values });
    }
    return {
      format: MEMRAY_STATS.id,
      writer: 'memray',
      profiles: [buildPlainProfile(book, { metrics: METRICS, lines, functions })],
      warnings: [],
      about: describeStats(file),
    };
  },
};

function listTop(file: JsonObject, keys: readonly string[], value: string): { location: string; value: number }[] {
  const list = keys.map((key) => getField(file, key)).find(Array.isArray) ?? [];
  return list.flatMap((each: unknown) => {
    const [location, number] = Array.isArray(each)
      ? [each[0], each[1]]
      : isObject(each)
        ? [getField(each, 'location'), getField(each, value)]
        : [];
    return typeof location === 'string' && !Number.isNaN(asNumber(number))
      ? [{ location, value: asNumber(number) }]
      : [];
  });
}

/** `func:file:12`: the function has no colon, a path may. */
function parseLocation(location: string): { name: string; file: string; line: number } {
  const first = location.indexOf(':');
  const last = location.lastIndexOf(':');
  const line = /^\d{1,9}$/.test(location.slice(last + 1)) ? Number(location.slice(last + 1)) : 0;
  if (first <= 0 || last <= first || line === 0) return { name: location, file: '', line: 0 };
  return { name: location.slice(0, first), file: location.slice(first + 1, last), line };
}

function describeStats(file: JsonObject): [string, string][] {
  const about: [string, string][] = [];
  const tell = (name: string, value: unknown) => {
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
      about.push([name, String(value)]);
    }
  };
  tell('allocations', getField(file, 'total_num_allocations'));
  tell('bytes allocated', getField(file, 'total_bytes_allocated'));
  const metadata = getField(file, 'metadata');
  for (const [key, value] of Object.entries(isObject(metadata) ? metadata : {})) tell(key.replaceAll('_', ' '), value);
  const allocators = getField(file, 'allocator_type_distribution');
  for (const [allocator, count] of Object.entries(isObject(allocators) ? allocators : {})) {
    tell(`by ${allocator}`, count);
  }
  const histogram = getField(file, 'allocation_size_histogram');
  for (const bin of Array.isArray(histogram) ? histogram : []) {
    if (!isObject(bin)) continue;
    tell(
      `of ${asText(getField(bin, 'min_bytes'))} to ${asText(getField(bin, 'max_bytes'))} bytes`,
      getField(bin, 'count'),
    );
  }
  for (const order of ['size', 'count']) {
    const modules = getField(file, `top_modules_by_allocation_${order}`);
    for (const module of Array.isArray(modules) ? modules : []) {
      if (!isObject(module)) continue;
      const name = `in module ${asText(getField(module, 'module'))}`;
      if (about.some(([known]) => known === name)) continue;
      const [count, bytes] = [getField(module, 'num_allocations'), getField(module, 'total_bytes')].map(asNumber);
      tell(name, `${count} allocations, ${bytes} bytes`);
    }
  }
  return about;
}
