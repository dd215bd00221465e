import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { type Pickle, readPickle } from './pickle.ts';
import { findPickleGlobals, isPickle } from './pickle-globals.ts';
import { PICKLE_OPCODE_NAMES } from './pickle-opcodes.ts';
import { FALSE, NONE, PickleKind, type PickleValue, TRUE } from './pickle-values.ts';

const RULES = { format: 'test', classes: new Set(['app.Stats']), advice: 'Make it again' };

/** Bytes of text in which every character is one byte. */
const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const read = (text: string): Pickle => readPickle(bytes(text), RULES);

/** A value as Python would print it, to the fourth level. */
function show({ values }: Pickle, value: PickleValue, depth = 4): string {
  if (depth === 0) return '…';
  const inner = (each: PickleValue) => show({ values } as Pickle, each, depth - 1);
  const pairs = (entries: readonly PickleValue[]) =>
    Array.from({ length: entries.length / 2 }, (_, at) => `${inner(entries[2 * at]!)}: ${inner(entries[2 * at + 1]!)}`);
  switch (values.kind(value)) {
    case PickleKind.int:
    case PickleKind.number:
      return String(values.number(value));
    case PickleKind.text:
      return `'${values.text(value)}'`;
    case PickleKind.tuple:
      return `(${Array.from({ length: values.tupleLength(value) }, (_, at) => inner(values.item(value, at))).join(', ')})`;
    case PickleKind.list:
      return `[${values.list(value)!.map(inner).join(', ')}]`;
    case PickleKind.dict:
      return `{${pairs(values.entries(value)!).join(', ')}}`;
    case PickleKind.object: {
      const entries = values.entries(value)!;
      return `${values.className(value)}(${entries.length > 0 ? `{${pairs(entries).join(', ')}}, ` : ''}${inner(values.state(value))})`;
    }
    default:
      return new Map([
        [NONE, 'None'],
        [TRUE, 'True'],
        [FALSE, 'False'],
      ]).get(value)!;
  }
}

const printed = (text: string): string => {
  const pickle = read(text);
  return show(pickle, pickle.root);
};

function refusal(text: string | Uint8Array): string {
  try {
    readPickle(typeof text === 'string' ? bytes(text) : text, RULES);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).details.offset).toBeTypeOf('number');
    return (error as FormatError).message;
  }
  return 'was read';
}

