/**
 * Logs of Papyrus' profiler: a line for each begin and end of a call, by milliseconds and stack.
 *
 *     Script_quest log opened (PC)
 *     500:PUSH:3053:1:questForm (24021278):quest..first           time, event, stack, depth, form, script..function
 *     1500:POP:3053:1:questForm (24021278):quest..first
 *     Log closed
 *
 * Each stack is a thread. What ends without having begun was running when the log was opened.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { CallTimeline } from '../call-timeline.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { EVENT, PAPYRUS } from './format.ts';

interface Call {
  readonly isBegin: boolean;
  readonly time: number;
  readonly frame: FrameIndex;
  readonly line: number;
}

/** Reads logs of Papyrus. */
export const papyrusReader: Reader = {
  ...PAPYRUS,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const { threads, start, end } = readEvents(source.lines(), book, notes);
    if (threads.size === 0) {
      throw new FormatError('papyrus line 2: the log tells of no call', { format: PAPYRUS.id, line: 2 });
    }
    onStage('build');
    const profiles = [...threads].map(([id, calls]) => {
      const stacks = new StackProfile(book, {
        name: `stack ${id}`,
        metrics: [{ name: 'time', unit: 'milliseconds' }],
        sampled: false,
      });
      addCalls(stacks, calls, end - start, notes);
      return stacks;
    });
    return {
      format: PAPYRUS.id,
      writer: 'Papyrus',
      profiles: profiles.map((stacks) => stacks.build()),
      warnings: notes.list(),
    };
  },
};

/** Calls by stack, their times since the first line, which never fall. */
function readEvents(
  lines: readonly string[],
  book: FrameBook,
  notes: Notes,
): { readonly threads: Map<string, Call[]>; readonly start: number; readonly end: number } {
  const threads = new Map<string, Call[]>();
  let start = Number.NaN;
  let now = 0;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index]!.trim();
    const [, time, event, stack, name] = EVENT.exec(line) ?? [];
    if (time === undefined) {
      if (line !== '' && line !== 'Log closed' && !/^\d{1,15}:(?:START|STOP):/.test(line)) {
        notes.add(
          'odd-line',
          (count) => `${count} ${count === 1 ? 'line' : 'lines'} can’t be read: left out.`,
          () => `line ${index + 1}`,
        );
      }
      continue;
    }
    if (Number.isNaN(start)) [start, now] = [Number(time), Number(time)];
    if (Number(time) < now) {
      notes.add(
        'time-backwards',
        (count) =>
          `${count} ${count === 1 ? 'time is' : 'times are'} before the one of the line before: taken as no time.`,
        () => `line ${index + 1}`,
      );
    }
    now = Math.max(now, Number(time));
    if (event!.startsWith('QUEUE')) continue;
    const calls = threads.get(stack!) ?? [];
    threads.set(stack!, calls);
    calls.push({ isBegin: event === 'PUSH', time: now - start, frame: book.frame(name!), line: index + 1 });
  }
  return { threads, start, end: now };
}

/** Adds the calls of a stack, after those that were running at the start. */
function addCalls(stacks: StackProfile, calls: readonly Call[], end: number, notes: Notes): void {
  const timeline = new CallTimeline(stacks);
  const begin = (frame: FrameIndex, time: number, line: number) => {
    if (timeline.open(frame, time)) return;
    throw new FormatError(`papyrus line ${line}: calls are nested too deeply`, { format: PAPYRUS.id, line });
  };
  const running: Call[] = [];
  let depth = 0;
  for (const call of calls) {
    if (call.isBegin) depth++;
    else if (depth > 0) depth--;
    else running.push(call);
  }
  // The one that ended last is the outermost.
  const open: FrameIndex[] = [];
  for (const { frame, line } of running.reverse()) {
    begin(frame, 0, line);
    open.push(frame);
  }
  for (const { isBegin, time, frame, line } of calls) {
    if (isBegin) {
      begin(frame, time, line);
      open.push(frame);
      refuseTooManyContexts(stacks.contexts.length, PAPYRUS.id);
      continue;
    }
    if (open.pop() !== frame) {
      notes.add(
        'other-end',
        (count) =>
          `${count} ${count === 1 ? 'call ends' : 'calls end'} under another name: taken as the innermost one’s end.`,
        () => `line ${line}`,
      );
    }
    timeline.close(time);
  }
  const left = timeline.finish(end);
  if (left === 0) return;
  notes.add(
    'left-open',
    (count) => `${count} ${count === 1 ? 'call has' : 'calls have'} no end: shown as running to the end.`,
    () => null,
    left,
  );
}
