/**
 * `py-spy dump`: what every thread of a process was doing at one moment. Each thread is a profile of one stack.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { Head } from '../head.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import type { Dump, DumpThread } from './dump.ts';
import { PY_SPY_DUMP } from './format.ts';
import { readJson } from './json.ts';
import { readText } from './text.ts';

/** Reads dumps of py-spy. */
export const pySpyDumpReader: Reader = {
  ...PY_SPY_DUMP,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const isJson = new Head(source.bytes).keys !== null;
    const dump = isJson ? readJson(source.json(PY_SPY_DUMP.id)) : readText(source.lines(), notes);
    if (dump.threads.length === 0) {
      throw new FormatError('py-spy-dump: no thread is in the dump', {
        format: PY_SPY_DUMP.id,
        advice: 'Make it again while the program runs: py-spy dump --pid PID',
      });
    }
    onStage('build');
    const book = new FrameBook();
    const hasSeveral = dump.processes.length > 1;
    const stacks = dump.threads.map((thread) => {
      const profile = new StackProfile(book, {
        name: nameThread(thread, hasSeveral),
        metrics: [{ name: 'samples', unit: 'count' }],
        sampled: true,
        linesRan: true,
      });
      const frames = thread.frames.map(({ name, file, line }) => book.frame(name, file, line));
      profile.addStack(frames.reverse(), [1]);
      return profile;
    });
    return {
      format: PY_SPY_DUMP.id,
      writer: 'py-spy',
      profiles: stacks.map((profile) => profile.build()),
      warnings: notes.list(),
      about: describe(dump, hasSeveral),
    };
  },
};

/** `MainThread 8238`, as py-spy's own tables name it. */
function nameThread({ name, id, process }: DumpThread, hasSeveral: boolean): string {
  const own = `${name === '' ? 'Thread' : name} ${id}`.trim();
  return hasSeveral ? `process ${process}: ${own}` : own;
}

function describe({ processes, threads }: Dump, hasSeveral: boolean): (readonly [string, string])[] {
  return [
    ...processes.flatMap(({ id, about }) => [
      ...(id === '' ? [] : [['process', id] as const]),
      ...about.map(([name, value]) => [hasSeveral ? `process ${id}: ${name}` : name, value] as const),
    ]),
    ...threads.map((thread) => [nameThread(thread, hasSeveral), thread.state] as const),
  ];
}
