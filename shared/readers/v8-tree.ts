/**
 * Trees of call frames as V8 writes them, in .cpuprofile, .heapprofile and traces of Chrome: nodes with ids, linked by
 * lists of children, by parents, or by nesting (old versions).
 *
 * Lines and columns count from 0 in the file; -1 or nothing: not known.
 */
import type { FrameBook } from '../model/frame-book.ts';
import type { ContextIndex } from '../model/profile.ts';
import type { StackProfile } from '../model/stack-profile.ts';
import { PlaceNames } from './column-names.ts';
import { refuseTooManyContexts } from './context-limit.ts';
import { asText, describeValue, getField, isObject, type JsonFaults, type JsonObject } from './json-values.ts';

/** Nodes in the order of the file. */
export class V8Tree {
  /** Nodes that several others call their child: the last one counts, as in Chrome. */
  shared = 0;
  readonly nodes: JsonObject[] = [];
  readonly #faults: JsonFaults;
  readonly #parent: number[] = [];
  readonly #ids = new Map<string, number>();

  constructor(faults: JsonFaults) {
    this.#faults = faults;
  }

  /** Adds a list of nodes, which may be a part of all of them: children or parents by id. */
  addNodes(list: readonly unknown[], place: string): void {
    const first = this.nodes.length;
    list.forEach((each, at) => {
      const node = this.#faults.object(each, `${place}[${at}]`);
      this.#ids.set(idOf(getField(node, 'id')), this.nodes.length);
      this.nodes.push(node);
      this.#parent.push(-1);
    });
    const hasParent = new Uint8Array(this.nodes.length);
    for (let at = first; at < this.nodes.length; at++) {
      const node = this.nodes[at]!;
      const above = getField(node, 'parent');
      if (above !== undefined && above !== null) {
        this.#parent[at] = this.#find(above, `${place}[${at - first}].parent`);
      }
      const children = getField(node, 'children');
      if (!Array.isArray(children)) continue;
      for (const id of children) {
        const child = this.#find(id, `${place}[${at - first}].children`);
        if (hasParent[child] === 1) this.shared++;
        hasParent[child] = 1;
        this.#parent[child] = at;
      }
    }
  }

  /** Adds a node with its children inside it, and theirs. */
  addNested(head: JsonObject): void {
    const waiting: { readonly node: JsonObject; readonly parent: number }[] = [{ node: head, parent: -1 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const at = this.nodes.length;
      const id = getField(next.node, 'id');
      if (id !== undefined) this.#ids.set(idOf(id), at);
      this.nodes.push(next.node);
      this.#parent.push(next.parent);
      const children = getField(next.node, 'children');
      if (!Array.isArray(children)) continue;
      for (let child = children.length - 1; child >= 0; child--) {
        const node: unknown = children[child];
        if (isObject(node)) waiting.push({ node, parent: at });
      }
    }
  }

  /** Number of the node with this id. */
  indexOf(id: unknown): number {
    return this.#ids.get(idOf(id)) ?? -1;
  }

  /**
   * Names all frames, before the first stack of any profile of the book is built. The function that is returned puts
   * the tree into a profile: the context of every node.
   */
  nameFrames(book: FrameBook): (stacks: StackProfile) => Int32Array {
    const names = new PlaceNames(book, this.nodes.length);
    for (const node of this.nodes) {
      const inner = getField(node, 'callFrame');
      const frame = isObject(inner) ? inner : node;
      const name = asText(getField(frame, 'functionName'));
      const line = place(getField(frame, 'lineNumber'));
      const url = asText(getField(frame, 'url'));
      names.add(name === '' ? '(anonymous)' : name, url, line, place(getField(frame, 'columnNumber')));
    }
    const frames = names.frames();
    return (stacks) => this.#place(stacks, frames);
  }

  #place(stacks: StackProfile, frames: Int32Array): Int32Array {
    const { contexts } = stacks;
    const { length } = this.nodes;
    const parent = Int32Array.from(this.#parent);
    const placed = new Int32Array(length).fill(-1);
    const state = new Uint8Array(length);
    const path: number[] = [];
    for (let node = 0; node < length; node++) {
      // Up to a node that has its place, and down again.
      for (let at = node; at >= 0 && state[at] !== 2; at = parent[at]!) {
        if (state[at] === 1) throw this.#faults.at('nodes', `node ${this.#idOf(at)} is its own caller`);
        state[at] = 1;
        path.push(at);
      }
      for (let at = path.pop(); at !== undefined; at = path.pop()) {
        const above: ContextIndex = parent[at]! < 0 ? -1 : placed[parent[at]!]!;
        placed[at] = contexts.child(above, frames[at]!);
        state[at] = 2;
      }
    }
    refuseTooManyContexts(contexts.length, 'V8 profile');
    return placed;
  }

  #idOf(node: number): string {
    return describeValue(getField(this.nodes[node]!, 'id'));
  }

  #find(id: unknown, where: string): number {
    const node = this.#ids.get(idOf(id));
    if (node === undefined) throw this.#faults.at(where, `node ${describeValue(id)} is not in the file`);
    return node;
  }
}

/** Ids are numbers, as text in some writers. */
function idOf(id: unknown): string {
  return typeof id === 'number' ? String(id) : typeof id === 'string' ? id : '';
}

/** A place that counts from 0 as one that counts from 1; 0: not known. */
function place(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31 - 1 ? value + 1 : 0;
}
