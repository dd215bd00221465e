/**
 * vprof's JSON: up to four profiles of the same program.
 *
 *   c   flame graph   { sampleInterval, runTime, totalSamples, callStats: node or {} }
 *   p   profiler      { callStats: [[file, line, name, cumulative, percent, calls, primitive, self, …] …], totalTime }
 *   h   heat map      { heatmaps: [{ name, heatmap: { line: seconds }, executionCount: { line: hits }, srcCode }] }
 *   m   memory        { codeEvents: [[number, line, MiB, name, file] …], objectsCount: [[class, count] …] }
 *
 * Parts without any data are left out, unless all are.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { asNumber, asText, getField, isObject, JsonFaults, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { readFlameGraph } from './flame-graph.ts';
import { VPROF } from './format.ts';
import { readHeatmap, readMemory } from './lines.ts';
import type { Part } from './part.ts';
import { readProfiler } from './profiler.ts';

const PARTS: readonly (readonly [
  key: string,
  name: string,
  read: (part: JsonObject, book: FrameBook, name: string, faults: JsonFaults) => Part,
])[] = [
  ['c', 'flame graph', readFlameGraph],
  ['p', 'profiler', readProfiler],
  ['h', 'heat map', readHeatmap],
  ['m', 'memory', readMemory],
];

/** What of a part is told, by its key. */
const ABOUT: readonly (readonly [key: string, name: string, unit: string])[] = [
  ['runTime', 'run time', ' s'],
  ['totalTime', 'total time', ' s'],
  ['sampleInterval', 'sample interval', ' s'],
  ['totalSamples', 'samples', ''],
  ['primitiveCalls', 'primitive calls', ''],
  ['totalCalls', 'calls', ''],
  ['totalEvents', 'executed lines', ''],
  ['timestamp', 'time stamp', ''],
];

/** Reads vprof files. */
export const vprofReader: Reader = {
  ...VPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const faults = new JsonFaults(VPROF.id, 'Make the profile again: vprof -c cmhp app.py --output-file app.json');
    const file = faults.object(source.json(VPROF.id), 'the file');
    onStage('build');
    const book = new FrameBook();
    const present = PARTS.filter(([key]) => isObject(getField(file, key)));
    if (present.length === 0) throw faults.at('the file', 'expected one of the keys “c”, “p”, “h”, “m”');
    const about: [string, string][] = [];
    const read = present.map(([key, name, readPart]) => {
      const part = getField(file, key) as JsonObject;
      const label = present.length > 1 ? name : '';
      about.push(...describePart(part, label));
      return readPart(part, book, label, faults);
    });
    const filled = read.filter(({ isEmpty }) => !isEmpty);
    const version = asText(getField(file, 'version'));
    return {
      format: VPROF.id,
      writer: version === '' ? 'vprof' : `vprof ${version}`,
      profiles: (filled.length > 0 ? filled : read.slice(0, 1)).map(({ build }) => build()),
      warnings: [],
      about,
    };
  },
};

function describePart(part: JsonObject, label: string): [string, string][] {
  const prefix = label === '' ? '' : `${label}: `;
  const about: [string, string][] = [];
  const object = asText(getField(part, 'objectName'));
  if (object !== '') about.push([`${prefix}object`, object]);
  for (const [key, name, unit] of ABOUT) {
    const value = asNumber(getField(part, key));
    if (!Number.isNaN(value)) about.push([`${prefix}${name}`, `${value}${unit}`]);
  }
  const counts = getField(part, 'objectsCount');
  for (const each of Array.isArray(counts) ? counts : []) {
    if (Array.isArray(each)) about.push([`objects of ${asText(each[0])}`, asText(each[1])]);
  }
  return about;
}
