/**
 * Makes call graphs of any size and some odd shapes, the same ones every time.
 *
 * Functions stand in an order in which callers come before callees. Calls are those of the edges; each function's time is
 * split among its callers by their calls, in whole nanoseconds, so that sums are exact:
 *
 *   total(f) = self(f) + sum over callees of the edge's total = sum over callers of the edge's total
 *
 * A million functions are held in columns; a function is made when it is asked for.
 */

/** @typedef {import('./write-pstats.mjs').FunctionStats} FunctionStats */
/** @typedef {import('./write-pstats.mjs').Functions} Functions */

const PACKAGES = ['app', 'core', 'db', 'http', 'json', 'orm', 'render', 'tasks', 'mail', 'vendor/site-packages/lib'];
const FUNCTIONS_PER_FILE = 25;
const NANOSECONDS = 1e9;
const MILLISECOND = 1e6;
/** Chance of a second caller, halved for each further one. */
const MORE_CALLERS = 0.6;
/** A function calls built-in ones that often. */
const CALLS_BUILT_IN = 0.6;
const MOST_BUILT_IN = 400;

/**
 * Numbers in 0..1, the same sequence for the same seed (mulberry32).
 *
 * @param {number} seed
 */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Edges as they are found; each pair of functions once. */
class Edges {
  /** @type {number[]} */
  callers = [];
  /** @type {number[]} */
  callees = [];
  /** @type {number[]} */
  calls = [];

  /** @param {number} caller @param {number} callee @param {number} calls */
  add(caller, callee, calls = 1) {
    this.callers.push(caller);
    this.callees.push(callee);
    this.calls.push(calls);
  }
}

/**
 * Names of plain functions: most in modules of packages, some lambdas and comprehensions, the last ones built in.
 *
 * @param {number} count
 * @param {number} builtIn
 */
function nameFunctions(count, builtIn) {
  const files = Math.max(1, Math.floor(count / FUNCTIONS_PER_FILE));
  return (/** @type {number} */ index) => {
    if (index === 0) return { file: '~', line: 0, name: '<built-in method builtins.exec>' };
    if (index >= count - builtIn) return { file: '~', line: 0, name: `<built-in method mod.f${index}>` };
    const file = index % files;
    const kind = index % 23;
    const name = kind === 20 ? '<lambda>' : kind === 19 ? '<listcomp>' : `func_${index}`;
    return {
      file: `/srv/app/${PACKAGES[file % PACKAGES.length]}/mod_${file}.py`,
      line: 1 + Math.floor(index / files) * 3,
      name,
    };
  };
}

/**
 * The functions of a graph whose edges lead from lower to higher numbers.
 *
 * @param {Edges} edges
 * @param {Float64Array} self nanoseconds
 * @param {(index: number) => { file: string, line: number, name: string }} getKey
 * @param {(() => number) | null} [random] puts the functions into another order, as a hash table does
 * @returns {Functions}
 */
function flow(edges, self, getKey, random = null) {
  const count = self.length;
  const first = new Int32Array(count + 1);
  for (const callee of edges.callees) first[callee + 1] = (first[callee + 1] ?? 0) + 1;
  for (let index = 0; index < count; index++) first[index + 1] = (first[index + 1] ?? 0) + (first[index] ?? 0);
  const caller = new Int32Array(edges.callers.length);
  const edgeCalls = new Float64Array(caller.length);
  const next = first.slice();
  for (const [edge, callee] of edges.callees.entries()) {
    const at = next[callee] ?? 0;
    next[callee] = at + 1;
    caller[at] = edges.callers[edge] ?? 0;
    edgeCalls[at] = edges.calls[edge] ?? 0;
  }

  const calls = new Float64Array(count).fill(1);
  const total = self.slice();
  const edgeSelf = new Float64Array(caller.length);
  const edgeTotal = new Float64Array(caller.length);
  for (let index = count - 1; index > 0; index--) {
    const [from, to] = [first[index] ?? 0, first[index + 1] ?? 0];
    const all = edgeCalls.subarray(from, to).reduce((sum, some) => sum + some, 0);
    calls[index] = all;
    let selfLeft = self[index] ?? 0;
    let totalLeft = total[index] ?? 0;
    for (let edge = from; edge < to; edge++) {
      // The last caller takes what rounding left.
      const share = edge === to - 1 ? 1 : (edgeCalls[edge] ?? 0) / all;
      const ofSelf = share === 1 ? selfLeft : Math.floor((self[index] ?? 0) * share);
      const ofTotal = share === 1 ? totalLeft : Math.max(ofSelf, Math.floor((total[index] ?? 0) * share));
      edgeSelf[edge] = ofSelf;
      edgeTotal[edge] = ofTotal;
      selfLeft -= ofSelf;
      totalLeft -= ofTotal;
      total[caller[edge] ?? 0] = (total[caller[edge] ?? 0] ?? 0) + ofTotal;
    }
  }

  const order = Int32Array.from({ length: count }, (_, index) => index);
  if (random !== null) shuffle(order, random);
  const place = new Int32Array(count);
  for (const [at, index] of order.entries()) place[index] = at;
  const seconds = (/** @type {number | undefined} */ nanoseconds = 0) => nanoseconds / NANOSECONDS;
  return {
    length: count,
    at(position) {
      const index = order[position] ?? 0;
      const callers = [];
      for (let edge = first[index] ?? 0; edge < (first[index + 1] ?? 0); edge++) {
        callers.push({
          caller: place[caller[edge] ?? 0] ?? 0,
          calls: edgeCalls[edge] ?? 0,
          primitiveCalls: edgeCalls[edge] ?? 0,
          self: seconds(edgeSelf[edge]),
          total: seconds(edgeTotal[edge]),
        });
      }
      const times = { self: seconds(self[index]), total: seconds(total[index]) };
      return { ...getKey(index), calls: calls[index] ?? 0, primitiveCalls: calls[index] ?? 0, ...times, callers };
    },
  };
}

