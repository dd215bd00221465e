import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTION, parseOption, printOption } from './option.ts';

describe('the setting of the timeline', () => {
  it.each([
    ['', DEFAULT_OPTION],
    ['at=12.5-14.1', { ...DEFAULT_OPTION, at: { from: 12.5, to: 14.1 } }],
    ['at=-3--1,list', { ...DEFAULT_OPTION, at: { from: -3, to: -1 }, list: true }],
    ['at=1e-7-2e-7', { ...DEFAULT_OPTION, at: { from: 1e-7, to: 2e-7 } }],
    ['at=0-60,fold=0.2.7,list', { at: { from: 0, to: 60 }, folded: [0, 2, 7], list: true }],
  ])('is the same after it was read from %j and written', (text, option) => {
    expect(parseOption(text)).toEqual(option);
    expect(printOption(option)).toBe(text);
  });

  it.each([
    'at=',
    'at=5-5',
    'at=9-1',
    'at=NaN-3',
    'at=1e999-2e999',
    'fold=',
    'fold=a',
    'fold=-1',
    'x',
    ',,',
    '__proto__',
  ])('is the default where %j makes no sense', (text) => {
    expect(parseOption(text)).toEqual(DEFAULT_OPTION);
  });

  it('writes a window no finer than it can be seen', () => {
    const at = { from: 1 / 3, to: 1 / 3 + 1e-4 };
    expect(printOption({ ...DEFAULT_OPTION, at })).toBe('at=0.33333333-0.33343333');
    expect(printOption({ ...DEFAULT_OPTION, at: { from: 1234.56789, to: 91234.5 } })).toBe('at=1235-91235');
  });
});
