/**
 * The matrices of one prepared graph, each solved when a node of its function is first opened, and shared by all trees.
 */
import type { FrameIndex, Profile } from '../../model/profile.ts';
import type { PreparedGraph } from '../prepare.ts';
import { type Context, solveContext } from './context.ts';

/** Matrices by function, and where in its function's matrix each state is. */
export class ContextCache {
  /** Row position of each state in the matrix of its callee; valid once that matrix is solved. */
  readonly rowOf: Int32Array;
  /** Column position of each state in the matrix of its caller; valid once that matrix is solved. */
  readonly columnOf: Int32Array;
  readonly #profile: Profile;
  readonly #prepared: PreparedGraph;
  readonly #contexts = new Map<FrameIndex, Context>();

  constructor(profile: Profile, prepared: PreparedGraph) {
    this.#profile = profile;
    this.#prepared = prepared;
    this.rowOf = new Int32Array(prepared.states.length);
    this.columnOf = new Int32Array(prepared.states.length);
  }

  /** Matrices solved so far. */
  get size(): number {
    return this.#contexts.size;
  }

  /** The matrix of a function. Solves it the first time. */
  get(frame: FrameIndex): Context {
    let context = this.#contexts.get(frame);
    if (!context) {
      context = solveContext(this.#profile, this.#prepared, frame);
      context.rows.forEach((state, position) => {
        this.rowOf[state] = position;
      });
      context.columns.forEach((state, position) => {
        this.columnOf[state] = position;
      });
      this.#contexts.set(frame, context);
    }
    return context;
  }
}

const caches = new WeakMap<PreparedGraph, ContextCache>();

/** The matrices of a prepared graph; the same ones for every tree of it. */
export function getContextCache(profile: Profile, prepared: PreparedGraph): ContextCache {
  let cache = caches.get(prepared);
  if (!cache) {
    cache = new ContextCache(profile, prepared);
    caches.set(prepared, cache);
  }
  return cache;
}
