/**
 * The matrices of one prepared graph, each solved when a node of its function is first opened, and shared by all trees.
 */
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { GraphNumbers } from '../graph/numbers.ts';
import { PlaceList } from '../place-list.ts';
import type { PreparedGraph } from '../prepare.ts';
import { type Context, solveContext } from './context.ts';
import { Gathered } from './gathered.ts';
import { Lexicon } from './lexicon.ts';
import { Cells } from './problem.ts';

/** Matrices by function, and the numbers that they are made of. */
export class ContextCache {
  readonly numbers: GraphNumbers;
  /** For opening one node after the other. */
  readonly gathered = new Gathered();
  readonly places = new PlaceList();
  readonly #lexicon: Lexicon;
  readonly #cells = new Cells();
  readonly #contexts = new Map<FrameIndex, Context>();

  constructor(profile: Profile, prepared: PreparedGraph) {
    this.numbers = new GraphNumbers(profile, prepared);
    this.#lexicon = new Lexicon(profile);
  }

  /** Matrices solved so far. */
  get size(): number {
    return this.#contexts.size;
  }

  /** The matrix of a function. Solves it the first time. */
  get(frame: FrameIndex): Context {
    let context = this.#contexts.get(frame);
    if (!context) {
      context = solveContext(this.numbers, this.#lexicon, frame, this.#cells);
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
