import { describe, expect, it } from 'vitest';
import { parseSetting, printSetting, type SeriesSetting } from './option.ts';

const PLAIN: SeriesSetting = { isStacked: false, fromZero: true, zoom: null, hidden: [], other: '' };

describe('the setting of the timeline of series', () => {
  it('is empty by default', () => {
    expect(printSetting(PLAIN)).toBe('');
    expect(parseSetting('')).toEqual(PLAIN);
  });

  it.each([
    ['stack=1', { isStacked: true }],
    ['zero=0', { fromZero: false }],
    ['from=0.5,to=1.25', { zoom: { from: 0.5, to: 1.25 } }],
    ['hide=Real+memory%4014395', { hidden: ['Real', 'memory@14395'] }],
    ['with=1f3a', { other: '1f3a' }],
    ['hide=a%2Cb%2B%3D', { hidden: ['a,b+='] }],
    ['stack=1,zero=0,from=0,to=3,with=x', { isStacked: true, fromZero: false, zoom: { from: 0, to: 3 }, other: 'x' }],
  ])('%s is read and written', (text, change) => {
    const setting = { ...PLAIN, ...change };
    expect(parseSetting(text)).toEqual(setting);
    expect(printSetting(setting)).toBe(text);
  });

  it.each([
    'nonsense',
    'from=2,to=1',
    'from=x,to=3',
    'from=-1,to=2',
    'from=0,to=Infinity',
    'hide=%',
    'with=%E0%A4%A',
    'stack=yes',
    '=,=,,',
  ])('%s makes no sense and is the default', (text) => {
    expect(parseSetting(text)).toEqual(PLAIN);
  });
});
