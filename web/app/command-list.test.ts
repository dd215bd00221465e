import { describe, expect, it } from 'vitest';
import { findCommands, type NamedCommand } from './command-list.ts';

const named = (...names: string[]): NamedCommand[] => names.map((name) => ({ name, keys: [], run: () => {} }));
const find = (text: string) =>
  findCommands(named('Zoom out', 'Reset zoom', 'Show sunburst', 'Colour by own code'), text).map(({ name }) => name);

describe('finding commands by name', () => {
  it('takes all words in any order and case', () => {
    expect(find('CODE by')).toEqual(['Colour by own code']);
    expect(find('sun zoom')).toEqual([]);
  });

  it('puts those first that begin with what was typed', () => {
    expect(find('zoom')).toEqual(['Zoom out', 'Reset zoom']);
    expect(find('')).toHaveLength(4);
  });
});
