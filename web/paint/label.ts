/**
 * What a block says, and how much of it fits.
 *
 *   prefix.name  time  share  file:line      as room shrinks: without place, share, time, prefix,
 *   get_tokens…ocessed                       then shortened in the middle, then nothing
 *
 * Nothing is ever clipped and nothing overflows. All lengths are in the pixels of the fonts given.
 */
import { shortenMiddle, splitLetters } from '../../shared/units/names.ts';
import type { Widths } from './text.ts';

/** Label of a block that stands for a function. */
export interface NameLabel {
  readonly prefix: string;
  readonly name: string;
  /** With the sign of an estimate, or as a range, where that is due. */
  readonly time: string;
  readonly share: string;
  readonly place: string;
  /** Own code. */
  readonly strong: boolean;
}

/** Label of any other block: the longest of the texts that fits. */
export interface PlainLabel {
  readonly texts: readonly string[];
}

/** What stands in a block, by kind of block. */
export type BlockLabel = NameLabel | PlainLabel;

/** A run of text in one font and colour. */
export interface LabelPiece {
  readonly text: string;
  readonly font: string;
  /** Names on blocks, what goes with them, or text off them. */
  readonly ink: 'label' | 'label2' | 'quiet';
}

/** Room that fitting may use, and the fonts; `pixel` is one CSS pixel in the fonts' unit. */
export interface LabelRoom {
  readonly room: number;
  readonly normal: string;
  readonly strong: string;
  readonly pixel: number;
}

/** CSS pixels from which the place is shown, and under which nothing is tried. */
const PLACE_FROM = 420;
const LEAST_ROOM = 26;
/** A shortened name has this many letters at least: with fewer it names nothing. */
const LEAST_LETTERS = 8;
const GAP = '  ';

/** Pieces of a label that fit, from left to right; none when nothing does. */
export function fitLabel(measure: Widths, label: BlockLabel, space: LabelRoom): LabelPiece[] {
  return 'texts' in label ? fitTexts(measure, label.texts, space) : fitName(measure, label, space);
}

/** True for rooms in which no name can stand, so that nothing has to be measured. */
export function isTooNarrow(room: number, pixel: number): boolean {
  return room < LEAST_ROOM * pixel * 0.5;
}

function fitTexts(measure: Widths, texts: readonly string[], { room, normal }: LabelRoom): LabelPiece[] {
  const text = texts.find((candidate) => measure.width(candidate, normal) <= room);
  return text === undefined ? [] : [{ text, font: normal, ink: 'quiet' }];
}

function fitName(measure: Widths, label: NameLabel, space: LabelRoom): LabelPiece[] {
  const { room, normal, pixel } = space;
  const font = label.strong ? space.strong : normal;
  const name: LabelPiece = { text: label.name, font, ink: 'label' };
  const prefix: LabelPiece = { text: label.prefix, font: normal, ink: 'label2' };
  const widthOf = (piece: LabelPiece): number => measure.width(piece.text, piece.font);
  const bare = widthOf(name);
  if (bare > room) return shorten(measure, name, space);
  const extras = [label.time, label.share, room >= PLACE_FROM * pixel ? label.place : '']
    .filter((text) => text !== '')
    .map((text): LabelPiece => ({ text: GAP + text, font: normal, ink: 'label2' }));
  const full = bare + widthOf(prefix);
  if (full > room) return [name];
  const pieces = label.prefix === '' ? [name] : [prefix, name];
  let used = full;
  for (const extra of extras) {
    used += widthOf(extra);
    if (used > room) break;
    pieces.push(extra);
  }
  return pieces;
}

/** The name with its middle left out, as long as `room` allows; nothing under eight letters. */
function shorten(measure: Widths, name: LabelPiece, { room, pixel }: LabelRoom): LabelPiece[] {
  const text = room < LEAST_ROOM * pixel ? '' : fitMiddle(measure, name.text, room, name.font);
  return text === '' ? [] : [{ ...name, text }];
}

/** `text`, or as much of its ends as fits with at least eight letters, or `''`. */
export function fitMiddle(measure: Widths, text: string, room: number, font: string): string {
  if (measure.width(text, font) <= room) return text;
  let fits = '';
  let low = LEAST_LETTERS;
  let high = splitLetters(text).length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = shortenMiddle(text, middle);
    if (measure.width(candidate, font) <= room) {
      fits = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  return fits;
}
