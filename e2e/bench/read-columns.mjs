/**
 * A bare reading of a pstats file into columns, for `floor-parse`: what no reader in JavaScript can do without.
 *
 * Not a second reader of tsviz': it checks nothing, and a file that is not what cProfile writes ends in nonsense. It is
 * written as one writes such a thing first, with maps for texts and keys; a hash table in typed arrays takes half the
 * time at a million functions, and is what tsviz' own reader has.
 */

/** Codes of marshal that cProfile writes. */
const CODE = {
  dict: 0x7b,
  end: 0x30,
  tuple: 0x29,
  int: 0x69,
  long: 0x6c,
  int64: 0x49,
  float: 0x67,
  reference: 0x72,
  shortAscii: 0x7a,
  shortInterned: 0x5a,
};
/** More texts than a file has: a line and the number of a text make one number. */
const MOST_TEXTS = 2 ** 24;
const NUMBERED = 0x80;
const KIND = 0x7f;

/** Numbers that come one after the other, in as much memory as they need. */
class Column {
  length = 0;

  /** @param {Int32ArrayConstructor | Float64ArrayConstructor} kind */
  constructor(kind) {
    this.kind = kind;
    /** @type {Int32Array | Float64Array} */
    this.values = new kind(1 << 12);
  }

  /** @param {number} value */
  add(value) {
    if (this.length === this.values.length) {
      const wider = new this.kind(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }
}

/**
 * Functions and edges of a file.
 *
 * @param {Buffer} bytes
 */
export function readColumns(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  /** @type {number[]} numbers, text ids and function ids, by the number that marshal gave them */
  const numbered = [];
  /** @type {Map<string, number>} */
  const texts = new Map();
  const keys = { file: new Column(Int32Array), line: new Column(Int32Array), name: new Column(Int32Array) };
  /** @type {Map<number, Map<number, number>>} keys by file, then by line and name */
  const byPlace = new Map();
  const functions = {
    key: new Column(Int32Array),
    first: new Column(Int32Array),
    numbers: [0, 1, 2, 3].map(() => new Column(Float64Array)),
  };
  const edges = { caller: new Column(Int32Array), numbers: [0, 1, 2, 3].map(() => new Column(Float64Array)) };

  function readNumber() {
    const code = bytes[at++] ?? 0;
    let value = 0;
    switch (code & KIND) {
      case CODE.float:
        value = view.getFloat64(at, true);
        at += 8;
        break;
      case CODE.int:
        value = view.getInt32(at, true);
        at += 4;
        break;
      case CODE.reference:
        at += 4;
        return numbered[view.getInt32(at - 4, true)] ?? 0;
      case CODE.int64:
        value = Number(view.getBigInt64(at, true));
        at += 8;
        break;
      default: {
        // Digits of 15 bits; the sign is that of their number.
        const digits = view.getInt32(at, true);
        at += 4;
        for (let digit = 0, unit = 1; digit < Math.abs(digits); digit++, unit *= 32768, at += 2) {
          value += view.getUint16(at, true) * unit;
        }
        if (digits < 0) value = -value;
      }
    }
    if (code & NUMBERED) numbered.push(value);
    return value;
  }

  function readText() {
    const code = bytes[at++] ?? 0;
    const kind = code & KIND;
    if (kind === CODE.reference) {
      at += 4;
      return numbered[view.getInt32(at - 4, true)] ?? 0;
    }
    let length = bytes[at] ?? 0;
    if (kind === CODE.shortAscii || kind === CODE.shortInterned) at++;
    else {
      length = view.getInt32(at, true);
      at += 4;
    }
    const isUtf8 = kind === 0x75 || kind === 0x74;
    const text = bytes.toString(isUtf8 ? 'utf8' : 'latin1', at, at + length);
    at += length;
    let id = texts.get(text);
    if (id === undefined) {
      id = texts.size;
      texts.set(text, id);
    }
    if (code & NUMBERED) numbered.push(id);
    return id;
  }

  function readKey() {
    const code = bytes[at++] ?? 0;
    if ((code & KIND) === CODE.reference) {
      at += 4;
      return numbered[view.getInt32(at - 4, true)] ?? 0;
    }
    at++;
    const number = code & NUMBERED ? numbered.push(-1) - 1 : -1;
    const [file, line, name] = [readText(), readNumber(), readText()];
    let ofFile = byPlace.get(file);
    if (ofFile === undefined) {
      ofFile = new Map();
      byPlace.set(file, ofFile);
    }
    const place = line * MOST_TEXTS + name;
    let key = ofFile.get(place);
    if (key === undefined) {
      key = keys.file.length;
      ofFile.set(place, key);
      keys.file.add(file);
      keys.line.add(line);
      keys.name.add(name);
    }
    if (number >= 0) numbered[number] = key;
    return key;
  }

  /** The head of a tuple or dict that may have a number. */
  function skipHead(/** @type {number} */ length) {
    if ((bytes[at] ?? 0) & NUMBERED) numbered.push(-1);
    at += length;
  }

  skipHead(1);
  while (bytes[at] !== CODE.end) {
    functions.key.add(readKey());
    functions.first.add(edges.caller.length);
    skipHead(2);
    for (const column of functions.numbers) column.add(readNumber());
    if (((bytes[at] ?? 0) & KIND) === CODE.reference) {
      at += 5;
      continue;
    }
    skipHead(1);
    while (bytes[at] !== CODE.end) {
      edges.caller.add(readKey());
      skipHead(2);
      for (const column of edges.numbers) column.add(readNumber());
    }
    at++;
  }
  return { functions: functions.key.length, edges: edges.caller.length, texts: texts.size };
}
