/**
 * Names files that no reader takes, so that nobody is left with "unknown format": profiles of formats that are not
 * read, and everything else that lands on a profile viewer. Nothing is parsed beyond what telling them apart needs.
 */
import { isPickle } from '../../decode/pickle-globals.ts';
import { decodeText } from '../../decode/source.ts';
import { type FormatError, UnknownFormatError } from '../../errors.ts';
import { isControl, isMarshal, recognizeBinary, recognizeMagic } from './binary.ts';
import { recognizeJson } from './json.ts';
import { recognizePickle } from './pickle.ts';
import { otherKind, type Recognized } from './recognized.ts';
import { recognizeText } from './text.ts';

/** Bytes at the start that are looked at as text. Of a first line that is longer, the end is looked at too. */
const TEXT_HEAD_BYTES = 64 * 1024;

/** Kinds that may hold anything: of those it can only be said that no profile format was seen in them. */
const VAGUE_KINDS = new Set(['json', 'marshal', 'pickle', 'binary', 'text']);

const LINE_TAIL_BYTES = 1024;
const LINE_FEED = 0x0a;

export type { Recognized } from './recognized.ts';

/** What the bytes are, as far as can be told without reading them. Never throws. */
export function recognize(bytes: Uint8Array): Recognized {
  if (bytes.length === 0)
    return otherKind('empty', 'an empty file', 'Make the profile again: the program may not have ended');
  const magic = recognizeMagic(bytes);
  if (magic !== null) return magic;
  if (isPickle(bytes)) return recognizePickle(bytes);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const head = bytes.subarray(0, TEXT_HEAD_BYTES);
  if (!isUtf16 && (isMarshal(bytes) || head.some(isControl))) return recognizeBinary(bytes);
  const text = decodeText(head) + decodeLineEnd(bytes);
  const trimmed = text.trimStart();
  if (!isUtf16 && /^[[{]/.test(trimmed) && /^(\{\s*["}]|\{$|\[)/.test(trimmed)) {
    return recognizeJson(
      bytes,
      bytes.findIndex((byte) => byte === 0x7b || byte === 0x5b),
    );
  }
  if (/^(null|true|false|-?\d+(\.\d+)?([eE][-+]?\d+)?|"[^"]*")\s*$/.test(trimmed)) {
    return {
      ...otherKind('json', 'JSON'),
      found: ` with the one value ${trimmed.trim().slice(0, 40)}`,
    };
  }
  if (isMostlyInvalid(text)) return recognizeBinary(bytes);
  return recognizeText(text);
}

/** The last characters of the first line, when that line goes on behind the head: a count may stand there. */
function decodeLineEnd(bytes: Uint8Array): string {
  if (bytes.length <= TEXT_HEAD_BYTES || bytes.subarray(0, TEXT_HEAD_BYTES).includes(LINE_FEED)) return '';
  const lineEnd = bytes.indexOf(LINE_FEED, TEXT_HEAD_BYTES);
  const end = lineEnd < 0 ? bytes.length : lineEnd;
  return decodeText(bytes.subarray(Math.max(TEXT_HEAD_BYTES, end - LINE_TAIL_BYTES), end));
}

/** True when more than a third of the text could not be decoded: then it is none. */
function isMostlyInvalid(text: string): boolean {
  let invalid = 0;
  for (let i = 0; i < text.length; i++) if (text[i] === '\ufffd') invalid++;
  return invalid * 3 > text.length;
}

/** The error that names what was found and says what to do. */
export function describeUnread(bytes: Uint8Array): FormatError {
  const kind = recognize(bytes);
  const found = `${kind.what}${kind.found ?? ''}`;
  const details = { format: kind.id, offset: 0, advice: kind.advice };
  if (kind.id === 'empty') return new UnknownFormatError('The file is empty (0 bytes)', details);
  if (kind.id === 'blank') return new UnknownFormatError('The file holds nothing but blanks', details);
  if (kind.isProfile) {
    return new UnknownFormatError(`This is ${found}, which tsviz can't read`, details);
  }
  const isVague = VAGUE_KINDS.has(kind.id);
  return new UnknownFormatError(`This is ${found}, not a profile${isVague ? ' that tsviz knows' : ''}`, details);
}
