/**
 * plop's files: one Python literal, stacks **leaf first** with their samples.
 *
 *   {(('app.py', 12, 'total'), ('app.py', 65, 'main')): 3, ...}
 *
 * The line is the one that was running.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PLOP } from './format.ts';
import { Literal } from './literal.ts';

/** Reads plop's files. */
export const plopReader: Reader = {
  ...PLOP,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const stacks = new StackProfile(book, {
      metrics: [{ name: 'samples', unit: 'count' }],
      sampled: true,
      linesRan: true,
    });
    const literal = new Literal(source.text());
    literal.expect('{', 'a dict of stacks');
    while (!literal.skip('}')) {
      const frames = readStack(literal, book);
      literal.expect(':', 'the samples of a stack');
      const samples = literal.number('the samples of a stack, an int');
      if (frames.length === 0) {
        notes.add(
          'empty-stack',
          (count) => `${count} ${count === 1 ? 'sample has' : 'samples have'} no stack: left out.`,
          () => null,
          samples,
        );
      }
      stacks.addStack(frames.reverse(), [samples]);
      refuseTooManyContexts(stacks.contexts.length, PLOP.id);
      if (!literal.skip(',') && literal.peek() !== '}')
        throw literal.fail('another stack or the end of the dict ("}")');
    }
    if (literal.peek() !== '') throw literal.fail('nothing behind the dict');
    onStage('build');
    return { format: PLOP.id, writer: 'plop', profiles: [stacks.build()], warnings: notes.list() };
  },
};

/** The frames of one stack, leaf first as they stand. */
function readStack(literal: Literal, book: FrameBook): FrameIndex[] {
  const frames: FrameIndex[] = [];
  literal.expect('(', 'a stack, a tuple of frames');
  while (!literal.skip(')')) {
    literal.expect('(', 'a frame as (file, line, name)');
    const file = literal.string('the file of a frame, a string');
    literal.expect(',', 'a comma behind the file');
    const line = literal.number('the line of a frame, an int');
    literal.expect(',', 'a comma behind the line');
    const name = literal.string('the name of a function, a string');
    literal.skip(',');
    literal.expect(')', 'the end of a frame');
    frames.push(book.frame(name, file, Math.abs(line) < 2 ** 31 ? line : 0));
    if (!literal.skip(',') && literal.peek() !== ')') throw literal.fail('another frame or the end of the stack (")")');
  }
  return frames;
}
