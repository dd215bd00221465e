import { describe, expect, it } from 'vitest';
import type { ProfileWarning } from '../../shared/errors.ts';
import { getTimesText, mergeNotes } from './notes.ts';

const note = (code: string, message: string, count = 1, where: string | null = null): ProfileWarning => ({
  code,
  message,
  count,
  where,
});

describe('notes about a file', () => {
  it('are one where reader and tree met the same trouble: what it is, then what the tree makes of it', () => {
    const merged = mergeNotes(
      [note('negative-time', '2 times are negative.', 2, 'a.py:1(f)')],
      [note('negative-time', 'A time is negative; the tree takes it as 0.', 3), note('lost-call', 'A call is lost.')],
    );
    expect(merged).toEqual([
      note('negative-time', '2 times are negative. A time is negative; the tree takes it as 0.', 2, 'a.py:1(f)'),
      note('lost-call', 'A call is lost.'),
    ]);
  });

  it('are one where the tree has another code for it', () => {
    const merged = mergeNotes([note('missing-caller', 'One.')], [note('caller-without-entry', 'Two.')]);
    expect(merged.map(({ message }) => message)).toEqual(['One. Two.']);
    expect(mergeNotes([], [note('caller-without-entry', 'Two.')])).toHaveLength(1);
  });

  it('say how often once, not twice', () => {
    expect(getTimesText(note('x', '2 times are negative.', 2), String)).toBe('');
    expect(getTimesText(note('x', 'A call is lost.', 2), String)).toBe('2 times');
    expect(getTimesText(note('x', 'A call is lost.'), String)).toBe('');
  });
});
