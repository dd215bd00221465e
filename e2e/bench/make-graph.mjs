/**
 * Makes call graphs of any size, the same ones every time.
 *
 * Functions sit in some forty layers, and each calls functions of the next one, so the graph has no cycle. Calls flow down from one
 * root; every function's time is split among its callers by their calls, in whole microseconds, so that sums are exact:
 *
 *   total(f) = self(f) + sum over callees of the edge's total = sum over callers of the edge's total
 *
 * The root's total is the sum of all self times.
 */

const PACKAGES = ['app', 'core', 'db', 'http', 'json', 'orm', 'render', 'tasks', 'mail', 'vendor/site-packages/lib'];
const DEPTH = 40;
const EDGES_PER_FUNCTION = 4;
/** Calls multiply on the way down; more than this would leave the exact numbers. */
const MAX_CALLS = 1e9;
const MICROSECONDS = 1e6;

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

/**
 * @param {number} index
 * @param {number} files
 */
function makeKey(index, files) {
  if (index === 0) return { file: '~', line: 0, name: '<built-in method builtins.exec>' };
  const kind = index % 23;
  if (kind === 22) return { file: '~', line: 0, name: `<method 'm${index}' of 'builtin' objects>` };
  if (kind === 21) return { file: '~', line: 0, name: `<built-in method mod.f${index}>` };
  const file = index % files;
  const name = kind === 20 ? '<lambda>' : kind === 19 ? '<listcomp>' : `func_${index}`;
  return {
    file: `/srv/app/${PACKAGES[file % PACKAGES.length]}/mod_${file}.py`,
    line: 1 + Math.floor(index / files) * 3,
    name,
  };
}

/**
 * A graph of `count` functions, the root first.
 *
 * @param {number} count
 * @param {number} [seed]
 * @returns {import('./write-pstats.mjs').FunctionStats[]}
 */
export function makeGraph(count, seed = 1) {
  const random = makeRandom(seed);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  const layers = makeLayers(count);

  const self = Array.from({ length: count }, () => (random() > 0.05 ? 1 + below(1999) : 0));
  const callees = connect(count, layers, below);

  // Calls flow down.
  const calls = new Array(count).fill(0);
  calls[0] = 1;
  /** @type {{ caller: number, calls: number }[][]} */
  const incoming = Array.from({ length: count }, () => []);
  for (const caller of layers.flat()) {
    for (const callee of callees[caller] ?? []) {
      const times = Math.min(MAX_CALLS, calls[caller] * (1 + below(2)));
      calls[callee] += times;
      incoming[callee]?.push({ caller, calls: times });
    }
  }

  // Times flow up, from the last layer on; the last caller takes what rounding left.
  const total = self.slice();
  /** @type {{ caller: number, calls: number, self: number, total: number }[][]} */
  const edges = Array.from({ length: count }, () => []);
  for (const index of layers.flat().reverse()) {
    const into = incoming[index] ?? [];
    let selfLeft = self[index] ?? 0;
    let totalLeft = total[index] ?? 0;
    for (const [at, { caller, calls: times }] of into.entries()) {
      const isLast = at === into.length - 1;
      const share = times / calls[index];
      const edgeSelf = isLast ? selfLeft : Math.floor((self[index] ?? 0) * share);
      const edgeTotal = isLast ? totalLeft : Math.max(edgeSelf, Math.floor((total[index] ?? 0) * share));
      selfLeft -= edgeSelf;
      totalLeft -= edgeTotal;
      total[caller] = (total[caller] ?? 0) + edgeTotal;
      edges[index]?.push({ caller, calls: times, self: edgeSelf, total: edgeTotal });
    }
  }

  const files = Math.max(1, Math.floor(count / 25));
  return Array.from({ length: count }, (_, index) => ({
    ...makeKey(index, files),
    primitiveCalls: calls[index],
    calls: calls[index],
    self: (self[index] ?? 0) / MICROSECONDS,
    total: (total[index] ?? 0) / MICROSECONDS,
    callers: (edges[index] ?? []).map((edge) => ({
      caller: edge.caller,
      calls: edge.calls,
      primitiveCalls: edge.calls,
      self: edge.self / MICROSECONDS,
      total: edge.total / MICROSECONDS,
    })),
  }));
}

/**
 * Functions by layer: each layer is EDGES_PER_FUNCTION times as wide as the one before, up to an even share of them all.
 *
 * @param {number} count
 */
function makeLayers(count) {
  const widest = Math.max(1, Math.ceil(count / DEPTH));
  /** @type {number[][]} */
  const layers = [];
  for (let next = 0; next < count; ) {
    const width = Math.min(EDGES_PER_FUNCTION ** layers.length, widest, count - next);
    const first = next;
    layers.push(Array.from({ length: width }, (_, index) => first + index));
    next += width;
  }
  return layers;
}

/**
 * Callees of each function: everybody has at least one caller, and about EDGES_PER_FUNCTION callees.
 *
 * @param {number} count
 * @param {readonly number[][]} layers
 * @param {(limit: number) => number} below
 */
function connect(count, layers, below) {
  /** @type {number[][]} */
  const callees = Array.from({ length: count }, () => []);
  for (const [at, current] of layers.entries()) {
    const next = layers[at + 1];
    if (!next || next.length === 0) break;
    for (const [index, callee] of next.entries()) callees[current[index % current.length] ?? 0]?.push(callee);
    for (const caller of current) {
      const chosen = new Set(callees[caller]);
      for (let free = EDGES_PER_FUNCTION - chosen.size; free > 0; free--) chosen.add(next[below(next.length)] ?? 0);
      callees[caller] = [...chosen];
    }
  }
  return callees;
}
