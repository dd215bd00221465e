/**
 * Labels of drawn call graphs: lines of a name, then lines of numbers.
 *
 *   gprof2dot      orders:61:gen_orders \n 39.53% \n (11.42%) \n 301×       total, self in brackets, calls
 *                  libc.so.6 \n malloc \n 0.25 \n (0.1)                     a module; times with --node-label
 *   pycallgraph    orders.main \n calls: 1 \n time: 0.028848s \n memory in: 1.5MiB
 */

/** What a number of a label measures. */
export type Measure = 'seconds' | 'percent' | 'memory in' | 'memory out';

/** The lines of a name, and what is said of it. */
export interface Label {
  readonly name: readonly string[];
  readonly calls: number;
  readonly self: ReadonlyMap<Measure, number>;
  readonly total: ReadonlyMap<Measure, number>;
}

const TIMES = '\u00d7';
const CALLS = new RegExp(`^(\\d+)${TIMES}$`);
const PERCENT = /^(\()?(\d{1,20}(?:\.\d{1,20})?)%(\))?$/;
/** As Python writes a float: addresses without a symbol are whole numbers. */
const PLAIN = /^(\()?(\d{1,20}(?:\.\d{1,20}(?:e[+-]?\d{1,3})?|e-\d{1,3}))(\))?$/;
const NAMED = /^(calls|time|memory in|memory out): (\d[\d.,\u00a0 ]{0,40}?(?:e[+-]?\d{1,3})?)\s?([A-Za-z]{0,3})$/;
const SIZES: ReadonlyMap<string, number> = new Map(
  ['b', 'k', 'm', 'g', 't', 'p'].map((letter, power) => [letter, 1024 ** power]),
);

/** Takes a node's label apart. The first line is a name whatever it looks like. */
export function parseLabel(label: string): Label {
  const name: string[] = [];
  let calls = Number.NaN;
  const self = new Map<Measure, number>();
  const total = new Map<Measure, number>();
  for (const line of splitLabel(label)) {
    const isFirst = name.length === 0;
    const named = isFirst ? null : NAMED.exec(line);
    const count = isFirst ? null : CALLS.exec(line);
    const percent = isFirst ? null : PERCENT.exec(line);
    const plain = isFirst ? null : PLAIN.exec(line);
    if (named !== null) {
      const [, what, number, unit] = named;
      if (what === 'calls') calls = parseCount(number!);
      else if (what === 'time') total.set('seconds', Number(number!.replace(',', '.')));
      else total.set(what as Measure, Number(number) * (SIZES.get(unit!.slice(0, 1).toLowerCase()) ?? 1));
    } else if (count !== null) calls = Number(count[1]);
    else if (percent !== null) (percent[1] === undefined ? total : self).set('percent', Number(percent[2]));
    else if (plain !== null) (plain[1] === undefined ? total : self).set('seconds', Number(plain[2]));
    else name.push(line);
  }
  return { name, calls, self, total };
}

/** Takes an edge's label apart: a share of the time and calls, or calls alone. */
export function parseEdgeLabel(label: string): Omit<Label, 'name'> {
  let calls = Number.NaN;
  const total = new Map<Measure, number>();
  for (const line of splitLabel(label)) {
    const percent = PERCENT.exec(line);
    const count = CALLS.exec(line) ?? /^(\d[\d.,\u00a0 ]{0,40})$/.exec(line);
    if (percent !== null) total.set('percent', Number(percent[2]));
    else if (count !== null) calls = parseCount(count[1]!);
  }
  return { calls, self: new Map(), total };
}

/** Lines of a label, its escapes resolved. */
export function splitLabel(label: string): string[] {
  const lines: string[] = [];
  let line = '';
  let start = 0;
  for (let at = label.indexOf('\\'); at >= 0; at = label.indexOf('\\', at)) {
    const letter = label[at + 1] ?? '';
    line += label.slice(start, at);
    if (letter === 'n' || letter === 'l' || letter === 'r') {
      lines.push(line);
      line = '';
    } else line += letter === 't' ? '\t' : letter;
    at += 2;
    start = at;
  }
  lines.push(line + label.slice(start));
  return lines
    .flatMap((each) => each.split('\n'))
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** A count, with the separators of any country. */
function parseCount(text: string): number {
  return Number(text.replace(/[^\d]/g, ''));
}
