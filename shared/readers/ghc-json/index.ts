/**
 * Profiles of Haskell programs that GHC compiled, as `+RTS -pj` writes them: a tree of cost centres, each with what is its
 * own, below the stack that entered it.
 *
 *   { program, end_time, total_time, total_ticks, tick_interval: µs, total_alloc: bytes,
 *     cost_centres: [{ id, label, module, src_loc, is_caf }],
 *     profile: { id, entries, alloc: bytes, ticks, children: [...] } }
 *
 * Recursion is folded by GHC: a cost centre is on a stack once. Source: GHC's rts/ProfilerReportJson.c
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { PlaceNames } from '../column-names.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { asText, describeValue, getField, isObject, JsonFaults, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { GHC_JSON } from './format.ts';

const METRICS: readonly Metric[] = [
  { name: 'time', unit: 'microseconds' },
  { name: 'memory', unit: 'bytes' },
];
/** `src/Main.hs:17:1-4`, `src/Main.hs:22:9`, `src/Main.hs:(21,1)-(38,42)`; `<built-in>` is no place. */
const PLACE = /^([^<].*):(?:(\d{1,9}):(\d{1,9})(?:-\d{1,9})?|\((\d{1,9}),(\d{1,9})\)-\(\d{1,9},\d{1,9}\))$/s;
const MAX_PLACE = 200;

const faults = new JsonFaults('ghc-json', 'Make it again: app +RTS -pj');

/** Reads JSON of GHC's profiler. */
export const ghcJsonReader: Reader = {
  ...GHC_JSON,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const report = faults.object(source.json('ghc-json'), 'file');
    onStage('build');
    const interval = faults.number(getField(report, 'tick_interval'), 'tick_interval');
    if (interval < 0) throw faults.at('tick_interval', `expected microseconds from 0 on, found ${interval}`);
    const book = new FrameBook();
    const centres = readCentres(faults.array(getField(report, 'cost_centres'), 'cost_centres'), book);
    const stacks = new StackProfile(book, { metrics: METRICS, sampled: false });
    addTree(stacks, faults.object(getField(report, 'profile'), 'profile'), centres, interval);
    const about: [string, string][] = [];
    for (const key of ['program', 'end_time', 'total_ticks', 'tick_interval', 'total_alloc', 'initial_capabilities']) {
      const value = asText(getField(report, key));
      if (value !== '') about.push([key.replaceAll('_', ' '), value]);
    }
    return { format: GHC_JSON.id, writer: 'GHC', profiles: [stacks.build()], warnings: [], about };
  },
};

function readCentres(list: readonly unknown[], book: FrameBook): Map<unknown, FrameIndex> {
  const names = new PlaceNames(book, list.length);
  const ids = list.map((value, at) => {
    const centre = faults.object(value, `cost_centres[${at}]`);
    const label = asText(getField(centre, 'label'));
    const module = asText(getField(centre, 'module'));
    const [, file = '', line, column, firstLine, firstColumn] = PLACE.exec(asText(getField(centre, 'src_loc'))) ?? [];
    const name = module === '' ? label : `${module}.${label}`;
    names.add(name, file, Number(line ?? firstLine ?? 0), Number(column ?? firstColumn ?? 0));
    return faults.number(getField(centre, 'id'), `cost_centres[${at}].id`);
  });
  const frames = names.frames();
  return new Map(ids.map((id, at) => [id, frames[at]!]));
}

/** A node that waits for its turn; the ones above are kept for its place in messages. */
interface Waiting {
  readonly node: unknown;
  readonly at: number;
  readonly above: Waiting | null;
  readonly context: ContextIndex;
}

function addTree(
  stacks: StackProfile,
  root: JsonObject,
  centres: ReadonlyMap<unknown, FrameIndex>,
  interval: number,
): void {
  const { contexts } = stacks;
  const open: Waiting[] = [{ node: root, at: 0, above: null, context: -1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, context: above } = next;
    const tree = isObject(node) ? node : faults.object(node, placeOf(next, ''));
    const id = getField(tree, 'id');
    const frame = centres.get(id);
    if (frame === undefined)
      throw faults.at(placeOf(next, '.id'), `cost centre ${describeValue(id)} is not in the file`);
    const entries = countOf(tree, 'entries', next);
    const alloc = countOf(tree, 'alloc', next);
    const ticks = countOf(tree, 'ticks', next);
    const list = getField(tree, 'children');
    const children = Array.isArray(list) ? list : faults.array(list, placeOf(next, '.children'));
    if (entries + alloc + ticks === 0 && children.length === 0 && above >= 0) continue;
    const context = contexts.child(above, frame);
    refuseTooManyContexts(contexts.length, GHC_JSON.id);
    contexts.addCalls(context, entries);
    contexts.addSelf(context, 0, ticks * interval);
    contexts.addSelf(context, 1, alloc);
    // Backwards: the first child is taken first.
    for (let at = children.length - 1; at >= 0; at--) open.push({ node: children[at], at, above: next, context });
  }
}

function countOf(tree: JsonObject, key: string, waiting: Waiting): number {
  const value = getField(tree, key);
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw faults.at(placeOf(waiting, `.${key}`), `expected a number from 0 on, found ${describeValue(value)}`);
}

/** `profile.children[2].children[0]`, of deep ones the end. */
function placeOf(waiting: Waiting, key: string): string {
  let place = key;
  let at = waiting;
  for (; at.above !== null && place.length < MAX_PLACE; at = at.above) place = `.children[${at.at}]${place}`;
  return at.above === null ? `profile${place}` : `…${place}`;
}
