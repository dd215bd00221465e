/**
 * CPU profiles of V8: a tree of call frames, the node of every sample, and the time between samples.
 *
 *   { nodes: [{ id, callFrame, hitCount?, children? | parent? }], startTime, endTime, samples: [id], timeDeltas: [µs] }
 *   { profile: { nodes, … } }                                     what Profiler.stop answers
 *   { head: { functionName, children: [...] }, startTime, endTime, samples, timestamps }        seconds; older than 2016
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { asNumber, asText, describeValue, getField, isObject, JsonFaults, type JsonObject } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { V8Tree } from '../v8-tree.ts';
import { CPUPROFILE } from './format.ts';
import { addTimedSamples, countNegative, spread, sumDeltas } from './samples.ts';

const METRICS: readonly Metric[] = [
  { name: 'time', unit: 'microseconds' },
  { name: 'samples', unit: 'count' },
];
const HITS: readonly Metric[] = [{ name: 'samples', unit: 'count' }];
const MICROSECONDS = 1e6;

const faults = new JsonFaults('cpuprofile', 'Record the profile again: node --cpu-prof app.js');

/** Reads .cpuprofile files of all ages. */
export const cpuprofileReader: Reader = {
  ...CPUPROFILE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const file = faults.object(source.json('cpuprofile'), 'file');
    const answer = getField(file, 'profile');
    const root = isObject(answer) ? answer : file;
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const tree = new V8Tree(faults);
    const head = getField(root, 'head');
    const isOld = head !== undefined;
    if (isOld) tree.addNested(faults.object(head, 'head'));
    else tree.addNodes(faults.array(getField(root, 'nodes'), 'nodes'), 'nodes');
    noteShared(tree, notes);
    const place = tree.nameFrames(book);
    const hits = tree.nodes.reduce((sum, node) => sum + countHits(node), 0);

    const ids = getField(root, 'samples');
    const hasSamples = Array.isArray(ids) && ids.length > 0;
    const stacks = new StackProfile(book, {
      name: asText(getField(root, 'title')),
      metrics: hasSamples ? METRICS : HITS,
      sampled: true,
    });
    const placed = place(stacks);
    if (hasSamples) {
      const contexts = Int32Array.from(ids, (id: unknown, at) => {
        const node = tree.indexOf(id);
        if (node < 0) throw faults.at(`samples[${at}]`, `node ${describeValue(id)} is not in the file`);
        return placed[node]!;
      });
      addTimes(stacks, root, contexts, isOld, notes);
    } else {
      tree.nodes.forEach((node, at) => {
        stacks.contexts.addSelf(placed[at]!, 0, countHits(node));
        stacks.contexts.addRecord(placed[at]!, countHits(node));
      });
    }
    return {
      format: 'cpuprofile',
      writer: null,
      profiles: [stacks.build()],
      warnings: notes.list(),
      about: [
        ['nodes', String(tree.nodes.length)],
        ['hit counts', String(hits)],
        ['start time', asText(getField(root, 'startTime'))],
        ['end time', asText(getField(root, 'endTime'))],
      ],
    };
  },
};

function countHits(node: JsonObject): number {
  const hits = asNumber(getField(node, 'hitCount'));
  return hits > 0 ? hits : 0;
}

function addTimes(stacks: StackProfile, root: JsonObject, contexts: Int32Array, isOld: boolean, notes: Notes): void {
  const scale = isOld ? MICROSECONDS : 1;
  const start = (asNumber(getField(root, 'startTime')) || 0) * scale;
  let end = (asNumber(getField(root, 'endTime')) || 0) * scale;
  const deltas = getField(root, 'timeDeltas');
  const stamps = getField(root, 'timestamps');
  let times: Float64Array;
  let negative = 0;
  if (Array.isArray(deltas)) {
    const known = readTimes(deltas, 'timeDeltas', contexts.length);
    negative = countNegative(known);
    times = sumDeltas(known, 0);
  } else if (Array.isArray(stamps)) {
    const known = readTimes(stamps, 'timestamps', contexts.length);
    const between = known.map((time, at) => (at === 0 ? 0 : time - known[at - 1]!));
    negative = countNegative(between);
    times = sumDeltas(between, 0);
    end -= known[0] ?? 0;
  } else {
    times = spread(contexts.length, 0, Math.max(0, end - start));
    notes.add(
      'no-times',
      () => 'The file has no times of single samples: they are spread evenly.',
      () => null,
    );
  }
  if (!Array.isArray(stamps) || Array.isArray(deltas)) end -= start;
  addTimedSamples(stacks, { contexts, times, end });
  if (negative === 0) return;
  notes.add(
    'time-backwards',
    (count) =>
      `${count} ${count === 1 ? 'time is' : 'times are'} before the one of the sample before: taken as no time.`,
    () => null,
    negative,
  );
}

function readTimes(list: readonly unknown[], place: string, samples: number): Float64Array {
  if (list.length < samples) {
    throw faults.at(place, `expected one per sample (${samples}), found ${list.length}`);
  }
  return Float64Array.from(list, (value, at) => faults.number(value, `${place}[${at}]`));
}

function noteShared(tree: V8Tree, notes: Notes): void {
  if (tree.shared === 0) return;
  notes.add(
    'shared-children',
    (count) =>
      `${count} ${count === 1 ? 'node has' : 'nodes have'} several callers: shown below the last one, as Chrome does.`,
    () => null,
    tree.shared,
  );
}
