/**
 * Names of functions as `pstats` prints them, taken apart again.
 *
 *   /a/b.py:12(f)      file, line, name; the name may hold brackets, the path a drive letter
 *   {built-in len}     ('~', 0, '<built-in len>')
 *   :0(len)            ('', 0, 'len'), of the module `profile`
 */

/** A function at a place, as pstats keeps it. */
export interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** What a printed name stands for. Linear. */
export function parsePlace(text: string): Place {
  if (text.startsWith('{') && text.endsWith('}')) return { name: `<${text.slice(1, -1)}>`, file: '~', line: 0 };
  if (text.endsWith(')')) {
    // The entry that the module `profile` makes of the command itself, which may be any text.
    const isCommand = text.startsWith('profile:0(');
    let bracket = isCommand ? 'profile:0'.length : text.lastIndexOf('(');
    for (; bracket > 0; bracket = text.lastIndexOf('(', bracket - 1)) {
      let digit = bracket;
      while (digit > 0 && isDigit(text.charCodeAt(digit - 1))) digit--;
      const start = text[digit - 1] === '-' ? digit - 1 : digit;
      if (digit < bracket && text[start - 1] === ':') {
        const line = Number(text.slice(start, bracket));
        return { name: text.slice(bracket + 1, -1), file: text.slice(0, start - 1), line: clampLine(line) };
      }
    }
  }
  return { name: text, file: '~', line: 0 };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function clampLine(line: number): number {
  return Math.abs(line) < 2 ** 31 ? line : 0;
}
