/**
 * `tsviz formats`: what can be opened, for people as a table that fits their terminal, for programs as JSON. Reads
 * nothing and loads no reader.
 */
import type { Format } from '../../shared/readers/reader.ts';
import { FORMATS } from '../../shared/readers/sniff.ts';
import type { FormatsOptions } from '../cli.ts';
import { plainJson } from '../terminal.ts';
import { countCharacters, fillTo } from './fixed.ts';

/** Columns of a table that nobody watches, and the most that are used. */
const DEFAULT_WIDTH = 80;
const LEAST_WIDTH = 60;
const MOST_WIDTH = 120;
/** From here on, what is lost has a column of its own. */
const WIDE = 110;
const GAP = '  ';

/** What files may be packed in, whatever the format. */
const PACKINGS = [
  { id: 'gzip', title: 'gzip', extensions: ['.gz'], keeps: 'one packed file of any format' },
  { id: 'zstd', title: 'Zstandard', extensions: ['.zst'], keeps: 'one packed file of any format' },
  { id: 'zip', title: 'zip archive', extensions: ['.zip'], keeps: 'all profiles in it, together' },
  { id: 'tar', title: 'tar archive', extensions: ['.tar', '.tar.gz', '.tgz'], keeps: 'all profiles in it, together' },
];

/** The list. `columns`: those of the terminal, if there is one. */
export function listFormats(options: FormatsOptions, columns = DEFAULT_WIDTH): string {
  const formats = FORMATS.toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  if (options.json) {
    const shown = formats.map(({ id, title, extensions, keeps, loses, spec }) => {
      return { id, title, extensions, keeps, loses, spec };
    });
    return plainJson({ formats: shown, packings: PACKINGS }, 2);
  }
  const width = Math.min(Math.max(columns, LEAST_WIDTH), MOST_WIDTH);
  return [
    ...toTable(formats, width),
    '',
    ...toTable(PACKINGS, width, 'packed as'),
    '',
    ...wrap('Files are known by their content; the names of files are those that tools usually give.', width),
  ].join('\n');
}

type Row = Pick<Format, 'title' | 'extensions' | 'keeps'> & Partial<Pick<Format, 'loses'>>;

function toTable(rows: readonly Row[], width: number, head = 'format'): string[] {
  const isWide = width >= WIDE && rows.some(({ loses }) => loses !== undefined);
  const title = Math.floor(width * (isWide ? 0.22 : 0.28));
  const longest = Math.max(...FORMATS.flatMap(({ extensions }) => extensions.map(({ length }) => length)));
  const names = Math.min(longest, Math.floor(width * 0.25));
  const rest = width - title - names - GAP.length * (isWide ? 3 : 2);
  const widths = isWide ? [title, names, Math.ceil(rest / 2), Math.floor(rest / 2)] : [title, names, rest];
  const toCells = (row: Row): string[][] => {
    const [keeps, loses] = [wrap(row.keeps, widths[2]!), row.loses ?? ''];
    const place = [wrap(row.title, title), wrap(row.extensions.join(' '), names)];
    if (isWide) return [...place, keeps, wrap(loses, widths[3]!)];
    return [...place, loses === '' ? keeps : [...keeps, ...wrap(`not: ${loses}`, rest)]];
  };
  const heads = isWide ? [head, 'files', 'kept', 'not kept'] : [head, 'files', 'kept'];
  return [
    ...toLines(
      heads.map((text) => [text]),
      widths,
    ),
    ...toLines(
      widths.map((count) => ['-'.repeat(count)]),
      widths,
    ),
    ...rows.flatMap((row) => toLines(toCells(row), widths)),
  ];
}

/** Lines of one row of the table. */
function toLines(cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((count, column) => fillTo(cells[column]?.[line] ?? '', count))
      .join(GAP)
      .trimEnd(),
  );
}

/** Text in lines of at most `width` characters, broken between words; a longer word is cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = line === '' ? word : `${line} ${word}`;
    if (line !== '' && countCharacters(rest) > width) {
      lines.push(line);
      rest = word;
    }
    while (countCharacters(rest) > width) {
      lines.push([...rest].slice(0, width).join(''));
      rest = [...rest].slice(width).join('');
    }
    line = rest;
  }
  return line === '' ? lines : [...lines, line];
}
