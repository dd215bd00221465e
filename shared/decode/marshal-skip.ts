/**
 * Stepping over marshal values that nobody asks for, however deep, by a loop: references have to be counted all the
 * same, since later ones are numbered by them.
 */
import type { MarshalReader } from './marshal.ts';
import { FLAG_REF, RefKind } from './marshal-cursor.ts';
import { MarshalType as T } from './marshal-types.ts';

/** Nesting that is followed, as in CPython. */
const MAX_DEPTH = 2000;

/** Steps over any value, however deep, with its references counted. Returns false for False, None and 0, else true. */
export function skipMarshal(reader: MarshalReader, what: string): boolean {
  // Open containers: items still to come (dicts: Infinity), and what their slot becomes.
  const left: number[] = [];
  const slots: number[] = [];
  const kinds: number[] = [];
  const starts: number[] = [];
  let isTrue = true;
  for (let isFirst = true; isFirst || left.length > 0; isFirst = false) {
    while (left.length > 0 && left[left.length - 1] === 0) {
      reader.fillSlot(slots.pop()!, kinds.pop()!, starts.pop()!);
      left.pop();
    }
    if (left.length === 0 && !isFirst) break;
    const top = left.length - 1;
    if (top >= 0) {
      if (left[top] === Number.POSITIVE_INFINITY) {
        if (reader.closesDict(what)) {
          left[top] = 0;
          continue;
        }
      } else left[top]!--;
    }
    const at = reader.pos;
    const kind = getContainerKind(reader.peekType());
    if (kind < 0) {
      const isScalarTrue = skipScalar(reader, what);
      if (isFirst) isTrue = isScalarTrue;
      continue;
    }
    if (left.length >= MAX_DEPTH) {
      throw reader.error(at, `values nested deeper than ${MAX_DEPTH}`, what);
    }
    slots.push(reader.takeSlot());
    kinds.push(kind);
    starts.push(at);
    left.push(openContainer(reader, what));
  }
  return isTrue;
}

/** Opens the container that is next; returns how many values follow, Infinity for dicts. */
function openContainer(reader: MarshalReader, what: string): number {
  const type = reader.peekType();
  if (type === T.dict || type === T.frozenDict) {
    reader.pos++;
    return Number.POSITIVE_INFINITY;
  }
  if (type === T.slice) {
    reader.pos++;
    return 3;
  }
  if (type === T.set || type === T.frozenSet) {
    const count = reader.readLength(reader.pos, what);
    if (count > reader.end - reader.pos - 5) throw reader.tooLong(reader.pos, count, 'item', what);
    reader.pos += 5;
    return count;
  }
  return reader.openTuple(what);
}

/** Steps over a value that holds no others; returns its truth. */
function skipScalar(reader: MarshalReader, what: string): boolean {
  const at = reader.pos;
  switch (reader.peekType()) {
    case T.none:
    case T.stopIteration:
    case T.ellipsis: {
      const isNone = reader.peekType() === T.none;
      if (reader.bytes[at]! & FLAG_REF) reader.addRef(RefKind.other, 0);
      reader.pos = at + 1;
      return !isNone;
    }
    case T.complex:
    case T.complexText: {
      const flagged = (reader.bytes[at]! & FLAG_REF) !== 0;
      if (reader.peekType() === T.complex) reader.pos = at + 17;
      else {
        const first = reader.bytes[at + 1] ?? 0;
        reader.pos = at + 3 + first + (reader.bytes[at + 2 + first] ?? 0);
      }
      if (reader.pos > reader.end) throw reader.cutShort(what);
      if (flagged) reader.addRef(RefKind.other, 0);
      return true;
    }
    case T.ref:
      reader.getSlot(what);
      reader.pos = at + 5;
      return true;
    case T.string:
    case T.interned:
    case T.stringRef:
    case T.unicode:
    case T.ascii:
    case T.asciiInterned:
    case T.shortAscii:
    case T.shortAsciiInterned:
      reader.readString(what);
      return true;
    default:
      return reader.readNumber(what) !== 0;
  }
}

/** Kind of slot a container gets, or -1 for what is no container. */
function getContainerKind(type: number): number {
  switch (type) {
    case T.tuple:
    case T.smallTuple:
    case T.list:
      return RefKind.tuple;
    case T.dict:
    case T.frozenDict:
      return RefKind.dict;
    case T.set:
    case T.frozenSet:
    case T.slice:
      return RefKind.other;
    default:
      return -1;
  }
}
