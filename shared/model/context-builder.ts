/**
 * Grows a calling-context tree: contexts are found by parent and frame in a hash table of their own.
 */
import { sumUp } from './context-sums.ts';
import type { ContextIndex, ContextTable, FrameIndex } from './profile.ts';
import { refuseTooManyMetrics, refuseTooManyValues } from './profile-budget.ts';

/** Contexts to begin with: a file may have thousands of profiles of one stack. A power of two. */
const FIRST_ROOM = 16;

/** Columns of `#known`. The first is the child that was found last, -1 where there is none. */
const RECENT_FRAME = 1;
const FIRST = 2;
const FIRST_FRAME = 3;
const KNOWN = 4;

/** Contexts of one profile, one at a time. */
export class ContextBuilder {
  length = 0;
  readonly #metrics: number;
  #frame = new Int32Array(FIRST_ROOM);
  #parent = new Int32Array(FIRST_ROOM);
  #depth = new Int32Array(FIRST_ROOM);
  /** A context further up, so chosen by depth alone that any context above is reached in a few steps (skew binary). */
  #jump = new Int32Array(FIRST_ROOM);
  /**
   * By parent + 1, the children that are tried first, in one place since they are asked for together:
   * the one that was found last (samples repeat) and its frame; the one that was made first and its frame. Most contexts
   * have no other child, so only further ones are in the hash table.
   */
  #known = makeKnown(FIRST_ROOM);
  readonly #self: Float64Array[];
  #calls: Float64Array | null = null;
  #seen = new Uint8Array(FIRST_ROOM);
  /** Context + 1 by hash of parent and frame; 0 is empty. At most half full. */
  #slots = new Int32Array(FIRST_ROOM * 2);
  #hashed = 0;
  #stacks = 0;
  #samples = 0;

  constructor(metrics: number) {
    refuseTooManyMetrics(metrics);
    this.#metrics = metrics;
    this.#self = Array.from({ length: metrics }, () => new Float64Array(FIRST_ROOM));
  }

