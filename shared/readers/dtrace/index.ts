/**
 * Stacks that DTrace prints: frames innermost first, then how often the stack was seen.
 *
 *     libsystem_kernel.dylib`__psynch_cvwait+0xa
 *     app`main+0x31
 *       15
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { COUNT, DTRACE, parseFrame } from './format.ts';

/** Reads stacks that DTrace printed. */
export const dtraceReader: Reader = {
  ...DTRACE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const stacks = new StackProfile(book, { metrics: [{ name: 'samples', unit: 'count' }], sampled: true });
    let frames: FrameIndex[] = [];
    let isEmpty = true;
    for (const line of source.lines()) {
      const frame = parseFrame(line);
      if (frame !== null) {
        frames.push(book.frame(frame.symbol, frame.module));
        continue;
      }
      const count = COUNT.exec(line);
      // Kernel and user stacks of one key stand one after the other, a blank line between them.
      if (count === null) continue;
      if (frames.length > 0) stacks.addStack(frames.reverse(), [Number(count[1])]);
      else
        notes.add(
          'empty-stack',
          (times) => `${times} ${times === 1 ? 'sample has' : 'samples have'} no stack: left out.`,
          () => null,
          Number(count[1]),
        );
      isEmpty &&= frames.length === 0;
      frames = [];
      refuseTooManyContexts(stacks.contexts.length, DTRACE.id);
    }
    if (isEmpty) {
      throw new FormatError('dtrace: no stack is followed by its count', {
        format: DTRACE.id,
        advice: "Record again: dtrace -x ustackframes=100 -n 'profile-97 /pid == PID/ { @[ustack()] = count(); }'",
      });
    }
    if (frames.length > 0) {
      notes.add(
        'cut-stack',
        () => 'The last stack has no count: it was cut short and left out.',
        () => null,
      );
    }
    onStage('build');
    return { format: DTRACE.id, writer: 'DTrace', profiles: [stacks.build()], warnings: notes.list() };
  },
};
