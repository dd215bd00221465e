/**
 * Names of functions and places as they are shown: shorter than the file's, never ambiguous about what was cut.
 *
 * Full names belong in tooltips, details and copies. Paths may have either slash: profiles travel between systems.
 */

/** Extensions that a module's name goes without. */
const MODULE_EXTENSION = /\.(py[cowx]?|pyx|pxd|so|pyd|ipynb)$/;

/**
 * Name of a function without pstats' wrapping of built-ins: `<built-in method builtins.exec>` is `exec`,
 * `<method 'match' of 're.Pattern' objects>` is `re.Pattern.match`. Any other name comes back unchanged.
 */
export function shortName(name: string): string {
  if (!name.startsWith('<') || !name.endsWith('>')) return name;
  const method = /^<method '(.+)' of '(.+)' objects>$/.exec(name);
  if (method) return `${method[2]}.${method[1]}`;
  // The address of the object differs from run to run and tells nothing: `type.__new__`.
  const bound = /^<built-in method (\S+) of (\S+) object at 0x[0-9a-fA-F]+>$/.exec(name);
  if (bound) return `${bound[2]}.${bound[1]}`;
  const builtin = /^<built-in (?:method|function) (?:builtins\.|__builtin__\.)?(.+)>$/.exec(name);
  return builtin ? builtin[1]! : name;
}

/** True for the files that pstats writes for functions without one. */
export function isBuiltinFile(file: string): boolean {
  return file === '~' || file === '';
}

/** Last part of a path, as is for names in angle brackets such as `<frozen importlib._bootstrap>`. */
export function baseName(file: string): string {
  if (file.startsWith('<')) return file;
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** File and line without the folders: `core.py:208`, or `built-in`. The line stands only where there is one. */
export function shortPlace(file: string, line: number): string {
  if (isBuiltinFile(file)) return 'built-in';
  return line > 0 ? `${baseName(file)}:${line}` : baseName(file);
}

/** Module that a file is: its stem, the folder's name for `__init__.py`, the inner name of a frozen one, `''` for built-ins. */
export function moduleOf(file: string): string {
  if (isBuiltinFile(file)) return '';
  const frozen = /^<frozen (.+)>$/.exec(file);
  if (frozen) return frozen[1]!;
  if (file.startsWith('<')) return file;
  const parts = file.split(/[/\\]/);
  const stem = parts.pop()!.replace(MODULE_EXTENSION, '');
  return stem === '__init__' || stem === '__main__' ? parts.pop() || stem : stem;
}

/** `text` cut to `length` characters in the middle, 55 % of them at the head: Python names differ at both ends. */
export function shortenMiddle(text: string, length: number): string {
  const letters = splitLetters(text);
  if (letters.length <= length) return text;
  if (length < 2) return '…';
  const head = Math.ceil((length - 1) * 0.55);
  const tail = length - 1 - head;
  return `${letters.slice(0, head).join('')}…${tail > 0 ? letters.slice(-tail).join('') : ''}`;
}

/**
 * Texts of which one unit is one letter: nearly every name is ASCII, and numbers add signs of their own (≈ – … ↑ and a
 * narrow space). The segmenter is a hundred times slower, and takes 10 ms to begin.
 */
const SINGLE_LETTERS = /^[\x20-\x7e\u2248\u2013\u2026\u2191\u202f]*$/;
let segmenter: Intl.Segmenter | null = null;

/** Characters as a reader counts them, so that no accent or emoji is cut apart. */
export function splitLetters(text: string): string[] {
  if (SINGLE_LETTERS.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en');
  return Array.from(segmenter.segment(text), (part) => part.segment);
}
