/**
 * Plain data as bytes and back, without touching its columns: how a server hands a page what it has read.
 *
 *   0   4 bytes  `tsvz`
 *   4   u32      length of the head in bytes
 *   8            head: JSON in UTF-8, each column replaced by its kind, offset and length, padded to 8 bytes
 *       …        columns one after the other, each padded to 8 bytes
 *
 * Offsets in the head count from its end. Numbers are little-endian, as on every machine that runs Node or a browser.
 * What is packed must be plain: objects, arrays, strings, booleans, null, typed arrays, and numbers that are finite or
 * NaN, which stands for what is not known.
 */

/** A typed array that may stand in packed data. */
type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

const KINDS = {
  u8: Uint8Array,
  i32: Int32Array,
  u32: Uint32Array,
  f64: Float64Array,
} as const satisfies Record<string, new (buffer: ArrayBuffer, offset: number, length: number) => Column>;

type Kind = keyof typeof KINDS;

/** Stands in the head where a column was. No other object of ours has a key like it. */
const MARK = '#column';

/** Stands in the head for NaN, which JSON does not have. */
const UNKNOWN = '#unknown';

interface Placeholder {
  readonly [MARK]: readonly [kind: Kind, offset: number, length: number];
}

const MAGIC = [0x74, 0x73, 0x76, 0x7a] as const;
const START = 8;
const ALIGNMENT = 8;

/** Packed bytes in pieces, in order. Columns are not copied: the pieces are the memory of what was packed. */
export function pack(value: unknown): Uint8Array[] {
  const columns: Uint8Array[] = [];
  /** A column that stands in two places (calls without recursion) is sent once. */
  const sent = new Map<object, Placeholder>();
  let offset = 0;
  const json = JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'number' && Number.isNaN(each)) return { [UNKNOWN]: 1 };
    if (typeof each === 'number' && !Number.isFinite(each)) throw new TypeError('a number that JSON does not have');
    if (!ArrayBuffer.isView(each)) return each;
    const before = sent.get(each);
    if (before !== undefined) return before;
    const kind = (Object.keys(KINDS) as Kind[]).find((name) => each instanceof KINDS[name]);
    if (kind === undefined) throw new TypeError(`a column of a kind that is not packed: ${each.constructor.name}`);
    const { length } = each as Column;
    const placeholder: Placeholder = { [MARK]: [kind, offset, length] };
    const bytes = new Uint8Array(each.buffer as ArrayBuffer, each.byteOffset, each.byteLength);
    columns.push(bytes);
    const padding = getPadding(bytes.length);
    if (padding > 0) columns.push(new Uint8Array(padding));
    offset += bytes.length + padding;
    sent.set(each, placeholder);
    return placeholder;
  });
  const text = new TextEncoder().encode(json);
  const head = new Uint8Array(START + text.length + getPadding(START + text.length));
  head.set(MAGIC);
  new DataView(head.buffer).setUint32(4, head.length, true);
  head.set(text, START);
  head.fill(0x20, START + text.length);
  return [head, ...columns];
}

/** True when the bytes start as packed data do. */
export function isPacked(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/**
 * What was packed. Columns are views of `buffer`, nothing is copied.
 * @throws TypeError when these are not packed bytes, or not all of them.
 */
export function unpack(buffer: ArrayBuffer): unknown {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < START || !isPacked(bytes)) throw new TypeError('not packed data');
  const end = new DataView(buffer).getUint32(4, true);
  if (end < START || end > bytes.length) throw new TypeError('packed data without its whole head');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(START, end));
  const columns = new Map<string, Column>();
  return JSON.parse(text, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null) return each;
    if (UNKNOWN in each) return Number.NaN;
    if (!isPlaceholder(each)) return each;
    const before = columns.get(String(each[MARK]));
    if (before !== undefined) return before;
    const [kind, offset, length] = each[MARK];
    const make = KINDS[kind];
    if (end + offset + length * make.BYTES_PER_ELEMENT > bytes.length)
      throw new TypeError('packed data without its end');
    const column = new make(buffer, end + offset, length);
    columns.set(String(each[MARK]), column);
    return column;
  });
}

function isPlaceholder(value: object): value is Placeholder {
  return MARK in value;
}

function getPadding(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}
