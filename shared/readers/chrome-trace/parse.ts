/** The JSON of a trace, which may be cut: a bare array needs no closing bracket and may end in a comma. */
import type { Source } from '../../decode/source.ts';
import { getField, isObject, JsonFaults, type JsonObject } from '../json-values.ts';

/** Messages about traces. */
export const faults = new JsonFaults('chrome-trace', 'Save the trace again, or copy it again: it is not whole');

/** The events, and what else an object with events holds. */
export interface ParsedTrace {
  readonly events: readonly unknown[];
  readonly root: JsonObject;
}

/** Parses a trace. @throws FormatError when it breaks off within an event, or within an object that holds events. */
export function parseTrace(source: Source): ParsedTrace {
  const value = parseCut(source);
  if (Array.isArray(value)) return { events: value, root: {} };
  const root = faults.object(value, 'file');
  const events = getField(root, 'traceEvents');
  // A single event, or one object per line, is no trace; a trace without events may be.
  if (events === undefined && isObject(value)) throw faults.at('traceEvents', 'expected an array, found nothing');
  return { events: faults.array(events, 'traceEvents'), root };
}

function parseCut(source: Source): unknown {
  const text = source.text();
  if (!/^\s*\[/.test(text.slice(0, 1000))) return source.json('chrome-trace');
  try {
    return JSON.parse(text);
  } catch {
    let whole = text.trimEnd();
    if (whole.endsWith(']')) whole = whole.slice(0, -1).trimEnd();
    if (whole.endsWith(',')) whole = whole.slice(0, -1);
    try {
      return JSON.parse(`${whole}]`);
    } catch {
      return source.json('chrome-trace');
    }
  }
}
