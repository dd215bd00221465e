/**
 * Reports of gprof: the table of functions by own time, and the call graph, whose blocks are a function between its
 * callers and its callees.
 *
 *     index % time    self  children    called     name
 *                     0.00    0.05       1/1           start [1]
 *     [2]    100.0    0.00    0.05       1         main [2]
 *                     0.00    0.03       8/8           timelocal [6]
 *
 * Where both are there, the call graph is read: it says more.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { readFlat } from './flat.ts';
import { FLAT_HEAD, GPROF, GRAPH_HEAD } from './format.ts';
import { type Entry, readGraph } from './graph.ts';

/** Reads reports of gprof. */
export const gprofReader: Reader = {
  ...GPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    const notes = new Notes();
    const graphHead = lines.findIndex((line) => GRAPH_HEAD.test(line));
    const flatHead = lines.findIndex((line) => FLAT_HEAD.test(line));
    const entries = graphHead < 0 ? [] : readGraph(lines, graphHead + 1, notes);
    const rows = entries.length > 0 || flatHead < 0 ? [] : readFlat(lines, flatHead);
    if (graphHead < 0 && flatHead < 0) {
      throw new FormatError('gprof-text: there is neither a table of functions nor a call graph', {
        format: GPROF.id,
        advice: 'Make the report again: gprof program gmon.out > report.txt',
      });
    }
    if (entries.length + rows.length === 0) {
      notes.add(
        'no-functions',
        () => 'The report lists no function: no time was measured.',
        () => null,
      );
    }
    onStage('build');
    // Simulators count cycles, in thousands.
    const isCycles = graphHead >= 0 && /^[(K)\s]+$/.test(lines[graphHead + 1] ?? 'time');
    const builder = new ProfileBuilder(isCycles ? { metrics: [{ name: 'cycles', unit: 'count' }] } : {});
    for (const { name, calls, self, total } of rows) {
      const place = placeOf(name);
      builder.setFunction(builder.addFrame(place.name, place.file, place.line), {
        calls,
        self: [self],
        total: [total],
      });
    }
    addGraph(builder, entries, isCycles ? 1000 : 1);
    return { format: GPROF.id, writer: 'gprof', profiles: [builder.build()], warnings: notes.list() };
  },
};

/** `work (g.c:4 @ 129c)`, as line by line reports (-l) have it: a place in a function, by line and address. */
function placeOf(text: string): { readonly name: string; readonly file: string; readonly line: number } {
  const [, name, file, line, address] = /^(.+) \(([^()]+):(\d{1,9}) @ ([\da-f]{1,16})\)$/.exec(text) ?? [];
  if (name === undefined) return { name: text, file: '', line: 0 };
  return { name: `${name} @ ${address}`, file: file!, line: Number(line) };
}

/** `scale`: what a time of the report is to be multiplied with. */
function addGraph(builder: ProfileBuilder, entries: readonly Entry[], scale: number): void {
  const uses = new Map<string, number>();
  for (const { name } of entries) uses.set(name, (uses.get(name) ?? 0) + 1);
  // Functions of one name (static ones) have their index behind it, so that they stay apart.
  const frames = new Map<number, FrameIndex>(
    entries.map(({ index, name: text }) => {
      const { name, file, line } = placeOf(text);
      return [index, builder.addFrame(uses.get(text)! > 1 ? `${name} [${index}]` : name, file, line)];
    }),
  );
  const known = new Set<string>();
  const addCall = (from: number, to: number, calls: number, self: number, children: number) => {
    const [caller, callee] = [frames.get(from), frames.get(to)];
    if (caller === undefined || callee === undefined || known.has(`${from} ${to}`)) return;
    known.add(`${from} ${to}`);
    builder.addCall(caller, callee, { calls, self: [self * scale], total: [(self + children) * scale] });
  };
  for (const { index, self, children, calls, selfCalls, callers, callees } of entries) {
    builder.setFunction(frames.get(index)!, {
      calls: calls + selfCalls,
      primitiveCalls: calls,
      self: [self * scale],
      total: [(self + children) * scale],
    });
    for (const caller of callers) addCall(caller.index, index, caller.calls, caller.self, caller.children);
    for (const callee of callees) addCall(index, callee.index, callee.calls, callee.self, callee.children);
    // Calls of itself stand beside the count, not in rows.
    if (selfCalls > 0) addCall(index, index, selfCalls, Number.NaN, Number.NaN);
  }
}
