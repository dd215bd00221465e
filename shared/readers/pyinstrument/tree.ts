/**
 * Trees of frames as pyinstrument's JSON has them:
 *
 *   -r json   { function, file_path, file_path_short, line_no, time, await_time?, children }
 *   HTML      { identifier, time, absorbed_time?, children, attributes: { l12: seconds … } }
 *
 * Times are with children; what pyinstrument absorbed into a frame is in its time already. `[self]` is a leaf of its
 * own where pyinstrument wrote one.
 */
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, Profile } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';
import { addTotalTrees } from '../total-tree.ts';
import { PYINSTRUMENT_JSON } from './format.ts';
import { identify, toLine } from './identifier.ts';

/** The profile of a tree; an empty one without any. */
export function readTree(root: unknown): Profile {
  const roots = isObject(root) ? [root] : [];
  const metrics: Metric[] = [{ name: 'time', unit: 'seconds' }];
  const hasAwait = hasAwaitTime(roots);
  if (hasAwait) metrics.push({ name: 'await time', unit: 'seconds' });
  const book = new FrameBook();
  const stacks = new StackProfile(book, { metrics, sampled: true });
  addTotalTrees<JsonObject>(
    stacks,
    roots,
    (node) => {
      const frame = findFrame(node, book);
      addLines(node, frame, stacks, book);
      const time = asNumber(getField(node, 'time')) || 0;
      return {
        frame,
        totals: hasAwait ? [time, asNumber(getField(node, 'await_time')) || 0] : [time],
        children: listChildren(node),
      };
    },
    PYINSTRUMENT_JSON.id,
  );
  return stacks.build();
}

function findFrame(node: JsonObject, book: FrameBook): FrameIndex {
  const identifier = getField(node, 'identifier');
  if (typeof identifier === 'string') return identify(identifier, book).frame;
  const file = asText(getField(node, 'file_path')) || asText(getField(node, 'file_path_short'));
  return book.frame(asText(getField(node, 'function')), file, toLine(getField(node, 'line_no')));
}

/** Seconds of lines, callees included. */
function addLines(node: JsonObject, frame: FrameIndex, stacks: StackProfile, book: FrameBook): void {
  const attributes = getField(node, 'attributes');
  if (!isObject(attributes)) return;
  for (const [attribute, value] of Object.entries(attributes)) {
    const line = attribute.startsWith('l') ? toLine(attribute.slice(1)) : 0;
    const seconds = asNumber(value);
    if (line > 0 && !Number.isNaN(seconds)) stacks.lines.add(frame, book.fileOf(frame), line, { values: [seconds] });
  }
}

function listChildren(node: JsonObject): JsonObject[] {
  const children = getField(node, 'children');
  return Array.isArray(children) ? children.filter(isObject) : [];
}

function hasAwaitTime(roots: readonly JsonObject[]): boolean {
  const open = [...roots];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (asNumber(getField(node, 'await_time')) > 0) return true;
    for (const child of listChildren(node)) open.push(child);
  }
  return false;
}
