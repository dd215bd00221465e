/**
 * Sampling heap profiles of V8: call frames nested in each other, with the bytes that each allocated and that were
 * still in use.
 *
 *   { head: { callFrame, selfSize, id?, children: [...] }, samples?: [{ size, nodeId, ordinal }] }
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { describeValue, getField, JsonFaults } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { V8Tree } from '../v8-tree.ts';
import { HEAPPROFILE } from './format.ts';

const MEMORY: Metric = { name: 'memory', unit: 'bytes' };
const SAMPLES: Metric = { name: 'samples', unit: 'count' };

const faults = new JsonFaults('heapprofile', 'Record the profile again: node --heap-prof app.js');

/** Reads .heapprofile files. */
export const heapprofileReader: Reader = {
  ...HEAPPROFILE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const root = faults.object(source.json('heapprofile'), 'file');
    onStage('build');
    const notes = new Notes();
    const tree = new V8Tree(faults);
    tree.addNested(faults.object(getField(root, 'head'), 'head'));
    const book = new FrameBook();
    const place = tree.nameFrames(book);
    const samples = getField(root, 'samples');
    const hasSamples = Array.isArray(samples) && samples.length > 0;
    const stacks = new StackProfile(book, { metrics: hasSamples ? [MEMORY, SAMPLES] : [MEMORY], sampled: true });
    const placed = place(stacks);
    tree.nodes.forEach((node, at) => {
      const size = getField(node, 'selfSize');
      if (size === undefined) return;
      if (typeof size !== 'number' || !Number.isFinite(size)) {
        throw faults.at('selfSize', `expected bytes, found ${describeValue(size)}`);
      }
      if (size < 0) {
        notes.add(
          'negative-size',
          (count) => `${count} sizes are below 0: taken as 0.`,
          () => null,
        );
      }
      stacks.contexts.addSelf(placed[at]!, 0, Math.max(0, size));
    });
    if (hasSamples) countSamples(stacks, tree, placed, samples, notes);
    return {
      format: 'heapprofile',
      writer: null,
      profiles: [stacks.build()],
      warnings: notes.list(),
      about: [['nodes', String(tree.nodes.length)]],
    };
  },
};

/** V8 writes samples whose node it has thrown away already: their bytes are in no node either. */
function countSamples(
  stacks: StackProfile,
  tree: V8Tree,
  placed: Int32Array,
  samples: readonly unknown[],
  notes: Notes,
): void {
  samples.forEach((each, at) => {
    const id = getField(faults.object(each, `samples[${at}]`), 'nodeId');
    const node = tree.indexOf(id);
    if (node < 0) {
      notes.add(
        'unknown-node',
        (count) =>
          `${count} ${count === 1 ? 'sample belongs' : 'samples belong'} to places that are not in the file: not counted.`,
        () => `samples[${at}]: node ${describeValue(id)}`,
      );
      return;
    }
    stacks.contexts.addRecord(placed[node]!);
    stacks.contexts.addSelf(placed[node]!, 1, 1);
  });
}