  /** The context of `frame` below `parent` (-1: a root), made when it is new. */
  child(parent: ContextIndex, frame: FrameIndex): ContextIndex {
    const known = this.#known;
    const place = (parent + 1) * KNOWN;
    const recent = known[place]!;
    if (recent < 0) {
      const context = this.#add(parent, frame);
      this.#known[place + FIRST] = context;
      this.#known[place + FIRST_FRAME] = frame;
      return context;
    }
    if (known[place + RECENT_FRAME] === frame) return recent;
    if (known[place + FIRST_FRAME] === frame) {
      const first = known[place + FIRST]!;
      known[place] = first;
      known[place + RECENT_FRAME] = frame;
      return first;
    }
    const mask = this.#slots.length - 1;
    let at = mix(Math.imul(parent + 1, 0x9e3779b1) ^ frame) & mask;
    for (let found = this.#slots[at]! - 1; found >= 0; found = this.#slots[at]! - 1) {
      if (this.#parent[found] === parent && this.#frame[found] === frame) {
        known[place] = found;
        known[place + RECENT_FRAME] = frame;
        return found;
      }
      at = (at + 1) & mask;
    }
    const context = this.#add(parent, frame);
    this.#hashed++;
    if (this.#hashed * 2 > this.#slots.length) this.#rehash();
    else this.#slots[at] = context + 1;
    return context;
  }

  /** Frames from the root to the context, itself included; 0 for -1. */
  depth(context: ContextIndex): number {
    return context < 0 ? 0 : this.#depth[context]!;
  }

  /** Frames from the root that two contexts have in common. Cost: the logarithm of their depths. */
  countShared(one: ContextIndex, other: ContextIndex): number {
    let [low, high] = this.depth(one) < this.depth(other) ? [other, one] : [one, other];
    const depth = this.depth(high);
    while (this.depth(low) > depth) {
      const jump = this.#jump[low]!;
      low = this.depth(jump) >= depth ? jump : this.#parent[low]!;
    }
    while (low !== high) {
      const up = this.#jump[low] === this.#jump[high] ? this.#parent : this.#jump;
      low = up[low]!;
      high = up[high]!;
    }
    return this.depth(low);
  }

  /** Adds to the self of a context. */
  addSelf(context: ContextIndex, metric: number, value: number): void {
    this.#self[metric]![context]! += value;
  }

  /** Counts a record of the file whose stack ends in the context. */
  addRecord(context: ContextIndex, records = 1): void {
    this.#samples += records;
    if (context < 0 || this.#seen[context] === 1) return;
    this.#seen[context] = 1;
    this.#stacks += 1;
  }

  /** Adds to how often the context was entered. */
  addCalls(context: ContextIndex, calls: number): void {
    this.#calls ??= new Float64Array(this.#frame.length);
    this.#calls[context]! += calls;
  }

  /** The table. The builder may not be used afterwards. */
  build(): ContextTable {
    const { length } = this;
    const cut = (column: Float64Array) => column.slice(0, length);
    const parent = this.#parent.slice(0, length);
    const self = this.#self.map(cut);
    const total = self.map((column) => sumUp(column, parent));
    const isCounted = this.#samples > 0 || length === 0;
    return {
      length,
      frame: this.#frame.slice(0, length),
      parent,
      self,
      total,
      ...(this.#calls === null ? {} : { calls: cut(this.#calls) }),
      stacks: isCounted ? this.#stacks : Number.NaN,
      samples: isCounted ? this.#samples : Number.NaN,
    };
  }

  #add(parent: ContextIndex, frame: FrameIndex): ContextIndex {
    const context = this.length++;
    if (context === this.#frame.length) this.#grow();
    this.#frame[context] = frame;
    this.#parent[context] = parent;
    this.#depth[context] = parent < 0 ? 1 : this.#depth[parent]! + 1;
    this.#jump[context] = this.#findJump(parent);
    const place = (parent + 1) * KNOWN;
    this.#known[place] = context;
    this.#known[place + RECENT_FRAME] = frame;
    return context;
  }

  #findJump(parent: ContextIndex): ContextIndex {
    if (parent < 0) return -1;
    const near = this.#jump[parent]!;
    const far = near < 0 ? -1 : this.#jump[near]!;
    const isEven = this.depth(parent) - this.depth(near) === this.depth(near) - this.depth(far);
    return isEven ? far : parent;
  }

  #grow(): void {
    const room = this.#frame.length * 2;
    refuseTooManyValues(room, this.#metrics);
    const ints = (column: Int32Array) => {
      const grown = new Int32Array(room);
      grown.set(column);
      return grown;
    };
    this.#frame = ints(this.#frame);
    this.#parent = ints(this.#parent);
    this.#depth = ints(this.#depth);
    this.#jump = ints(this.#jump);
    const known = makeKnown(room);
    known.set(this.#known);
    this.#known = known;
    for (let metric = 0; metric < this.#metrics; metric++) this.#self[metric] = floats(this.#self[metric]!, room);
    if (this.#calls !== null) this.#calls = floats(this.#calls, room);
    const seen = new Uint8Array(room);
    seen.set(this.#seen);
    this.#seen = seen;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let context = 0; context < this.length; context++) {
      if (this.#known[(this.#parent[context]! + 1) * KNOWN + FIRST] === context) continue;
      let at = mix(Math.imul(this.#parent[context]! + 1, 0x9e3779b1) ^ this.#frame[context]!) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = context + 1;
    }
    this.#slots = slots;
  }
}

function makeKnown(room: number): Int32Array {
  return new Int32Array((room + 1) * KNOWN).fill(-1);
}

function floats(column: Float64Array, room: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(room);
  grown.set(column);
  return grown;
}

/** Finalizer of MurmurHash3. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
