import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NO_WAY_IN_CSS } from './no-way-in.ts';

it('the page for strangers has the colours of the page', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../web/style/tokens.css'), 'utf8');
  const [, dark = ''] = tokens.split('prefers-color-scheme: dark');
  const themes = [...NO_WAY_IN_CSS.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) => body);
  expect(themes).toHaveLength(2);
  for (const [index, source] of [tokens.split('prefers-color-scheme: dark')[0] ?? '', dark].entries()) {
    const values = [...(themes[index] ?? '').matchAll(/(--[\w-]+): ([^;]+);/g)];
    expect(values).toHaveLength(7);
    for (const [, name, value] of values) expect(source, `${name}`).toMatch(new RegExp(`${name}:\\s*${value};`));
  }
});
