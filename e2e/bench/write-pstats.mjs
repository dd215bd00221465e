/**
 * Writes a pstats file as Python 3.4 and later do (marshal version 4): what was written once is referred to.
 *
 *   { (file, line, name): (primitive calls, calls, self, total, { caller: (calls, primitive calls, self, total) }) }
 *
 * Independent of tsviz' own reader on purpose: what tests and bench read must not come from the code they try.
 */

/**
 * A function with its numbers and its callers, by index.
 *
 * @typedef {object} FunctionStats
 * @property {string} file
 * @property {number} line
 * @property {string} name
 * @property {number} primitiveCalls
 * @property {number} calls
 * @property {number} self seconds
 * @property {number} total seconds
 * @property {readonly { caller: number, calls: number, primitiveCalls: number, self: number, total: number }[]} callers
 */

/**
 * Functions by number: an array, or something that makes each one when it is asked for.
 *
 * @typedef {{ readonly length: number, at(index: number): FunctionStats | undefined }} Functions
 */

const CODE = {
  smallTuple: 0x29,
  dict: 0x7b,
  end: 0x30,
  int: 0x69,
  int64: 0x49,
  float: 0x67,
  text: 0x75,
  shortAscii: 0x7a,
  reference: 0x72,
};
/** Added to a code: the object gets the next number, by which it can be referred to. */
const NUMBERED = 0x80;
const SHORT = 256;
const INT32_MAX = 2 ** 31 - 1;

/** Bytes that grow. */
class Output {
  #bytes = Buffer.alloc(1 << 16);
  #length = 0;
  #numbered = 0;

  /** @param {number} count */
  #reserve(count) {
    while (this.#length + count > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    }
    const at = this.#length;
    this.#length += count;
    return at;
  }

  /** @param {number} code */
  code(code) {
    const at = this.#reserve(1);
    this.#bytes[at] = code;
  }

  /** @param {number} count */
  tuple(count) {
    const at = this.#reserve(2);
    this.#bytes[at] = CODE.smallTuple;
    this.#bytes[at + 1] = count;
  }

  /**
   * Writes an object that may come again: the second time, when it has a number, a reference to the first.
   *
   * @param {number | undefined} number
   * @param {() => void} write writes one object, of which the code is numbered
   * @returns {number} the object's number
   */
  shared(number, write) {
    if (number === undefined) {
      // The number is given before what is inside gets its own.
      const given = this.#numbered++;
      const at = this.#length;
      write();
      this.#bytes[at] = (this.#bytes[at] ?? 0) | NUMBERED;
      return given;
    }
    const at = this.#reserve(5);
    this.#bytes[at] = CODE.reference;
    this.#bytes.writeInt32LE(number, at + 1);
    return number;
  }

  /** @param {string} text */
  text(text) {
    const bytes = Buffer.from(text, 'utf8');
    const isShort = bytes.length < SHORT && bytes.length === text.length;
    const head = isShort ? 2 : 5;
    const at = this.#reserve(head + bytes.length);
    this.#bytes[at] = isShort ? CODE.shortAscii : CODE.text;
    if (isShort) this.#bytes[at + 1] = bytes.length;
    else this.#bytes.writeInt32LE(bytes.length, at + 1);
    bytes.copy(this.#bytes, at + head);
  }

  /** @param {number} value */
  int(value) {
    if (Math.abs(value) <= INT32_MAX) {
      const at = this.#reserve(5);
      this.#bytes[at] = CODE.int;
      this.#bytes.writeInt32LE(value, at + 1);
    } else {
      const at = this.#reserve(9);
      this.#bytes[at] = CODE.int64;
      this.#bytes.writeBigInt64LE(BigInt(value), at + 1);
    }
  }

  /** @param {number} value */
  float(value) {
    const at = this.#reserve(9);
    this.#bytes[at] = CODE.float;
    this.#bytes.writeDoubleLE(value, at + 1);
  }

  get bytes() {
    return this.#bytes.subarray(0, this.#length);
  }
}

/**
 * Bytes of a pstats file that holds these functions, in this order.
 *
 * @param {Functions} functions
 * @returns {Buffer}
 */
export function writePstats(functions) {
  const out = new Output();
  /** @type {Map<string, number>} */
  const texts = new Map();
  const text = (/** @type {string} */ value) => {
    texts.set(
      value,
      out.shared(texts.get(value), () => out.text(value)),
    );
  };
  /** @type {(number | undefined)[]} */
  const keys = new Array(functions.length);
  const key = (/** @type {number} */ index) => {
    keys[index] = out.shared(keys[index], () => {
      const stats = functions.at(index);
      if (!stats) throw new Error(`no function ${index}`);
      out.tuple(3);
      text(stats.file);
      out.int(stats.line);
      text(stats.name);
    });
  };
  out.code(CODE.dict);
  for (let index = 0; index < functions.length; index++) {
    const stats = functions.at(index);
    if (!stats) throw new Error(`no function ${index}`);
    key(index);
    out.tuple(5);
    out.int(stats.primitiveCalls);
    out.int(stats.calls);
    out.float(stats.self);
    out.float(stats.total);
    out.code(CODE.dict);
    for (const edge of stats.callers) {
      key(edge.caller);
      out.tuple(4);
      // cProfile has the two counts the other way round here.
      out.int(edge.calls);
      out.int(edge.primitiveCalls);
      out.float(edge.self);
      out.float(edge.total);
    }
    out.code(CODE.end);
  }
  out.code(CODE.end);
  return out.bytes;
}
