/**
 * Flame charts of pyflame: a line with a time (microseconds since 1970), a line with the stack at that time, and so on.
 *
 *   1795157401782917
 *   busy.py:<module>:20;busy.py:main:18;
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { parseFrame } from '../frame-text.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PYFLAME_FLAMECHART } from './format.ts';

const MILLISECONDS = 1000;

/** Reads what `pyflame -x` writes. */
export const pyflameFlamechartReader: Reader = {
  ...PYFLAME_FLAMECHART,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const stacks = new StackProfile(book, {
      metrics: [{ name: 'samples', unit: 'count' }],
      sampled: true,
      linesRan: true,
      axis: { name: 'time', unit: 'microseconds' },
    });
    let first = Number.NaN;
    let time = Number.NaN;
    let last = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < lines.length; row++) {
      const line = lines[row]!.trim();
      if (line === '') continue;
      if (/^\d{1,17}$/.test(line)) {
        if (!Number.isNaN(time)) noteLine(notes, row);
        time = Number(line);
        if (Number.isNaN(first)) first = time;
        continue;
      }
      if (Number.isNaN(time)) {
        noteLine(notes, row + 1);
        continue;
      }
      if (time < last) {
        notes.add(
          'time-backwards',
          (count) => `${count} times are earlier than the one before.`,
          () => `line ${row}`,
        );
      }
      last = Math.max(time, last);
      const frames = line.split(';').filter((text) => text !== '');
      stacks.addSample(stacks.findStack(frames.map((text) => frameOf(book, text))), time - first, [1]);
      time = Number.NaN;
    }
    if (!Number.isNaN(time)) {
      notes.add(
        'cut',
        () => 'The last time has no stack: the file was cut short.',
        () => `line ${lines.length}`,
      );
    }
    if (stacks.sampleCount === 0) {
      throw new FormatError('pyflame-flamechart: no time has a stack', {
        format: 'pyflame-flamechart',
        line: 1,
        offset: 0,
        advice: 'Record again: pyflame -x -o app.txt -p PID',
      });
    }
    return {
      format: 'pyflame-flamechart',
      writer: 'pyflame',
      profiles: [stacks.build()],
      warnings: notes.list(),
      about: [
        ['began', new Date(first / MILLISECONDS).toISOString()],
        ['first time', `${first} µs since 1970`],
      ],
    };
  },
};

function frameOf(book: FrameBook, text: string): FrameIndex {
  const { name, file, line } = parseFrame(text);
  return book.frame(name, file, line);
}

function noteLine(notes: Notes, row: number): void {
  notes.add(
    'out-of-turn',
    (count) => `${count} lines are no pair of a time and a stack: left out.`,
    () => `line ${row}`,
  );
}
