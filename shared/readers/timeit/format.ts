/** How the printed results of timeit are known. */
import type { Format, Sniffed } from '../reader.ts';

const TIME = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d+)?\s?[a-zµμ]{1,4}`;
const DURATION = `${TIME}(?: ${TIME}){0,4}`;

/** `20000 loops, best of 5: 9.26 usec per loop`: loops, repeats, time. */
export const BEST = new RegExp(String.raw`(?:^|\s)(\d[\d,]*) loops?, best of (\d+): (${DURATION}) per loop`);
/** `1.21 µs ± 1.62 µs per loop (mean ± std. dev. of 5 runs, 1,000 loops each)`: mean, deviation, repeats, loops. */
export const MEAN = new RegExp(
  String.raw`(?:^|\s)(${DURATION}) (?:±|\+-|\+/-) (${DURATION}) per loop \(mean (?:±|\+-|\+/-) std\. dev\. of (\d+) runs?, (\d[\d,.]*) loops? each\)`,
);
/** `raw times: 247 msec, 213 msec`, or seconds between blanks. */
export const RAW = /^\s*raw times: (\S.*)$/;

/** What `python -m timeit`, `%timeit` and `%%timeit` print. */
export const TIMEIT: Format = {
  id: 'timeit',
  title: 'timeit result (text)',
  extensions: ['.txt', '.log'],
  spec: 'https://docs.python.org/3/library/timeit.html',
  keeps: 'every statement with its best or mean time, its loops, and each repeat where they are printed (-v)',
  loses: 'single repeats of results without -v, statements that stand nowhere in the text',
  sniff({ lines }): Sniffed {
    return lines.some((line) => BEST.test(line) || MEAN.test(line) || RAW.test(line)) ? 'yes' : 'no';
  },
};