describe('values of every protocol', () => {
  it.each([
    ['I-12\n.', '-12'],
    ['I01\n.', 'True'],
    ['I00\n.', 'False'],
    ['L12345678901L\n.', '12345678901'],
    ['F1e-06\n.', '0.000001'],
    ['Finf\n.', 'Infinity'],
    ['Fnan\n.', 'NaN'],
    ['J\xff\xff\xff\xff.', '-1'],
    ['K\xff.', '255'],
    ['M\x01\x02.', '513'],
    ['J\xff\xff\xff\x7f.', '2147483647'],
    ['\x8a\x00.', '0'],
    ['\x8a\x08\xff\xff\xff\xff\xff\xff\xff\xff.', '-1'],
    ['\x8a\x06\x00\x00\x00\x00\x00\x01.', '1099511627776'],
    ['\x8b\x02\x00\x00\x00\x00\x80.', '-32768'],
    ['G\x3f\xf8\x00\x00\x00\x00\x00\x00.', '1.5'],
    ['N.', 'None'],
    ['\x88.', 'True'],
    ['\x89.', 'False'],
    ["S'it\\'s \\x41\\101\\n'\n.", "'it's AA\n'"],
    ['S"caf\\xc3\\xa9"\n.', "'café'"],
    ["S'\\xe9t\\xe9'\n.", "'été'"],
    ['U\x03abc.', "'abc'"],
    ['T\x01\x00\x00\x00\xe9.', "'é'"],
    ['C\x02ab.', "'ab'"],
    ['B\x02\x00\x00\x00ab.', "'ab'"],
    ['\x8e\x01\x00\x00\x00\x00\x00\x00\x00a.', "'a'"],
    ['V\\u65e5\\U0001F600\xe9\\d\n.', "'日😀é\\d'"],
    ['X\x02\x00\x00\x00\xc3\xa9.', "'é'"],
    ['\x8c\x03\xed\xb3\xbf.', "'\\udcff'"],
    ['\x8d\x01\x00\x00\x00\x00\x00\x00\x00a.', "'a'"],
    [').', '()'],
    ['K\x01\x85.', '(1)'],
    ['K\x01K\x02\x86.', '(1, 2)'],
    ['K\x01K\x02K\x03\x87.', '(1, 2, 3)'],
    ['(K\x01K\x02K\x03K\x04t.', '(1, 2, 3, 4)'],
    ['].', '[]'],
    ['(K\x01K\x02l.', '[1, 2]'],
    [']K\x01a(K\x02K\x03e.', '[1, 2, 3]'],
    ['}U\x01aK\x01s(U\x01bK\x02u.', "{'a': 1, 'b': 2}"],
    ['(U\x01aK\x01d.', "{'a': 1}"],
    ['K\x01K\x020.', '1'],
    ['K\x01(K\x02K\x031.', '1'],
    ['K\x01(0.', '1'],
    ['K\x072\x86.', '(7, 7)'],
    ['U\x01ap5\n0g5\ng5\n\x86.', "('a', 'a')"],
    ['U\x01aq\x050h\x05.', "'a'"],
    ['U\x01ar\x00\x00\x00\x100j\x00\x00\x00\x10.', "'a'"],
    ['\x80\x04\x8c\x01a\x940h\x00.', "'a'"],
    ['\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7fK\x01.', '1'],
  ])('%j is %s', (text, value) => {
    expect(printed(text)).toBe(value);
  });

  it('makes records of the classes on the list, with state and entries', () => {
    expect(printed('\x80\x02capp\nStats\n)\x81}U\x04unitK\x05sb.')).toBe("app.Stats({'unit': 5})");
    expect(printed('\x80\x04\x8c\x03app\x8c\x05Stats\x93)\x81(K\x00K\x01u}b.')).toBe('app.Stats({0: 1}, {})');
    const reconstructed = 'ccopy_reg\n_reconstructor\n(capp\nStats\nc__builtin__\nobject\nNtR}U\x04unitK\x05sb.';
    expect(printed(reconstructed)).toBe("app.Stats({'unit': 5})");
    expect(printed('capp\nStats\n)\x81}U\x01aK\x01sN\x86b.')).toBe("app.Stats({'a': 1})");
  });

  it('ends at STOP and says where', () => {
    expect(read('K\x01.behind').end).toBe(3);
  });

  it('counts integers that a double cannot hold', () => {
    const pickle = read('\x8a\x09\xff\xff\xff\xff\xff\xff\xff\xff\x00.');
    expect(pickle.values.number(pickle.root)).toBe(2 ** 64);
    expect(pickle.values.rounded).toBe(1);
  });
});

describe('nothing is called', () => {
  it.each([
    ['cos\nsystem\n(Vls\ntR.', 'byte 0: the pickle wants to call os.system'],
    ['\x80\x04\x8c\x05posix\x8c\x06system\x93.', 'byte 17: the pickle wants to call posix.system'],
    ['(ios\nsystem\n.', 'byte 1: the pickle wants to call os.system'],
    ['ccopy_reg\n_reconstructor\n(cos\nsystem\n', 'the pickle wants to call os.system'],
    ['capp\nStats\n)R.', 'the pickle wants to call app.Stats'],
    ['K\x01)R.', 'the pickle wants to call the number 1'],
    ['K\x01)\x81.', 'the pickle wants to call the number 1'],
    ['c__builtin__\nobject\n)\x81.', 'the pickle wants to call __builtin__.object'],
    ['capp\nStats\nK\x01\x85\x81.', 'expected no arguments for a new instance, found a tuple of 1'],
    ['ccopyreg\n_reconstructor\n(K\x01K\x02K\x03tR.', 'expected a class to make an instance of, found a tuple of 3'],
    ['ccopyreg\n_reconstructor\n(capp\nStats\ncapp\nStats\nNtR.', 'expected an instance without arguments'],
    ['ccopyreg\n_reconstructor\n(capp\nStats\nc__builtin__\nobject\n}tR.', 'expected an instance without arguments'],
    ['}}b.', 'expected an instance to give a state to, found a dict'],
    ['Px\n.', 'the opcode PERSID'],
    ['K\x01Q.', 'the opcode BINPERSID'],
    ['(o.', 'the opcode OBJ'],
    ['capp\nStats\n)}\x92.', 'the opcode NEWOBJ_EX'],
    ['\x82\x01.', 'the opcode EXT1'],
    ['\x83\x01\x00.', 'the opcode EXT2'],
    ['\x84\x01\x00\x00\x00.', 'the opcode EXT4'],
    ['\x97.', 'the opcode NEXT_BUFFER'],
    ['\x98.', 'the opcode READONLY_BUFFER'],
    ['\x96\x00\x00\x00\x00\x00\x00\x00\x00.', 'the opcode BYTEARRAY8'],
    ['\x8f.', 'the opcode EMPTY_SET'],
  ])('%j is refused', (text, message) => {
    expect(refusal(text)).toContain(message);
  });
});

