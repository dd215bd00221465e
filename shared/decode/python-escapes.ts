/**
 * Text as Python 2 writes it in a line: `'caf\xc3\xa9\n'` with quotes and backslashes, and Unicode with `\u0000` and
 * `\U00000000` only. Escapes that Python does not know stay as they are.
 */

const BACKSLASH = 0x5c;
const SIMPLE = new Map<number, number>(
  (
    [
      ['\\', '\\'],
      ["'", "'"],
      ['"', '"'],
      ['a', '\x07'],
      ['b', '\b'],
      ['f', '\f'],
      ['n', '\n'],
      ['r', '\r'],
      ['t', '\t'],
      ['v', '\v'],
    ] as const
  ).map(([letter, means]) => [letter.charCodeAt(0), means.charCodeAt(0)]),
);
const LOWER_X = 0x78;
/** Arguments that a call takes at once. */
const CHUNK = 8192;

/** Bytes of a quoted byte string, quotes left out. */
export function unescapePython(quoted: Uint8Array): Uint8Array {
  const first = quoted[0];
  const isQuoted = quoted.length >= 2 && (first === 0x27 || first === 0x22) && quoted.at(-1) === first;
  const text = isQuoted ? quoted.subarray(1, -1) : quoted;
  const out = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!;
    const next = text[at + 1] ?? 0;
    const simple = byte === BACKSLASH ? SIMPLE.get(next) : undefined;
    if (simple !== undefined) {
      out[length++] = simple;
      at++;
      continue;
    }
    const isHex = byte === BACKSLASH && next === LOWER_X;
    const digits = byte === BACKSLASH ? (isHex ? readDigits(text, at + 2, 16, 2) : readDigits(text, at + 1, 8, 3)) : '';
    if (digits !== '' && (!isHex || digits.length === 2)) {
      out[length++] = Number.parseInt(digits, isHex ? 16 : 8) & 0xff;
      at += digits.length + (isHex ? 1 : 0);
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Text of Latin-1 with `\u` and `\U` escapes, which is how the text protocol of pickle writes Unicode. */
export function unescapeUnicode(bytes: Uint8Array): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at + 1 < bytes.length; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    const length = bytes[at + 1] === 0x75 ? 4 : bytes[at + 1] === 0x55 ? 8 : 0;
    const digits = length === 0 ? '' : readDigits(bytes, at + 2, 16, length);
    const code = Number.parseInt(digits, 16);
    if (length === 0 || digits.length < length || code > 0x10ffff) continue;
    parts.push(decodeLatin1(bytes.subarray(from, at)), String.fromCodePoint(code));
    at += 1 + length;
    from = at + 1;
  }
  parts.push(decodeLatin1(bytes.subarray(from)));
  return parts.join('');
}

/** Text of one byte per character. (What a `TextDecoder` calls Latin-1 is the code page of Windows.) */
export function decodeLatin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(from, from + CHUNK)));
  }
  return parts.join('');
}

function readDigits(bytes: Uint8Array, from: number, base: 8 | 16, most: number): string {
  let digits = '';
  while (digits.length < most) {
    const digit = String.fromCharCode(bytes[from + digits.length] ?? 0);
    if (!(base === 8 ? /[0-7]/ : /[0-9a-fA-F]/).test(digit)) break;
    digits += digit;
  }
  return digits;
}
