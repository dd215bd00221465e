import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../shared/readers/sniff.ts';
import { type FormatsOptions, parseCommandLine } from '../cli.ts';
import { countCharacters } from './fixed.ts';
import { listFormats } from './formats.ts';

function parse(...argv: readonly string[]): FormatsOptions {
  const request = parseCommandLine(['formats', ...argv], '0.0.0');
  if (request.verb !== 'formats') throw new Error('not the verb formats');
  return request.options;
}

describe('the list of formats', () => {
  it.each([40, 60, 80, 109, 110, 120, 300])('fits a terminal of %i columns', (columns) => {
    const lines = listFormats(parse(), columns).split('\n');
    expect(Math.max(...lines.map(countCharacters))).toBeLessThanOrEqual(Math.min(Math.max(columns, 60), 120));
  });

  it('names every format with its files, what is kept and what is lost', () => {
    for (const columns of [80, 120]) {
      const words = listFormats(parse(), columns).split(/\s+/);
      for (const { title, extensions, keeps, loses } of FORMATS) {
        for (const word of [...title.split(' '), ...extensions, ...keeps.split(' '), ...loses.split(' ')]) {
          if (word !== '') expect(words, `${title}: ${word}`).toContain(word);
        }
      }
    }
  });

  it('has a column for what is lost where there is room', () => {
    expect(listFormats(parse(), 120)).toMatch(/^format +files +kept +not kept$/m);
    expect(listFormats(parse(), 80)).toMatch(/^format +files +kept$/m);
  });

  it('is the same for programs', () => {
    const { formats, packings } = JSON.parse(listFormats(parse('--json')));
    expect(formats).toHaveLength(FORMATS.length);
    expect(formats.find(({ id }: { id: string }) => id === 'pstats')).toEqual({
      id: 'pstats',
      title: 'pstats (cProfile)',
      extensions: ['.prof', '.pstats', '.pstat', '.cprof', '.profile'],
      keeps: expect.stringContaining('functions'),
      loses: expect.stringContaining('threads'),
      spec: 'https://docs.python.org/3/library/profile.html',
    });
    expect(packings.map(({ id }: { id: string }) => id)).toEqual(['gzip', 'zstd', 'zip', 'tar']);
  });

  it('has ids and titles once, and says something of each', () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
    expect(new Set(FORMATS.map(({ title }) => title)).size).toBe(FORMATS.length);
    for (const format of FORMATS) {
      expect(format.extensions.length, format.id).toBeGreaterThan(0);
      expect(format.keeps, format.id).not.toBe('');
      expect(format.spec, format.id).toMatch(/^https:\/\//);
    }
  });
});

describe('the verb', () => {
  it('takes no file', () => {
    expect(() => parse('app.prof')).toThrow('formats');
  });
});
