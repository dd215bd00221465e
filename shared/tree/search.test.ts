import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import { checkQuery, type FrameQuery, findMark, MAX_QUERY_LENGTH, QueryError, searchFrames } from './search.ts';

const builder = new ProfileBuilder();
const FRAMES = [
  ['parse', 'app/parser.py', 10],
  ['sub_parse', 'app/sub.py', 3],
  ['main', 'app/Parse/main.py', 1],
  ["<method 'match' of 're.Pattern' objects>", '~', 0],
  ['<built-in method builtins.len>', '~', 0],
  ['größe', 'app/maß.py', 7],
  ['constructor', '<string>', 2],
] as const;
for (const [name, file, line] of FRAMES) builder.addFrame(name, file, line);
const profile = builder.build();

function found(text: string, mode: FrameQuery['mode'] = 'text', matchCase = false): number[] {
  const { matches, count } = searchFrames(profile, { text, mode, matchCase });
  const frames = [...matches.keys()].filter((frame) => matches[frame] === 1);
  expect(count).toBe(frames.length);
  return frames;
}

describe('searchFrames', () => {
  it('finds text in names and paths without regard to case', () => {
    expect(found('PARSE')).toEqual([0, 1, 2]);
    expect(found('Parse', 'text', true)).toEqual([2]);
  });

  it('finds a function by what pstats prints', () => {
    expect(found('app/sub.py:3(sub_parse)')).toEqual([1]);
    expect(found('{method')).toEqual([3]);
  });

  it('finds a built-in by the name that is shown', () => {
    expect(found('re.Pattern.match')).toEqual([3]);
    expect(found('^len$', 'regex')).toEqual([4]);
  });

  it('finds whole words only, with letters of any script', () => {
    expect(found('parse', 'word')).toEqual([0, 2]);
    expect(found('größe', 'word')).toEqual([5]);
    expect(found('größ', 'word')).toEqual([]);
  });

  it('tries an expression on the name alone, then on place and name', () => {
    expect(found('^(main|parse)$', 'regex')).toEqual([0, 2]);
    expect(found('parser\\.py:1\\d', 'regex')).toEqual([0]);
  });

  it('says which letters of the shown name an expression matched', () => {
    const { spans } = searchFrames(profile, { text: 'p.*e$', mode: 'regex' });
    expect([spans!.from[1], spans!.to[1]]).toEqual([4, 9]);
    expect(spans!.from[4]).toBe(-1);
  });

  it('finds nothing for an empty text', () => {
    expect(found('')).toEqual([]);
    expect(found('', 'regex')).toEqual([]);
  });

  it('takes names of built-in properties as names', () => {
    expect(found('constructor')).toEqual([6]);
    expect(found('__proto__')).toEqual([]);
  });

  it('refuses what is no expression, and what is too long', () => {
    expect(() => found('(', 'regex')).toThrow(QueryError);
    expect(checkQuery({ text: '(', mode: 'regex' })).toMatch(/^Not a regular expression: Unterminated group/);
    expect(checkQuery({ text: '(', mode: 'text' })).toBeNull();
    expect(checkQuery({ text: 'a'.repeat(MAX_QUERY_LENGTH + 1), mode: 'text' })).toMatch(/1001 characters long/);
  });
});

describe('findMark', () => {
  const mark = (shown: string, query: FrameQuery) => {
    const at = findMark(shown, query, null, 0);
    return at === null ? null : shown.slice(at.from, at.to);
  };

  it('marks the letters that were typed', () => {
    expect(mark('sub_Parse', { text: 'parse', mode: 'text' })).toBe('Parse');
    expect(mark('sub_Parse', { text: 'parse', mode: 'text', matchCase: true })).toBeNull();
    expect(mark('parse parser', { text: 'parser', mode: 'word' })).toBe('parser');
  });

  it('marks what an expression was found to match, and never runs it', () => {
    const query: FrameQuery = { text: 'p.*e$', mode: 'regex' };
    expect(findMark('sub_parse', query, searchFrames(profile, query), 1)).toEqual({ from: 4, to: 9 });
    expect(findMark('sub_parse', query, null, 1)).toBeNull();
  });

  it('marks nothing in letters whose lower case has another length', () => {
    expect(mark('İstanbul parse', { text: 'parse', mode: 'text' })).toBeNull();
  });
});
