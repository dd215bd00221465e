/**
 * Stacks, which `scalene --stacks` adds: `[[frame …, outermost first], counts]`. By version a frame is an object, a
 * list `[file, function, line]` or a text `file function:line;`, and counts are an object, a list whose first is the
 * number of samples, or that number.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';
import { SCALENE } from './format.ts';

/** The stacks of a profile; null without any. */
export function readStacks(file: JsonObject, book: FrameBook): StackProfile | null {
  const list = getField(file, 'stacks');
  if (!Array.isArray(list) || list.length === 0) return null;
  const stacks = new StackProfile(book, {
    name: 'stacks',
    metrics: [{ name: 'samples', unit: 'count' }],
    sampled: true,
    linesRan: true,
  });
  for (const each of list) {
    if (!Array.isArray(each) || !Array.isArray(each[0])) continue;
    stacks.addStack(
      each[0].map((frame) => readFrame(frame, book)),
      [countSamples(each[1])],
    );
    refuseTooManyContexts(stacks.contexts.length, SCALENE.id);
  }
  return stacks.contexts.length === 0 ? null : stacks;
}

function readFrame(frame: unknown, book: FrameBook): FrameIndex {
  if (Array.isArray(frame)) return nameFrame(book, frame[1], frame[0], frame[2]);
  if (isObject(frame)) {
    const name = getField(frame, 'function_name') ?? getField(frame, 'function');
    return nameFrame(
      book,
      name,
      getField(frame, 'filename'),
      getField(frame, 'line_number') ?? getField(frame, 'lineno'),
    );
  }
  const text = asText(frame).replace(/;$/, '');
  const colon = text.lastIndexOf(':');
  const blank = text.lastIndexOf(' ', colon);
  if (colon < 0 || blank < 0) return nameFrame(book, text, '', 0);
  return nameFrame(book, text.slice(blank + 1, colon), text.slice(0, blank), text.slice(colon + 1));
}

function nameFrame(book: FrameBook, name: unknown, file: unknown, line: unknown): FrameIndex {
  const number = asNumber(line);
  return book.frame(asText(name), asText(file), Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : 0);
}

function countSamples(counts: unknown): number {
  const value = Array.isArray(counts) ? counts[0] : isObject(counts) ? getField(counts, 'count') : counts;
  return asNumber(value) || 0;
}