describe('damage is told where it is', () => {
  it.each([
    ['', 'byte 0: the file ends here, but the pickle goes on'],
    ['K\x01', 'byte 2: the file ends here'],
    ['K', 'byte 1: the file ends here'],
    ['\x8d\x00\x00\x00\x00\x00\x00\x00\x10', 'byte 9: the file ends here'],
    ['\x8b\xff\xff\xff\x7f', 'byte 5: the file ends here'],
    ['I12', 'byte 3: the file ends here'],
    ['\xff.', 'byte 0: 0xff is no opcode of pickle'],
    ['.', 'byte 0: the pickle takes more from its stack than is on it'],
    ['K\x01\x86.', 'byte 2: the pickle takes more from its stack'],
    ['K\x01(a.', 'byte 3: the pickle takes more from its stack'],
    ['K\x01(K\x02\x86.', 'byte 5: the pickle takes more from its stack'],
    ['t.', 'byte 0: the pickle ends a list that was not begun'],
    ['h\x01.', 'byte 0: the pickle refers to value 1, which it has not put aside'],
    ['j\xff\xff\xff\xff.', 'byte 0: the pickle refers to value 4294967295'],
    ['}K\x01a.', 'byte 3: expected a list to append to, found a dict'],
    [']K\x01K\x02s.', 'byte 5: expected a dict to put entries in, found a list of 0'],
    ['}(K\x01u.', 'byte 4: the pickle has a key without a value'],
    ['(K\x01d.', 'byte 3: the pickle has a key without a value'],
    ['I1x\n.', 'byte 0: the pickle has "1x" for an integer'],
    ['F1,5\n.', 'byte 0: the pickle has "1,5" for a number'],
    ['K\x01p-1\n.', 'byte 2: the pickle has "-1" for the number of a value'],
    ['K\x01K\x02\x93.', 'byte 4: the pickle asks for a class without a name'],
  ])('%j: %s', (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it('takes values that hold themselves, and nests only so deep', () => {
    const { values, root } = read(']q\x00h\x00a.');
    expect(values.list(root)).toEqual([root]);
    expect(refusal(']'.repeat(100_000))).toContain('nested deeper than 10000');
    expect(refusal('('.repeat(100_000))).toContain('nested deeper than 10000');
    expect(refusal('(]'.repeat(100_000))).toContain('nested deeper than 10000');
  });

  it('keeps what is shared shared, however often', () => {
    // Thirty tuples, each ten times the one before: 10^30 leaves.
    let text = 'U\x03lolq\x00';
    for (let level = 0; level < 30; level++)
      text += `0(${`h${String.fromCharCode(level)}`.repeat(10)}tq${String.fromCharCode(level + 1)}`;
    const laughs = read(`${text}.`);
    expect(laughs.values.tupleLength(laughs.root)).toBe(10);
    expect(laughs.values.itemCount).toBe(30 * 11);
  });

  it('puts 100,000 values aside under any numbers without room for those between', () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `K\x01p${at * 9_999_999}\n0`).join('');
    expect(printed(`${text}g9999999\n.`)).toBe('1');
  });
});

describe('names of a pickle', () => {
  it('are found without reading it, in every protocol', () => {
    expect(findPickleGlobals(bytes('capp\nStats\n(ios\nsystem\n.')).names).toEqual(['app.Stats', 'os.system']);
    const memoized = '\x80\x04\x8c\x03app\x94\x8c\x05Stats\x94\x93\x94h\x00h\x01\x93.';
    expect(findPickleGlobals(bytes(memoized))).toEqual({ names: ['app.Stats'], fault: '' });
    expect(findPickleGlobals(bytes('capp\nStats\nK')).fault).toBe(' that breaks off at byte 12');
    expect(findPickleGlobals(bytes('K\x01\xff')).fault).toBe(' that is damaged at byte 2 (opcode 0xff)');
  });

  it('are told from text and other files', () => {
    expect(['\x80\x02c', '\x80\x05\x95', 'capp\nStats\n'].map((text) => isPickle(bytes(text)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['', '\x80', '\x80\x06', 'class A:\n', 'c\nd\n'].map((text) => isPickle(bytes(text)))).toEqual(
      Array(5).fill(false),
    );
  });

  it('has every opcode of Python’s table once', () => {
    expect(PICKLE_OPCODE_NAMES.filter((name) => name !== undefined)).toHaveLength(68);
  });
});
