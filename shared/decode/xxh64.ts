/**
 * XXH64 of bytes, of which zstd keeps the low half to tell damage.
 *
 * 64-bit numbers are two halves here: BigInt would take twenty times as long, and is used for the last bytes only.
 *
 * Source: Cyan4973/xxHash, doc/xxhash_spec.md.
 */

const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const [PRIME_1_HIGH, PRIME_1_LOW] = [0x9e3779b1, 0x85ebca87];
const [PRIME_2_HIGH, PRIME_2_LOW] = [0xc2b2ae3d, 0x27d4eb4f];
const STRIPE_BYTES = 32;
const LANES = 4;

/** The low 32 bits of XXH64 with seed 0. */
export function computeXxh64Low(bytes: Uint8Array): number {
  const striped = bytes.length - (bytes.length % STRIPE_BYTES);
  let hash = striped === 0 ? PRIME_5 : mergeLanes(hashStripes(bytes, striped));
  hash = wrap(hash + BigInt(bytes.length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = striped;
  for (; at + 8 <= bytes.length; at += 8) {
    hash ^= round(0n, view.getBigUint64(at, true));
    hash = wrap(rotate(hash, 27n) * PRIME_1 + PRIME_4);
  }
  if (at + 4 <= bytes.length) {
    hash ^= wrap(BigInt(view.getUint32(at, true)) * PRIME_1);
    hash = wrap(rotate(hash, 23n) * PRIME_2 + PRIME_3);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    hash ^= wrap(BigInt(bytes[at]!) * PRIME_5);
    hash = wrap(rotate(hash, 11n) * PRIME_1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * PRIME_2);
  hash = wrap((hash ^ (hash >> 29n)) * PRIME_3);
  return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
}

/** The four lanes after all whole stripes: each becomes rotate(lane + input * PRIME_2, 31) * PRIME_1. */
function hashStripes(bytes: Uint8Array, end: number): bigint[] {
  const starts = [wrap(PRIME_1 + PRIME_2), PRIME_2, 0n, wrap(-PRIME_1)];
  const high = Uint32Array.from(starts, (lane) => Number(lane >> 32n));
  const low = Uint32Array.from(starts, (lane) => Number(lane & 0xffffffffn));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < end; at += 8) {
    const lane = (at >>> 3) & (LANES - 1);
    const inputLow = view.getUint32(at, true);
    const inputHigh = view.getUint32(at + 4, true);
    // lane + input * PRIME_2
    let productHigh = multiplyHigh(inputLow, PRIME_2_LOW);
    productHigh += Math.imul(inputHigh, PRIME_2_LOW) + Math.imul(inputLow, PRIME_2_HIGH);
    const sumLow = low[lane]! + (Math.imul(inputLow, PRIME_2_LOW) >>> 0);
    const addedLow = sumLow >>> 0;
    const addedHigh = (high[lane]! + (productHigh >>> 0) + (sumLow > 0xffffffff ? 1 : 0)) >>> 0;
    // rotated by 31 bits to the left
    const turnedHigh = ((addedHigh << 31) | (addedLow >>> 1)) >>> 0;
    const turnedLow = ((addedLow << 31) | (addedHigh >>> 1)) >>> 0;
    low[lane] = Math.imul(turnedLow, PRIME_1_LOW);
    high[lane] =
      multiplyHigh(turnedLow, PRIME_1_LOW) +
      (Math.imul(turnedHigh, PRIME_1_LOW) >>> 0) +
      (Math.imul(turnedLow, PRIME_1_HIGH) >>> 0);
  }
  return starts.map((_, lane) => (BigInt(high[lane]!) << 32n) | BigInt(low[lane]!));
}

/** The high half of the product of two numbers of 32 bits. */
function multiplyHigh(one: number, other: number): number {
  const oneLow = one & 0xffff;
  const oneHigh = one >>> 16;
  const otherLow = other & 0xffff;
  const otherHigh = other >>> 16;
  const lowHigh = oneLow * otherHigh;
  const highLow = oneHigh * otherLow;
  const middle = ((oneLow * otherLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return oneHigh * otherHigh + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16);
}

function mergeLanes(lanes: readonly bigint[]): bigint {
  const turns = [1n, 7n, 12n, 18n];
  let hash = wrap(lanes.reduce((sum, lane, at) => sum + rotate(lane, turns[at]!), 0n));
  for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4);
  return hash;
}

function round(lane: bigint, input: bigint): bigint {
  return wrap(rotate(wrap(lane + input * PRIME_2), 31n) * PRIME_1);
}

function rotate(value: bigint, bits: bigint): bigint {
  return wrap((value << bits) | (value >> (64n - bits)));
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
