/**
 * The Mann–Whitney U test: could two samples come from one distribution? It looks at the order of the values only, so
 * that it needs no bell curve: times of a busy machine have a long tail to the right and make one of nothing.
 *
 * Source: H. B. Mann, D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
 * other", Ann. Math. Statist. 18 (1947), 50–60.
 */

/** Values in both samples up to which all orders are counted; beyond it the bell curve of the ranks is good to 0.001. */
const MOST_COUNTED = 40;

/**
 * Two-sided probability that samples of one distribution lie as far apart as these or farther; NaN where one is empty.
 *
 * Up to 40 values in both: exact, with ties, by counting every way to deal the ranks out. Above: by the normal
 * distribution, with corrections for ties and continuity.
 */
export function computeRankTest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || b.length === 0) return Number.NaN;
  const { doubled, tieTerm } = rankAll(a, b);
  return a.length + b.length <= MOST_COUNTED
    ? countOrders(doubled, a.length)
    : approximate(doubled, a.length, b.length, tieTerm);
}

/** The smallest probability that samples of these sizes can have: apart in every order, `2 / C(a + b, a)`. */
export function getLeastProbability(a: number, b: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(a, b); i++) ways = (ways * (a + b - i + 1)) / i;
  return Math.min(1, 2 / ways);
}

interface Ranks {
  /** Twice the rank of each value of both samples, ties sharing their mean: so all are whole numbers. */
  readonly doubled: Int32Array;
  /** Σ (t³ − t) over groups of t equal values. */
  readonly tieTerm: number;
}

function rankAll(a: ArrayLike<number>, b: ArrayLike<number>): Ranks {
  const length = a.length + b.length;
  const getValue = (i: number): number => (i < a.length ? a[i]! : b[i - a.length]!);
  const order = Uint32Array.from({ length }, (_, i) => i).sort((i, j) => getValue(i) - getValue(j));
  const doubled = new Int32Array(length);
  let tieTerm = 0;
  for (let from = 0; from < length; ) {
    let to = from + 1;
    while (to < length && getValue(order[to]!) === getValue(order[from]!)) to++;
    // Ranks from + 1 .. to: twice their mean.
    for (let i = from; i < to; i++) doubled[order[i]!] = from + 1 + to;
    tieTerm += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { doubled, tieTerm };
}

/** Of all ways to choose `size` of the ranks, the share whose sum is as far from the middle as that of the first `size`. */
function countOrders(doubled: Int32Array, size: number): number {
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const found = doubled.subarray(0, size).reduce((sum, rank) => sum + rank, 0);
  // ways[k][s]: choices of k ranks with the sum s.
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  ways[0]![0] = 1;
  for (const rank of doubled) {
    for (let k = size; k >= 1; k--) {
      const [into, from] = [ways[k]!, ways[k - 1]!];
      for (let s = total; s >= rank; s--) into[s]! += from[s - rank]!;
    }
  }
  // Sums and their middle, times the number of values: whole numbers again.
  const distance = (sum: number): number => Math.abs(sum * doubled.length - total * size);
  let all = 0;
  let far = 0;
  ways[size]!.forEach((count, sum) => {
    all += count;
    if (distance(sum) >= distance(found)) far += count;
  });
  return far / all;
}

function approximate(doubled: Int32Array, a: number, b: number, tieTerm: number): number {
  const n = a + b;
  const u = doubled.subarray(0, a).reduce((sum, rank) => sum + rank, 0) / 2 - (a * (a + 1)) / 2;
  const variance = ((a * b) / 12) * (n + 1 - tieTerm / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  const z = Math.max(0, Math.abs(u - (a * b) / 2) - 0.5) / Math.sqrt(variance);
  return computeTails(z);
}

/**
 * Share of a normal distribution farther than `z` deviations from its middle, on both sides: erfc(z / √2), good to
 * 1.2e-7. Source: W. H. Press et al., Numerical Recipes, 2nd ed., §6.2 (`erfcc`).
 */
function computeTails(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const terms = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ];
  return t * Math.exp(-x * x + terms.reduce((sum, term) => sum * t + term, 0));
}
