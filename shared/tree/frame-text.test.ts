import { expect, test } from 'vitest';
import { FrameBook } from '../model/frame-book.ts';
import { StackProfile } from '../model/stack-profile.ts';
import { getOtherPlace, getPrefix, getShownName } from './frame-text.ts';

test('a function that is called by its line has its place said once', () => {
  const book = new FrameBook();
  const byLine = book.frame('<frozen importlib._bootstrap>:488', '<frozen importlib._bootstrap>', 488);
  const byName = book.frame('_load', '/usr/lib/python3/importlib/_bootstrap.py', 1360);
  const stacks = new StackProfile(book, { metrics: [{ name: 'size', unit: 'bytes' }], sampled: true });
  stacks.addStack([byLine, byName], [1]);
  const profile = stacks.build();

  const say = (frame: number) => [
    getPrefix(profile, frame),
    getShownName(profile, frame),
    getOtherPlace(profile, frame),
  ];
  expect(say(byLine)).toEqual(['', '<frozen importlib._bootstrap>:488', '']);
  expect(say(byName)).toEqual(['_bootstrap.', '_load', '_bootstrap.py:1360']);
});
