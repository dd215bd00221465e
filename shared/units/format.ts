/**
 * The only place where numbers become text.
 *
 * Three significant digits, a narrow no-break space before the unit, and the carry made before the unit is chosen:
 * 999.6 ms is `1.00 s`. No exponents. What is unknown (NaN) is a dash, never 0. Nothing here depends on a locale.
 */

/** Narrow no-break space: what stands between a number and its unit. */
export const THIN = '\u202f';
/** What stands before every number that a model estimated. */
export const ESTIMATED = `≈${THIN}`;
/** What stands for a number that the file does not have. */
export const UNKNOWN = '–';
const MINUS = '\u2212';

/** Units a value can be printed in: those of metrics. */
export type PrintUnit =
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds'
  | 'bytes'
  | 'bytes per second'
  | 'percent'
  | 'count';

/** A unit for a whole column, and the factor from the metric's own unit to it. */
export interface ColumnUnit {
  readonly unit: string;
  readonly scale: number;
}

/** How many of a metric's unit make a second; units that are no times are absent. */
const PER_SECOND: Readonly<Partial<Record<PrintUnit, number>>> = {
  seconds: 1,
  milliseconds: 1e3,
  microseconds: 1e6,
  nanoseconds: 1e9,
};

const TIME_UNITS: readonly ColumnUnit[] = [
  { unit: 's', scale: 1 },
  { unit: 'ms', scale: 1e3 },
  { unit: 'µs', scale: 1e6 },
  { unit: 'ns', scale: 1e9 },
];

const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const COUNT_UNITS = ['', 'k', 'M', 'G', 'T'];

/** A number and its unit, apart: for columns that set them differently. */
export interface NumberParts {
  readonly number: string;
  readonly unit: string;
}

/** All digits with a comma every three, such as `4,167,148`. */
export function formatCount(n: number): string {
  if (Number.isNaN(n)) return UNKNOWN;
  const digits = Math.abs(Math.round(n)).toFixed(0);
  return sign(n, digits) + groupThousands(digits);
}

/** Calls as pstats prints them: `total/primitive` where the two differ. */
export function formatCalls(calls: number, primitive: number): string {
  const all = formatCount(calls);
  return Number.isNaN(primitive) || primitive === calls ? all : `${all}/${formatCount(primitive)}`;
}

/** A time, such as `1.80 s`, `84.8 ms`, `148 ns`. */
export function formatTime(seconds: number): string {
  return joinParts(getTimeParts(seconds));
}

/** The same as `formatTime`, number and unit apart. */
export function getTimeParts(seconds: number): NumberParts {
  if (Number.isNaN(seconds)) return { number: UNKNOWN, unit: '' };
  const size = Math.abs(seconds);
  if (size === 0) return { number: '0', unit: 's' };
  // 0.9995 of a unit is 1.00 of it at three digits, so that is where the next smaller unit ends.
  const fit = TIME_UNITS.find(({ scale }) => size * scale >= 0.9995) ?? TIME_UNITS[3]!;
  const digits = formatDigits(size * fit.scale);
  return { number: sign(seconds, digits) + digits, unit: fit.unit };
}

/** A difference of times: always signed, `±0` under 50 µs. */
export function formatDifference(seconds: number): string {
  if (Number.isNaN(seconds)) return UNKNOWN;
  if (Math.abs(seconds) < 50e-6) return '±0';
  return seconds > 0 ? `+${formatTime(seconds)}` : formatTime(seconds);
}

/** A share with one decimal, such as `52.9 %`; `<0.1 %` for what would round to nothing. */
export function formatShare(fraction: number): string {
  if (Number.isNaN(fraction)) return UNKNOWN;
  const size = Math.abs(fraction);
  const whole = size >= 0.9995 && size < 1.0005;
  const digits = size === 0 ? '0' : size < 0.001 ? '<0.1' : whole ? '100' : groupThousands((size * 100).toFixed(1));
  return `${sign(fraction, digits)}${digits}${THIN}%`;
}

/** A ratio, such as `1.90×`. */
export function formatRatio(ratio: number): string {
  return Number.isFinite(ratio) ? `${sign(ratio, '')}${formatDigits(Math.abs(ratio))}×` : UNKNOWN;
}

/** Size of a file, in powers of 1000: `375 kB`. */
export function formatBytes(bytes: number): string {
  return formatScaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB']);
}

/** A value of a metric: time, memory in powers of 1024 (as the tools print it), or samples such as `18.4 k`. */
export function formatMetric(value: number, unit: PrintUnit): string {
  return joinParts(getMetricParts(value, unit));
}

/**
 * Text of a mark at `value` on a scale that has one every `step`: as many digits as tell it from its neighbours, no
 * more, such as `500 ms`, `1.5 s`.
 */
export function formatMark(value: number, step: number, unit: PrintUnit): string {
  if (value === 0) return '0';
  const { scale, name } = getMarkUnit(value, unit);
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step * scale) - 1e-9)));
  const digits = (value * scale).toFixed(decimals).replace(/\.?0+$/, (end) => (end.startsWith('.') ? '' : end));
  return joinParts({ number: sign(value, digits) + groupThousands(digits.replace('-', '')), unit: name });
}

