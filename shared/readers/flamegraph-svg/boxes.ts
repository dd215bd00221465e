/**
 * The boxes of a flame graph picture, found by a scan for tags: nothing of the file is ever used as markup, and no entity
 * but the five of XML and numbers is known.
 *
 *   <g><title>main (app.py:3) (12 samples, 5.94%)</title><rect x="0" y="52" width="10%" ... fg:x="0" fg:w="12"/></g>
 */
import { FormatError } from '../../errors.ts';

/** A box. */
export interface Box {
  readonly name: string;
  /** What the title says: samples, or whatever was counted. */
  readonly value: number;
  readonly y: number;
  /** In pixels or percent, or in samples where the picture says that too. */
  readonly x: number;
  readonly width: number;
}

/** What is in a picture. */
export interface Picture {
  readonly boxes: readonly Box[];
  /** What was counted: `samples`, `bytes`. */
  readonly counted: string;
  /** Boxes whose title holds no number. */
  readonly unread: number;
}

const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const MAX_CODE_POINT = 0x10ffff;

/** All boxes, in the order of the file. @throws FormatError when the picture is cut, or declares entities. */
export function findBoxes(text: string): Picture {
  if (!/<\/svg\s*>\s*(<!--[^>]{0,1000}-->\s*)?$/.test(text.slice(-2000))) {
    throw fault('the picture breaks off: it does not end in </svg>', text.length);
  }
  const boxes: Box[] = [];
  let counted = '';
  let unread = 0;
  let hasSamples = true;
  let depth = 0;
  let title: string | null = null;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const end = findTagEnd(text, at);
    if (end < 0) throw fault('a tag never ends', at);
    const tag = text.slice(at + 1, Math.min(end, at + 20)).toLowerCase();
    const from = at;
    at = end + 1;
    if (tag.startsWith('!doctype')) {
      if (/<!ENTITY/i.test(text.slice(from, end))) {
        throw fault('the picture declares entities of its own, which no flame graph does', from);
      }
    } else if (/^(script|style)[\s>]?/.test(tag) && text[end - 1] !== '/') {
      const close = text.indexOf(`</${tag.startsWith('script') ? 'script' : 'style'}`, end);
      at = close < 0 ? text.length : close;
    } else if (/^g([\s>]|$)/.test(tag)) {
      depth++;
      title = readOldTitle(text.slice(from, end));
    } else if (tag.startsWith('/g')) {
      depth = Math.max(0, depth - 1);
      title = null;
    } else if (/^title([\s>]|$)/.test(tag)) {
      const close = text.indexOf('</', end);
      if (depth > 0 && close > 0) title = decodeEntities(text.slice(end + 1, close));
      // No tag begins in a title: looking for its end again from each of them would never end.
      at = close < 0 ? text.length : close;
    } else if (/^rect([\s/>]|$)/.test(tag) && title !== null) {
      const parsed = parseTitle(title);
      if (parsed === null) unread++;
      else {
        const attributes = readAttributes(text.slice(from, end));
        const [fgX, fgWidth] = [attributes.get('fg:x'), attributes.get('fg:w')];
        hasSamples &&= fgX !== undefined && fgWidth !== undefined;
        counted ||= parsed.counted;
        boxes.push({
          name: parsed.name,
          value: parsed.value,
          y: toNumber(attributes.get('y')),
          x: toNumber(hasSamples ? fgX : attributes.get('x')),
          width: toNumber(hasSamples ? fgWidth : attributes.get('width')),
        });
      }
      title = null;
    }
  }
  return { boxes, counted, unread };
}

/** Place of the `>` that ends a tag, comment or declaration; -1 when there is none. */
function findTagEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return endOf('-->');
  if (text.startsWith('<![CDATA[', start)) return endOf(']]>');
  let quote = '';
  let inner = 0;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[') inner++;
    else if (char === ']') inner--;
    else if (char === '>' && inner <= 0) return at;
  }
  return -1;

  function endOf(mark: string): number {
    const found = text.indexOf(mark, start);
    return found < 0 ? -1 : found + mark.length - 1;
  }
}

/** Attributes of a tag, by name. */
function readAttributes(tag: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, value] of tag.matchAll(/\s([\w:-]{1,40})="([^"]*)"/g)) attributes.set(name!, value!);
  return attributes;
}

function toNumber(value = '0'): number {
  const number = Number.parseFloat(value);
  return Number.isFinite(number) ? number : 0;
}

/** Pictures of before 2014 have the title in a handler: `onmouseover="s('name (12 samples, 5.9%)')"`. */
function readOldTitle(tag: string): string | null {
  const value = / onmouseover="s\('([^"]*)'\)"/.exec(tag)?.[1];
  return value === undefined ? null : decodeEntities(value);
}

/** `name (1,234 samples, 5.94%)`; differences add `; +1.2%`. */
function parseTitle(title: string): { readonly name: string; readonly value: number; readonly counted: string } | null {
  const text = title.trim();
  const open = text.lastIndexOf(' (');
  if (open < 0 || text.length - open > 200) return null;
  const [, digits, counted] = /^ \(([\d,]+(?:\.\d+)?) ([^,()]+), [^()]*\)$/.exec(text.slice(open)) ?? [];
  if (digits === undefined) return null;
  return { name: text.slice(0, open), value: Number(digits.replaceAll(',', '')), counted: counted! };
}

/** Text with the entities of XML; others stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole;
  });
}

function fault(message: string, offset: number): FormatError {
  return new FormatError(`flamegraph-svg: ${message}`, {
    format: 'flamegraph-svg',
    offset,
    advice: 'Save the picture again, or the stacks it was made of: py-spy record -f raw',
  });
}
