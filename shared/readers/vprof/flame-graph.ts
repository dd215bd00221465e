/**
 * Part `c`: a tree of sample counts, callees included. A node's `stack` is `[name, file, line]`, or a text
 * `name (file:line)`.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { parseFrame } from '../frame-text.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';
import { addTotalTrees } from '../total-tree.ts';
import { VPROF } from './format.ts';
import { type Part, toLine } from './part.ts';

/** Reads the flame graph. */
export function readFlameGraph(part: JsonObject, book: FrameBook, name: string): Part {
  const root = getField(part, 'callStats');
  const roots = isObject(root) && Object.hasOwn(root, 'stack') ? [root] : [];
  const stacks = new StackProfile(book, { name, metrics: [{ name: 'samples', unit: 'count' }], sampled: true });
  addTotalTrees<JsonObject>(
    stacks,
    roots,
    (node) => {
      const children = getField(node, 'children');
      return {
        frame: findFrame(getField(node, 'stack'), book),
        totals: [asNumber(getField(node, 'sampleCount')) || 0],
        children: Array.isArray(children) ? children.filter(isObject) : [],
      };
    },
    VPROF.id,
  );
  return { isEmpty: roots.length === 0, build: () => stacks.build() };
}

function findFrame(stack: unknown, book: FrameBook): FrameIndex {
  if (Array.isArray(stack)) return book.frame(asText(stack[0]), asText(stack[1]), toLine(stack[2]));
  const { name, file, line } = parseFrame(asText(stack));
  return book.frame(name, file, line);
}
