/**
 * Values as Python's marshal would write them, for tests that need a shape no sample has.
 *
 * Plain JavaScript stands for the usual: numbers are ints when whole, strings are short ASCII or UTF-8, arrays are
 * tuples, maps are dicts. `raw` stands for anything else, byte by byte.
 */

/** A value with exactly these bytes. */
export interface RawValue {
  readonly raw: readonly number[];
}

/** What can be written. */
export type MarshalValue =
  | number
  | string
  | boolean
  | null
  | RawValue
  | readonly MarshalValue[]
  | ReadonlyMap<MarshalValue, MarshalValue>;

/** Bytes as they are. */
export function raw(...bytes: readonly (number | string)[]): RawValue {
  return { raw: bytes.flatMap((byte) => (typeof byte === 'number' ? [byte] : [...new TextEncoder().encode(byte)])) };
}

/** A float, also where the number is whole. */
export function float(value: number): RawValue {
  return { raw: [0x67, ...new Uint8Array(new Float64Array([value]).buffer)] };
}

/** The value with the flag that gives it a slot in the reference list. */
export function flagged(value: MarshalValue): RawValue {
  const [type, ...rest] = marshal(value);
  return { raw: [type! | 0x80, ...rest] };
}

/** A reference to slot `index`. */
export function ref(index: number): RawValue {
  return { raw: [0x72, ...int32(index)] };
}

/** `count` as four little-endian bytes. */
export function int32(count: number): number[] {
  return [count & 0xff, (count >> 8) & 0xff, (count >> 16) & 0xff, (count >> 24) & 0xff];
}

/** A dict of the given pairs. */
export function dict(
  ...pairs: readonly (readonly [MarshalValue, MarshalValue])[]
): ReadonlyMap<MarshalValue, MarshalValue> {
  return new Map(pairs);
}

/** The bytes of a value, version 4. */
export function marshal(value: MarshalValue): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  write(value, bytes);
  return Uint8Array.from(bytes);
}

function write(value: MarshalValue, bytes: number[]): void {
  if (value === null) bytes.push(0x4e);
  else if (typeof value === 'boolean') bytes.push(value ? 0x54 : 0x46);
  else if (typeof value === 'number')
    bytes.push(...(Number.isInteger(value) ? [0x69, ...int32(value)] : float(value).raw));
  else if (typeof value === 'string') writeText(value, bytes);
  else if ('raw' in value) bytes.push(...value.raw);
  else if (value instanceof Map) {
    bytes.push(0x7b);
    for (const [key, entry] of value) {
      write(key, bytes);
      write(entry, bytes);
    }
    bytes.push(0x30);
  } else {
    const items = value as readonly MarshalValue[];
    bytes.push(0x29, items.length);
    for (const item of items) write(item, bytes);
  }
}

function writeText(text: string, bytes: number[]): void {
  const encoded = new TextEncoder().encode(text);
  if (encoded.length === text.length && encoded.length < 256) bytes.push(0x7a, encoded.length, ...encoded);
  else bytes.push(0x75, ...int32(encoded.length), ...encoded);
}