/** @param {Int32Array} list @param {() => number} random */
function shuffle(list, random) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = list[at] ?? 0;
    list[at] = list[other] ?? 0;
    list[other] = kept;
  }
}

/**
 * A plain graph, shaped as programs are: 2.7 callers a function, stacks of some 3 × ln(count) functions, a few built-in
 * functions that many call, times from nanoseconds to seconds.
 *
 * @param {number} count functions
 * @param {number} [seed]
 * @returns {Functions}
 */
export function makeGraph(count, seed = 1) {
  const random = makeRandom(seed);
  const few = (/** @type {number} */ mean) => 1 + Math.floor(-mean * Math.log(1 - random()));
  const builtIn = Math.min(MOST_BUILT_IN, Math.floor(count / 50));
  const named = count - builtIn;
  const edges = new Edges();
  for (let callee = 1; callee < named; callee++) {
    const callers = new Set([Math.floor(callee * (0.5 + 0.5 * random()))]);
    for (let chance = MORE_CALLERS; random() < chance; chance /= 2) callers.add(Math.floor(callee * random()));
    for (const caller of callers) edges.add(caller, callee, few(3));
  }
  // Every built-in function is called by somebody, and a few of them by nearly everybody.
  for (let callee = named; callee < count; callee++) edges.add(0, callee);
  for (let caller = 1; caller < named; caller++) {
    const callees = new Set();
    for (let chance = CALLS_BUILT_IN; builtIn > 0 && random() < chance; chance *= 0.7) {
      callees.add(named + Math.floor(builtIn * random() ** 4));
    }
    for (const callee of callees) edges.add(caller, callee, few(8));
  }
  const self = Float64Array.from({ length: count }, () => {
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.ceil(1000 * Math.exp(3 + 2 * gauss));
  });
  return flow(edges, self, nameFunctions(count, builtIn), random);
}

/**
 * A root over layers in which every function calls every one of the next layer.
 *
 * @param {number} layers
 * @param {number} width
 */
export function makeDense(layers, width) {
  const edges = new Edges();
  for (let callee = 1; callee <= width; callee++) edges.add(0, callee);
  for (let callee = width + 1; callee <= layers * width; callee++) {
    const before = callee - 1 - ((callee - 1) % width) - width;
    for (let caller = before + 1; caller <= before + width; caller++) edges.add(caller, callee);
  }
  const self = Float64Array.from({ length: layers * width + 1 }, (_, index) => MILLISECOND * (1 + (index % 7)));
  return flow(edges, self, nameFunctions(self.length, 0));
}

/**
 * Functions that each call the next one.
 *
 * @param {number} count
 */
export function makeChain(count) {
  const edges = new Edges();
  for (let callee = 1; callee < count; callee++) edges.add(callee - 1, callee);
  return flow(edges, new Float64Array(count).fill(MILLISECOND), nameFunctions(count, 0));
}

/**
 * A root that calls `count` functions.
 *
 * @param {number} count
 */
export function makeManyCallees(count) {
  const edges = new Edges();
  for (let callee = 1; callee <= count; callee++) edges.add(0, callee);
  const self = Float64Array.from({ length: count + 1 }, (_, index) => 1000 * (1 + (index % 997)));
  return flow(edges, self, nameFunctions(count + 1, 0));
}

/**
 * A function that `count` functions call; a few hundred others call those.
 *
 * @param {number} count
 */
export function makeManyCallers(count) {
  const edges = new Edges();
  const above = Math.ceil(Math.sqrt(count));
  for (let callee = 1; callee <= above; callee++) edges.add(0, callee);
  for (let callee = 0; callee < count; callee++) edges.add(1 + (callee % above), 1 + above + callee);
  for (let caller = 0; caller < count; caller++) edges.add(1 + above + caller, 1 + above + count);
  const self = Float64Array.from({ length: above + count + 2 }, (_, index) => 1000 * (1 + (index % 997)));
  self[above + count + 1] = count * 10_000;
  return flow(edges, self, nameFunctions(self.length, 0));
}

/**
 * A root that enters a ring of `count` functions, which go round `rounds` times, as cProfile tells it: times of the
 * outermost calls only.
 *
 * @param {number} count
 * @param {number} rounds
 * @returns {FunctionStats[]}
 */
export function makeCycle(count, rounds) {
  const getKey = nameFunctions(count + 1, 0);
  const step = 1e-5;
  const whole = count * rounds;
  const root = { ...getKey(0), calls: 1, primitiveCalls: 1, self: step, total: (whole + 1) * step, callers: [] };
  const ring = Array.from({ length: count }, (_, index) => {
    const total = (whole - index) * step;
    const callers =
      index > 0
        ? [{ caller: index, calls: rounds, primitiveCalls: 1, self: rounds * step, total }]
        : [
            { caller: 0, calls: 1, primitiveCalls: 1, self: step, total },
            {
              caller: count,
              calls: rounds - 1,
              primitiveCalls: 1,
              self: (rounds - 1) * step,
              total: (whole - count) * step,
            },
          ];
    return { ...getKey(index + 1), calls: rounds, primitiveCalls: 1, self: rounds * step, total, callers };
  });
  return [root, ...ring];
}