/** Factor from a metric's own unit to the one that a scale up to `to` is told in: steps are round in that unit. */
export function getMarkUnit(to: number, unit: PrintUnit): { readonly scale: number; readonly name: string } {
  const perSecond = PER_SECOND[unit];
  const size = (Math.abs(to) * (1 + 1e-9)) / (perSecond ?? 1);
  if (perSecond !== undefined) {
    const fit = TIME_UNITS.find(({ scale }) => size * scale >= 1) ?? TIME_UNITS[3]!;
    return { scale: fit.scale / perSecond, name: fit.unit };
  }
  if (unit === 'percent') return { scale: 1, name: '%' };
  const [base, names] = unit === 'count' ? [1000, COUNT_UNITS] : [1024, BINARY_UNITS];
  let step = 0;
  while (size >= base ** (step + 1) && step < names.length - 1) step++;
  const name = names[step]!;
  return { scale: base ** -step, name: unit === 'bytes per second' ? `${name}/s` : name };
}

/** Bounds of an estimate, the unit once where both have the same: `1.22–1.41 s`. */
export function formatRange(low: number, high: number, unit: PrintUnit): string {
  const [from, to] = [getMetricParts(low, unit), getMetricParts(high, unit)];
  if (from.number === to.number && from.unit === to.unit) return joinParts(to);
  return low === 0 || from.unit === to.unit ? `${from.number}–${joinParts(to)}` : `${joinParts(from)}–${joinParts(to)}`;
}

/** Day and minute in the reader's time zone, such as `20 Nov 2025, 07:31`. */
export function formatDate(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const date = new Date(ms);
  const month = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[date.getMonth()];
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${date.getDate()} ${month} ${date.getFullYear()}, ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/**
 * The unit for a column whose largest value is `max`: of times the largest one in which `max` is 10 or more, so that a
 * run of 1.8 s is told in ms and one of a minute in s, and rows a thousand times smaller still show a digit; of bytes
 * likewise. Null for counts and percentages, which have one unit only.
 */
export function chooseColumnUnit(max: number, unit: PrintUnit): ColumnUnit | null {
  const perSecond = PER_SECOND[unit];
  if (perSecond !== undefined) {
    const fit = chooseTimeUnit(max / perSecond);
    return { unit: fit.unit, scale: fit.scale / perSecond };
  }
  if (unit !== 'bytes') return null;
  let step = 0;
  while (Math.abs(max) >= 10 * 1024 ** (step + 1) && step < BINARY_UNITS.length - 1) step++;
  return { unit: BINARY_UNITS[step]!, scale: 1024 ** -step };
}

function chooseTimeUnit(max: number): ColumnUnit {
  const size = Math.abs(max);
  if (!(size > 0)) return TIME_UNITS[1]!;
  return TIME_UNITS.find(({ scale }) => size * scale >= 10) ?? TIME_UNITS[3]!;
}

/** The number alone, in a column's unit: `108`, `77.7`, `0.148`; `0` only where it is 0. */
export function formatInUnit(value: number, unit: ColumnUnit): string {
  if (Number.isNaN(value)) return UNKNOWN;
  const size = Math.abs(value) * unit.scale;
  const digits = size === 0 ? '0' : formatDigits(size, '0.000');
  return sign(value, digits) + digits;
}

function getMetricParts(value: number, unit: PrintUnit): NumberParts {
  switch (unit) {
    case 'seconds':
    case 'milliseconds':
    case 'microseconds':
    case 'nanoseconds':
      return getTimeParts(value / PER_SECOND[unit]!);
    case 'bytes':
      return scaleParts(value, 1024, BINARY_UNITS);
    case 'bytes per second': {
      const parts = scaleParts(value, 1024, BINARY_UNITS);
      return parts.unit === '' ? parts : { ...parts, unit: `${parts.unit}/s` };
    }
    case 'percent': {
      if (Number.isNaN(value)) return { number: UNKNOWN, unit: '' };
      const digits = value === 0 ? '0' : formatDigits(Math.abs(value));
      return { number: sign(value, digits) + digits, unit: '%' };
    }
    case 'count':
      return scaleParts(value, 1000, COUNT_UNITS);
    default:
      return unit satisfies never;
  }
}

function formatScaled(value: number, base: number, units: readonly string[]): string {
  return joinParts(scaleParts(value, base, units));
}

function scaleParts(value: number, base: number, units: readonly string[]): NumberParts {
  if (Number.isNaN(value)) return { number: UNKNOWN, unit: '' };
  let size = Math.abs(value);
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= base;
    step++;
  }
  const digits = step === 0 && Number.isInteger(size) ? String(size) : size === 0 ? '0' : formatDigits(size);
  return { number: sign(value, digits) + digits, unit: units[step]! };
}

/** Three significant digits, at most three decimals; `tiny` for what would show none. */
function formatDigits(size: number, tiny = '<0.001'): string {
  if (size > 0 && size < 0.0005) return tiny;
  if (size >= 999.5) return groupThousands(size.toFixed(0));
  return size.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3);
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

/** No minus before a number whose digits all became 0. */
function sign(value: number, digits: string): string {
  return value < 0 && digits !== '0' ? MINUS : '';
}

function joinParts({ number, unit }: NumberParts): string {
  return unit === '' ? number : number + THIN + unit;
}
