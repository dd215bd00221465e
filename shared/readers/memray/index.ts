/**
 * What memray exports: statistics, CSV, HTML reports. (Its gprof2dot JSON is gprof2dot's.) Captures are refused with
 * the command that exports them: their format is private to each version.
 */
export { memrayCsvReader } from './csv.ts';
export { memrayHtmlReader } from './html.ts';
export { memrayStatsReader } from './stats.ts';
