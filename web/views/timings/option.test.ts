import { describe, expect, it } from 'vitest';
import { parseSetting, printSetting, type TimingsSetting } from './option.ts';

const PLAIN: TimingsSetting = { base: 'fastest', sort: 'file', fromZero: false, row: '' };

describe('the setting of the timings', () => {
  it.each([
    ['', {}],
    ['to=first', { base: 'first' }],
    ['sort=best,zero=1', { sort: 'best', fromZero: true }],
    ['row=%5B1%2C2%5D*1000', { row: '[1,2]*1000' }],
    ['to=first,sort=best,zero=1,row=x', { base: 'first', sort: 'best', fromZero: true, row: 'x' }],
  ] as const)('%s is read and written', (text, change) => {
    const setting = { ...PLAIN, ...change };
    expect(parseSetting(text)).toEqual(setting);
    expect(printSetting(setting)).toBe(text);
  });

  it.each(['nonsense', 'to=slowest', 'sort=', 'zero=yes', 'row=%', '=first,,'])('%s is the default', (text) => {
    expect(parseSetting(text)).toEqual(PLAIN);
  });

  it('leaves out a name for which an address has no room', () => {
    expect(printSetting({ ...PLAIN, row: 'x'.repeat(5000) })).toBe('');
  });
});
