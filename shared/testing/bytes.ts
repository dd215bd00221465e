/** Bytes of binary formats for tests, put together from readable parts. */

/** A number in digits of seven bits, least first; negative ones as 64 bits. */
export function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (;;) {
    const digit = Number(rest & 127n);
    rest >>= 7n;
    if (rest === 0n) return [...bytes, digit];
    bytes.push(digit | 0x80);
  }
}

/** A number of `size` bytes, least first. */
export function word(value: number | bigint, size = 8): number[] {
  const bits = BigInt.asUintN(size * 8, BigInt(value));
  return Array.from({ length: size }, (_, byte) => Number((bits >> BigInt(8 * byte)) & 255n));
}

/** Bytes of a text. */
export function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

/** Field of a protobuf message: bytes, or a number. */
export function field(number: number, content: readonly number[] | number | bigint): number[] {
  return typeof content === 'object'
    ? [...varint((number << 3) | 2), ...varint(content.length), ...content]
    : [...varint(number << 3), ...varint(content)];
}
