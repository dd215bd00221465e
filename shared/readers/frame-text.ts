/**
 * Frames that text formats write as one text: name, file and line taken apart, where the text can be put together again
 * from them exactly. Other texts stay whole as the name, so that different frames stay different.
 *
 *   func (file.py:12)   func (file.py)   file.py:func:12   py::func:/path/file.py
 */

/** A frame's name, file (`''`: none) and line (0: none). */
export interface FramePlace {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** A frame of unknown style. */
export function parseFrame(text: string): FramePlace {
  return parseParens(text) ?? parseColons(text) ?? { name: text, file: '', line: 0 };
}

/** `func (file.py:12)` as py-spy, plop and VizTracer write it, or `func (file.py)`; null for anything else. */
export function parseParens(text: string): FramePlace | null {
  if (!text.endsWith(')')) return null;
  const open = text.lastIndexOf(' (');
  if (open <= 0) return null;
  const place = text.slice(open + 2, -1);
  const colon = place.lastIndexOf(':');
  const line = colon > 0 ? parseLine(place.slice(colon + 1)) : -1;
  if (line >= 0) return { name: text.slice(0, open), file: place.slice(0, colon), line };
  return isFile(place) ? { name: text.slice(0, open), file: place, line: 0 } : null;
}

/** `file.py:func:12` as pyflame, Tachyon and Austin write it; taken apart from the right. Null for anything else. */
export function parseColons(text: string): FramePlace | null {
  const last = text.lastIndexOf(':');
  if (last <= 0) return null;
  const line = parseLine(text.slice(last + 1));
  const first = line < 0 ? -1 : text.lastIndexOf(':', last - 1);
  if (first <= 0 || first === last - 1) return null;
  const file = text.slice(0, first);
  // `std::vector::at:12` has no file in front.
  if (file.endsWith(':') || !/[./\\<]/.test(file)) return null;
  return { name: text.slice(first + 1, last), file, line };
}

/** `py::func:/path/file.py`, Python's own frames in perf; null for anything else. */
export function parsePerfPython(text: string): FramePlace | null {
  if (!text.startsWith('py::')) return null;
  const colon = text.indexOf(':', 4);
  if (colon < 0) return null;
  return { name: text.slice(4, colon), file: text.slice(colon + 1), line: 0 };
}

/** A line number that is written the one usual way; -1 for other text. */
function parseLine(text: string): number {
  if (!/^(0|[1-9]\d{0,8})$/.test(text)) return -1;
  return Number(text);
}

function isFile(text: string): boolean {
  return /\.(py|pyx|pyc|pxd|pyi|js|ts|rb|php|c|cc|cpp|h|rs|go|java)$/.test(text) || /^<[^<>]{1,200}>$/.test(text);
}
