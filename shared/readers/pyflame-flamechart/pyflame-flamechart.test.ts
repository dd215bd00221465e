import { expect, it } from 'vitest';
import { frameText, readText, rowText } from '../../testing/stack-lines.ts';

it('a flame chart of pyflame has a stack at every time', async () => {
  const { profiles, warnings, about } = await readText(
    '1795157401782917\na.py:main:1;a.py:f:2;\n1795157401783000\n(idle);\n1795157401783500\na.py:main:1;\n',
  );
  expect(rowText(profiles[0]!)).toEqual(['0..83 main;f', '83..583 (idle)', '583..583 main']);
  expect(frameText(profiles[0]!)).toEqual(['main a.py:1', 'f a.py:2', '(idle)']);
  expect(profiles[0]!.metrics).toEqual([{ name: 'samples', unit: 'count' }]);
  expect(profiles[0]!.samples!.axis.unit).toBe('microseconds');
  expect(about![0]).toEqual(['began', '2026-11-20T06:50:01.782Z']);
  expect(warnings).toEqual([]);
});

it('what is out of turn, goes back in time or is cut is said', async () => {
  const { profiles, warnings } = await readText(
    '1795157401782917\na.py:f:1;\nstray;\n1795157401782000\na.py:f:1;\n1795157401783000\n',
  );
  expect(profiles[0]!.samples!.length).toBe(2);
  expect(warnings.map(({ code, count }) => [code, count])).toEqual([
    ['out-of-turn', 1],
    ['time-backwards', 1],
    ['cut', 1],
  ]);
});
