/**
 * Figures of a run and how they are told: medians, ratios within a run, lines of the table, its Markdown.
 *
 * Pure: no clock, no disk, so that it has tests (figures.test.ts).
 */

/**
 * One line of the table.
 *
 * @typedef {object} Line
 * @property {string} bar number in the table of bars, or a word
 * @property {string} what
 * @property {string} result a ratio with the medians it is made of
 * @property {string} reach
 * @property {boolean | null} met null: nothing to reach, or nothing to compare with
 */

/**
 * Middle value; of an even number of values the mean of the two in the middle. NaN of none.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * How many times `ours` is `theirs`: the median of the ratios within each run, so that a load that comes and goes
 * touches both. Where one of the two has fewer runs, the ratio of the medians.
 *
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 */
export function ratioOf(ours, theirs) {
  if (ours.length !== theirs.length) return median(ours) / median(theirs);
  return median(ours.map((value, run) => value / (theirs[run] ?? Number.NaN)));
}

/**
 * Milliseconds for people.
 *
 * @param {number} ms
 */
export function printMs(ms) {
  if (Number.isNaN(ms)) return '–';
  return ms >= 9995
    ? `${(ms / 1000).toFixed(1)} s`
    : ms >= 1000
      ? `${(ms / 1000).toFixed(2)} s`
      : `${printSmall(ms)} ms`;
}

/** @param {number} value */
const printSmall = (value) => value.toFixed(value < 10 ? 1 : 0);

/**
 * A ratio for people.
 *
 * @param {number} ratio
 */
export function printRatio(ratio) {
  return Number.isNaN(ratio) ? '–' : `${ratio >= 9.95 ? ratio.toFixed(0) : ratio.toFixed(2)}×`;
}

/**
 * Bytes for people, in MB of 10⁶.
 *
 * @param {number} bytes
 */
export function printMB(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 2 : 0)} MB`;
}

/**
 * A line that compares two lists of runs: `1.52× (212 / 140 ms)`, met when the ratio is at most `most`.
 *
 * @param {{ bar: string, what: string, reach: string, ours: readonly number[], theirs: readonly number[], most: number,
 *   print?: (value: number) => string }} given
 * @returns {Line}
 */
export function compare({ bar, what, reach, ours, theirs, most, print = printMs }) {
  const ratio = ratioOf(ours, theirs);
  const result = `${printRatio(ratio)} (${print(median(ours))} / ${print(median(theirs))})`;
  return { bar, what, result, reach, met: ratio <= most };
}

/**
 * A line of one list of runs, met when its median is at most `most`.
 *
 * @param {{ bar: string, what: string, reach: string, ours: readonly number[], most: number, note?: string,
 *   print?: (value: number) => string }} given
 * @returns {Line}
 */
export function hold({ bar, what, reach, ours, most, note = '', print = printMs }) {
  const middle = median(ours);
  const result = `${print(middle)}${note === '' ? '' : ` (${note})`}`;
  return { bar, what, result, reach, met: Number.isNaN(middle) ? null : middle <= most };
}

/** @param {Line} line */
const verdict = ({ met }) => (met === null ? '–' : met ? 'met' : '**missed**');

/**
 * The table as Markdown.
 *
 * @param {readonly Line[]} lines
 */
export function makeTable(lines) {
  const rows = lines.map((line) => [line.bar, line.what, line.result, line.reach, verdict(line)]);
  return [['bar', 'what', 'result', 'reach', ''], ['---', '---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/**
 * One line for the terminal.
 *
 * @param {Line} line
 */
export function printLine(line) {
  const parts = [line.bar.padStart(6), line.what.padEnd(58), line.result.padEnd(34), line.reach.padEnd(30)];
  return `${parts.join('  ')}  ${verdict(line).replaceAll('*', '')}`.trimEnd();
}

/**
 * `text` with what stands between the marks `<!-- name -->` and `<!-- end of name -->` replaced.
 *
 * @param {string} text
 * @param {string} name
 * @param {string} section
 * @throws {Error} when the marks are not there.
 */
export function replaceSection(text, name, section) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the marks ${open} and ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n${section}\n${text.slice(to)}`;
}
