/** Sample types of pprof as metrics. */
import type { Metric, Unit } from '../../model/profile.ts';

/** A sample type as a metric: values are multiplied by `factor`. */
export interface SampleType {
  readonly metric: Metric;
  readonly factor: number;
  /** Its place among the values of a sample. */
  readonly at: number;
}

/** Units as pprof itself understands them; its kilobytes are 1024 bytes. */
const UNITS: ReadonlyMap<string, readonly [unit: Unit, factor: number]> = new Map<
  string,
  readonly [unit: Unit, factor: number]
>([
  ...['ns', 'nanosecond', 'nanoseconds'].map((unit) => [unit, ['nanoseconds', 1]] as const),
  ...['us', 'µs', 'μs', 'microsecond', 'microseconds'].map((unit) => [unit, ['microseconds', 1]] as const),
  ...['ms', 'millisecond', 'milliseconds'].map((unit) => [unit, ['milliseconds', 1]] as const),
  ...['s', 'sec', 'second', 'seconds'].map((unit) => [unit, ['seconds', 1]] as const),
  ...['b', 'byte', 'bytes'].map((unit) => [unit, ['bytes', 1]] as const),
  ...['kb', 'kib', 'kilobyte', 'kilobytes'].map((unit) => [unit, ['bytes', 1024]] as const),
  ...['mb', 'mib', 'megabyte', 'megabytes'].map((unit) => [unit, ['bytes', 1024 ** 2]] as const),
  ...['gb', 'gib', 'gigabyte', 'gigabytes'].map((unit) => [unit, ['bytes', 1024 ** 3]] as const),
  ...['count', 'counts', ''].map((unit) => [unit, ['count', 1]] as const),
]);

/** The metric of a sample type at place `at`; units that nobody knows are told in its name. */
export function describeSampleType(type: string, unit: string, at: number): SampleType {
  const known = UNITS.get(unit.toLowerCase());
  if (known !== undefined) {
    return { metric: { name: type || 'value', unit: known[0] }, factor: known[1], at };
  }
  const name = type === unit ? type : `${type} (${unit})`;
  return { metric: { name, unit: 'count' }, factor: 1, at };
}

/** The sample types with the one that is shown by default first: the file's choice, else the last one. */
export function orderSampleTypes(types: readonly SampleType[], defaultName: string, names: readonly string[]) {
  const chosen = defaultName === '' ? -1 : names.indexOf(defaultName);
  const first = types[chosen >= 0 ? chosen : types.length - 1];
  return first === undefined ? [] : [first, ...types.filter((type) => type !== first)];
}
