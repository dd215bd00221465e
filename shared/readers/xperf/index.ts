/**
 * CPU samples that XPerf exported: a row per sample, its stack root first. Nothing is quoted, and names of C++ functions
 * hold commas: the cells behind the stack are counted from the end.
 *
 *     Process Name, Display Name, Process, Stack, Module, Function, Address, Thread ID, CPU, Weight, % Weight, Count, TimeStamp
 *     app.exe, app.exe, app.exe (41), [Root]/ntdll.dll!_Start/app.exe!main, app.exe, main, 0x1, 5104, 0, 1.001, 0.01, 1, 9.7
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { XPERF } from './format.ts';

const ROOT = '[Root]';

/** Reads samples that XPerf exported. */
export const xperfReader: Reader = {
  ...XPERF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    const columns = lines[0]!.split(',').map((column) => column.trim());
    const at = (column: string) => columns.indexOf(column);
    const [process, stackAt] = [at('Process'), at('Stack')];
    const fromEnd = (cells: readonly string[], column: string) =>
      cells[cells.length - columns.length + at(column)] ?? '';
    if (stackAt < process || ['Weight', 'Count'].some((column) => at(column) < stackAt)) {
      throw new FormatError('xperf line 1: the stack should stand between the process and its weight', {
        format: XPERF.id,
        line: 1,
      });
    }
    const notes = new Notes();
    const book = new FrameBook();
    const processes = new Map<string, StackProfile>();
    for (const [index, line] of lines.entries()) {
      if (index === 0 || line.trim() === '') continue;
      const cells = line.split(',').map((cell) => cell.trim());
      const [weight, count] = [Number(fromEnd(cells, 'Weight')), Number(fromEnd(cells, 'Count'))];
      if (cells.length < columns.length || !Number.isFinite(weight) || !Number.isFinite(count)) {
        notes.add(
          'odd-line',
          (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} can’t be read: left out.`,
          () => `line ${index + 1}`,
        );
        continue;
      }
      const name = cells[process]!;
      let stacks = processes.get(name);
      if (stacks === undefined) {
        stacks = new StackProfile(book, {
          name,
          metrics: [
            { name: 'weight', unit: 'milliseconds' },
            { name: 'samples', unit: 'count' },
          ],
          sampled: true,
        });
        processes.set(name, stacks);
      }
      stacks.addStack(readStack(book, cells, stackAt, columns.length, fromEnd), [weight, count]);
      refuseTooManyContexts(stacks.contexts.length, XPERF.id);
    }
    if (processes.size === 0) throw new FormatError('xperf: the table has no row', { format: XPERF.id, line: 1 });
    onStage('build');
    return {
      format: XPERF.id,
      writer: 'XPerf',
      profiles: [...processes.values()].map((stacks) => stacks.build()),
      warnings: notes.list(),
    };
  },
};

/** Frames of a row, root first. The sampled function is not always at the end of its stack. */
function readStack(
  book: FrameBook,
  cells: readonly string[],
  stackAt: number,
  columns: number,
  fromEnd: (cells: readonly string[], column: string) => string,
): FrameIndex[] {
  const own = `${fromEnd(cells, 'Module')}!${fromEnd(cells, 'Function')}`;
  // Cells too many are commas in names: of the stack, or of the function, which ends the stack as a rule.
  const extra = cells.length - columns;
  const stack = extra === 0 ? cells[stackAt]! : cells.slice(stackAt, stackAt + 1 + Math.floor(extra / 2)).join(', ');
  const symbols = stack === '?' || stack === '' ? [] : stack.split('/').filter((symbol) => symbol !== ROOT);
  if (extra === 0 && symbols.at(-1) !== own) symbols.push(own);
  return symbols.map((symbol) => {
    const mark = symbol.indexOf('!');
    return mark < 0 ? book.frame(symbol) : book.frame(symbol.slice(mark + 1), symbol.slice(0, mark));
  });
}
