/** How a printed pstats report is known. */
import type { Format, Sniffed } from '../reader.ts';

/** First line of a report: what all of it is of. */
export const TOTALS =
  /(?:^|\s)(-?\d+) function calls? (?:\((-?\d+) primitive calls?\) )?in (-?\d+\.\d+|-?inf|nan) (?:CPU )?seconds?\s*$/;
/** Heads of the columns of a table of functions. */
export const TABLE_HEAD =
  /^\s*ncalls\s+tottime\s+(?:percall\s+)?cumtime\s+(?:percall\s+)?filename:lineno\(function\)\s*$/;
/** Heads of a list of callers (group 1) or callees (group 2). */
export const CALLS_HEAD = /^\s*Function\s+(?:(was called by\.\.\.)|(called\.\.\.))\s*$/;

/** What `pstats` prints, whoever made it print. */
export const PSTATS_TEXT: Format = {
  id: 'pstats-text',
  title: 'pstats report (text)',
  extensions: ['.txt'],
  spec: 'https://docs.python.org/3/library/profile.html',
  keeps: 'functions, their calls and times; callers and callees where they are printed; each report of several',
  loses: 'times below a millisecond, what a restriction left out, folders where names are cut to base names',
  sniff({ lines }): Sniffed {
    return lines.some((line) => TOTALS.test(line) || TABLE_HEAD.test(line) || CALLS_HEAD.test(line)) ? 'yes' : 'no';
  },
};
