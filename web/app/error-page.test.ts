import { describe, expect, it } from 'vitest';
import type { ReadFailure } from '../../shared/protocol/worker.ts';
import { splitAdvice, splitMessage } from './error-page.ts';

const failure = (message: string, more: Partial<ReadFailure> = {}): ReadFailure => ({
  code: 'format',
  message,
  format: 'pstats',
  advice: null,
  excerpt: null,
  ...more,
});

describe('the page of a file that can’t be opened', () => {
  it('says in the heading what happened and in the text where', () => {
    expect(splitMessage(failure('pstats byte 90000: the file ends here, but a count was expected'))).toEqual({
      heading: 'This file ends in the middle of a profile',
      lead: 'It looks like a pstats file. At byte 90,000: the file ends here, but a count was expected.',
    });
    expect(splitMessage(failure('gzip byte 3328: the checksum does not match')).heading).toBe('This file is damaged');
  });

  it('says what another kind of file is', () => {
    const other = failure('This is a Callgrind profile: tsviz does not read that format yet', {
      code: 'unknown-format',
    });
    expect(splitMessage(other)).toEqual({
      heading: 'This is a Callgrind profile',
      lead: 'tsviz does not read that format yet.',
    });
    expect(splitMessage(failure('This is an ELF program, not a profile'))).toEqual({
      heading: 'This is an ELF program',
      lead: 'It is not a profile.',
    });
  });

  it('gives the command apart from the words around it', () => {
    const file = (advice: string | null, format: string | null) => ({
      name: 'x.bin',
      bytes: 1,
      failure: failure('', { advice, format }),
    });
    expect(splitAdvice(file('Make a pstats file: python -m cProfile -o app.prof app.py', null))).toEqual({
      words: 'Make a pstats file',
      command: 'python -m cProfile -o app.prof app.py',
    });
    expect(splitAdvice(file('Make the profile again: the program may not have ended', null)).command).toBeNull();
    expect(splitAdvice(file('Unpack it first: zstd -d FILE', null)).command).toBe('zstd -d x.bin');
    expect(splitAdvice(file('Run `perf script` first: perf script > app.perf.txt', null)).command).toBe(
      'perf script > app.perf.txt',
    );
    expect(splitAdvice({ ...file('Unpack it first: unxz FILE', null), name: 'x; rm -rf y' }).command).toBe('unxz FILE');
    expect(splitAdvice(file(null, 'pstats')).command).toBe('python -m cProfile -o app.prof app.py');
  });
});
