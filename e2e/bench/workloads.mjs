/**
 * Files to measure with: made once by make-graph.mjs, kept below node_modules/.cache, and real ones of the repository.
 *
 * The name of a made file holds a digest of what made it, so that a changed generator never meets old files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeChain, makeCycle, makeDense, makeGraph, makeManyCallees, makeManyCallers } from './make-graph.mjs';
import { writeCollapsed, writeSpeedscope } from './make-stacks.mjs';
import { writePstats } from './write-pstats.mjs';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..');

/** Where the bench keeps what it made. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'tsviz-bench');

/**
 * A file to measure with.
 *
 * @typedef {object} Workload
 * @property {string} title
 * @property {string} file path
 * @property {number} functions
 * @property {number} bytes
 */

const maker = createHash('sha256');
for (const source of ['make-graph.mjs', 'write-pstats.mjs']) maker.update(readFileSync(join(HERE, source)));
const MADE_BY = maker.digest('hex').slice(0, 8);

/**
 * @param {string} name
 * @param {string} title
 * @param {number} functions
 * @param {() => import('./write-pstats.mjs').Functions} make
 * @returns {Workload}
 */
function keep(name, title, functions, make) {
  const file = join(CACHE, `${name}-${MADE_BY}.prof`);
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(file, writePstats(make()));
  }
  return { title, file, functions, bytes: readFileSync(file).length };
}

/** @param {number} count */
const say = (count) =>
  count >= 1e6 ? `${count / 1e6}M` : count >= 1e4 ? `${count / 1e3}k` : count.toLocaleString('en');

/**
 * A plain call graph.
 *
 * @param {number} functions
 */
export const getPlain = (functions) =>
  keep(`plain-${functions}`, say(functions), functions, () => makeGraph(functions));

/** Edges that a function of a plain graph has, on average. */
const EDGES_PER_FUNCTION = 2.7;

/**
 * A plain call graph with about as many edges.
 *
 * @param {number} edges
 */
export const getPlainOfEdges = (edges) => getPlain(Math.round(edges / EDGES_PER_FUNCTION / 100) * 100);

/**
 * Layers of functions that each call all of the next layer.
 *
 * @param {number} layers
 * @param {number} width
 */
export const getDense = (layers, width) =>
  keep(`dense-${layers}-${width}`, `dense, ${layers} × ${width}`, layers * width + 1, () => makeDense(layers, width));

/**
 * A chain of calls.
 *
 * @param {number} functions
 */
export const getChain = (functions) =>
  keep(`chain-${functions}`, `chain of ${say(functions)}`, functions, () => makeChain(functions));

/**
 * A ring of functions.
 *
 * @param {number} functions
 * @param {number} rounds
 */
export const getCycle = (functions, rounds) =>
  keep(`cycle-${functions}-${rounds}`, `cycle of ${say(functions)}`, functions + 1, () => makeCycle(functions, rounds));

/**
 * One function with many callees.
 *
 * @param {number} functions
 */
export const getManyCallees = (functions) =>
  keep(`callees-${functions}`, `${say(functions)} callees`, functions + 1, () => makeManyCallees(functions));

/**
 * One function with many callers.
 *
 * @param {number} functions
 */
export const getManyCallers = (functions) =>
  keep(`callers-${functions}`, `${say(functions)} callers`, functions, () => makeManyCallers(functions));

const STACKS_BY = createHash('sha256')
  .update(readFileSync(join(HERE, 'make-stacks.mjs')))
  .digest('hex')
  .slice(0, 8);

/**
 * Samples in order of time, as text.
 *
 * @param {'speedscope' | 'collapsed'} format
 * @param {number} samples
 * @returns {Workload}
 */
export function getStacks(format, samples) {
  const ending = format === 'speedscope' ? 'speedscope.json' : 'txt';
  const file = join(CACHE, `stacks-${samples}-${STACKS_BY}.${ending}`);
  const stacks = { samples, functions: 5000, depth: 60 };
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    if (format === 'speedscope') writeSpeedscope(file, stacks);
    else writeCollapsed(file, stacks);
  }
  return { title: `${format}, ${say(samples)} samples`, file, functions: stacks.functions, bytes: statSync(file).size };
}

/**
 * A real file, by its path.
 *
 * @param {string} file
 * @returns {Workload}
 */
export function getFile(file) {
  const bytes = readFileSync(file).length;
  return { title: file.split(/[/\\]/).at(-1) ?? file, file, functions: Number.NaN, bytes };
}

/** Real files that come with the repository. */
export const getSamples = () =>
  ['public/samples/lib2to3.prof', 'public/samples/notes.prof', 'public/samples/pydoc.prof'].map((file) =>
    getFile(join(ROOT, file)),
  );
