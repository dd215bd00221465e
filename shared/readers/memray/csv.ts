/**
 * `memray transform csv`: a row for each place that allocates.
 *
 *   allocator,num_allocations,size,tid,thread_name,stack_trace
 *   MALLOC,12,11473,1,0x1,func;file;12|caller;file;34|…            innermost first
 *
 * Columns are found by their names. A frame's line is the one that ran.
 */
import { type CsvRow, parseCsv } from '../../decode/csv.ts';
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { MEMRAY_CSV } from './format.ts';
import { METRICS } from './metrics.ts';

/** Reads `memray transform csv` files. */
export const memrayCsvReader: Reader = {
  ...MEMRAY_CSV,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const rows = parseCsv(source.text());
    onStage('build');
    const [head, ...body] = rows;
    const column = (name: string) => head?.cells.indexOf(name) ?? -1;
    const [size, count, stack] = [column('size'), column('num_allocations'), column('stack_trace')];
    if (size < 0 || stack < 0) throw fault(1, 'expected the columns “size” and “stack_trace”');
    const [thread, threadName] = [column('tid'), column('thread_name')];
    const notes = new Notes();
    const book = new FrameBook();
    const threads = new ThreadProfiles(book, notes, { metrics: METRICS, sampled: false, linesRan: true });
    for (const row of body) {
      if (row.cells.length < head!.cells.length) {
        if (row !== body.at(-1))
          throw fault(row.line, `expected ${head!.cells.length} cells, found ${row.cells.length}`);
        notes.add(
          'cut-short',
          () => 'The last row is not whole: the file was cut short, and shows only what came before.',
          () => `line ${row.line}`,
        );
        break;
      }
      const key = row.cells[thread] ?? '';
      const stacks = threads.find(key, () => row.cells[threadName] || (key === '' ? '' : `thread ${key}`));
      stacks.addStack(readStack(row.cells[stack]!, book), [toCount(row, size), count < 0 ? 1 : toCount(row, count)]);
      refuseTooManyContexts(stacks.contexts.length, MEMRAY_CSV.id);
    }
    const profiles = threads.build();
    return { format: MEMRAY_CSV.id, writer: 'memray', profiles, warnings: notes.list(), about: threads.about() };
  },
};

/** Frames of a stack, outermost first. */
function readStack(text: string, book: FrameBook): FrameIndex[] {
  if (text === '') return [];
  return text
    .split('|')
    .reverse()
    .map((frame) => {
      const parts = frame.split(';');
      const line = /^\d{1,9}$/.test(parts.at(-1)!) ? Number(parts.pop()) : 0;
      const [name = '', ...file] = parts;
      return book.frame(name, file.join(';'), line);
    });
}

function toCount(row: CsvRow, column: number): number {
  const cell = row.cells[column]!;
  if (/^\d{1,18}$/.test(cell)) return Number(cell);
  throw fault(row.line, `expected a count, found ${JSON.stringify(cell.slice(0, 40))}`);
}

function fault(line: number, found: string): FormatError {
  return new FormatError(`memray-csv line ${line}: ${found}`, {
    format: MEMRAY_CSV.id,
    line,
    offset: 0,
    advice: 'Export it again: memray transform csv FILE.bin',
  });
}
