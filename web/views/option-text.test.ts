import { describe, expect, it } from 'vitest';
import { parseOption, printOption } from './option-text.ts';

describe('a setting as text', () => {
  it('reads as it was written, whatever is in it', () => {
    const settings = { by: 'file', find: '50%;a=b %3B é', line: '12' };
    expect(printOption(settings)).toBe('by=file;find=50%25%3Ba=b %253B é;line=12');
    expect(Object.fromEntries(parseOption(printOption(settings)))).toEqual(settings);
  });

  it('leaves out what is empty or makes no sense', () => {
    expect(printOption({ by: '', line: '' })).toBe('');
    expect([...parseOption('by;=x;;line=1;%=%;%E0%A4%A=')]).toEqual([
      ['line', '1'],
      ['%', '%'],
      ['%E0%A4%A', ''],
    ]);
  });
});
