import { expect, test } from 'vitest';
import { readText, stackText } from '../../testing/stack-lines.ts';

test('samples of places that V8 has thrown away are left out of the counts, and the file opens', async () => {
  const frame = (functionName: string) => ({ functionName, scriptId: '1', url: '', lineNumber: 0, columnNumber: 0 });
  const leaf = { callFrame: frame('f'), selfSize: 24, id: 2, children: [] };
  const { profiles, warnings } = await readText(
    JSON.stringify({
      head: { callFrame: frame('(root)'), selfSize: 0, id: 1, children: [leaf] },
      samples: [
        { size: 24, nodeId: 2, ordinal: 1 },
        { size: 100, nodeId: 410, ordinal: 2 },
      ],
    }),
  );
  expect(stackText(profiles[0]!)).toEqual(['(root);f 24/1']);
  expect(warnings).toMatchObject([{ code: 'unknown-node', count: 1, where: 'samples[1]: node 410' }]);
});
