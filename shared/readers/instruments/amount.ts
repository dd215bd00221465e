/** Amounts as Instruments prints them: `28.00 ms    4.6%`, `96.08 Gc`, `3.63 MB`, each rounded in a unit of its own. */

/** What is measured. Bare numbers tell nothing of it. */
export type Kind = 'time' | 'bytes' | 'cycles';

/** A number in its kind's base unit: milliseconds, bytes, cycles. */
export interface Amount {
  readonly value: number;
  /** null: a bare number. */
  readonly kind: Kind | null;
  /** By how much it may have been rounded: half of its last digit. */
  readonly slack: number;
}

const K = 1024;
/** Instruments writes KB, and later KiB, for 1,024 bytes. */
const UNITS: ReadonlyMap<string, readonly [Kind, number]> = new Map([
  ['ns', ['time', 1e-6]],
  ['us', ['time', 1e-3]],
  ['µs', ['time', 1e-3]],
  ['μs', ['time', 1e-3]],
  ['ms', ['time', 1]],
  ['s', ['time', 1000]],
  ['min', ['time', 60_000]],
  ['h', ['time', 3_600_000]],
  ['byte', ['bytes', 1]],
  ['bytes', ['bytes', 1]],
  ['b', ['bytes', 1]],
  ['kb', ['bytes', K]],
  ['kib', ['bytes', K]],
  ['mb', ['bytes', K ** 2]],
  ['mib', ['bytes', K ** 2]],
  ['gb', ['bytes', K ** 3]],
  ['gib', ['bytes', K ** 3]],
  ['tb', ['bytes', K ** 4]],
  ['tib', ['bytes', K ** 4]],
  ['c', ['cycles', 1]],
  ['cycles', ['cycles', 1]],
  ['kc', ['cycles', 1e3]],
  ['mc', ['cycles', 1e6]],
  ['gc', ['cycles', 1e9]],
  ['tc', ['cycles', 1e12]],
]);

/** The amount in a cell; a number without a unit has `unit`, as its column's head tells. Null when it is none. */
export function parseAmount(cell: string, unit = ''): Amount | null {
  const [, digits, own] = /^\s*(\d[\d.,]{0,30})\s*([A-Za-zµμ]{0,8})(?:\s|$)/.exec(cell) ?? [];
  if (digits === undefined) return null;
  // 1,024.5 has thousands; 1,5 is how some countries write a half.
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
  const number = Number(plain);
  if (!Number.isFinite(number)) return null;
  const name = (own || unit).toLowerCase();
  const known = UNITS.get(name);
  if (name !== '' && known === undefined) return null;
  const [kind, scale] = known ?? [null, 1];
  const point = plain.indexOf('.');
  const decimals = point < 0 ? 0 : plain.length - point - 1;
  // Bare counts, bytes and cycles are whole: nothing was rounded.
  const isExact = scale === 1 && decimals === 0 && kind !== 'time';
  return { value: number * scale, kind, slack: isExact || number === 0 ? 0 : (scale * 10 ** -decimals) / 2 };
}
