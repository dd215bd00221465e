import { describe, expect, it } from 'vitest';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';

const node = (id: unknown, functionName: string, more: object = {}) => ({
  id,
  callFrame: { functionName, scriptId: '1', url: 'app.js', lineNumber: 4, columnNumber: 2 },
  ...more,
});
const file = (more: object) =>
  JSON.stringify({
    nodes: [node(1, '(root)', { children: [2] }), node(2, 'a')],
    startTime: 100,
    endTime: 200,
    ...more,
  });
const read = async (more: object) => (await readText(file(more))).profiles[0]!;

describe('.cpuprofile', () => {
  it('gives each sample the time to the next one, the last the time to the end', async () => {
    const profile = await read({ samples: [1, 2, 2, 1], timeDeltas: [10, 20, 30, 15] });
    expect(rowText(profile)).toEqual([
      '10..30 (root)',
      '30..60 (root);a ^1',
      '60..75 (root);a ^2',
      '75..100 (root) ^1',
    ]);
    expect(stackText(profile)).toEqual(['(root) 45/2', '(root);a 45/2']);
    expect(profile.metrics.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['time microseconds', 'samples count']);
  });

  it('is known as an answer of the protocol, too', async () => {
    const inside = file({ samples: [2], timeDeltas: [40] });
    const group = await readText(`{"profile":${inside}}`);
    expect(group.format).toBe('cpuprofile');
    expect(rowText(group.profiles[0]!)).toEqual(rowText((await readText(inside)).profiles[0]!));
  });

  it('takes time that goes back for none, and says so', async () => {
    const group = await readText(file({ samples: [1, 2, 1], timeDeltas: [10, -5, 30] }));
    expect(rowText(group.profiles[0]!)).toEqual(['10..10 (root)', '10..40 (root);a ^1', '40..100 (root) ^1']);
    expect(group.warnings).toMatchObject([{ code: 'time-backwards', count: 1 }]);
  });

  it('spreads samples without times evenly, and counts hits where there are no samples', async () => {
    const spread = await readText(file({ samples: [1, 2] }));
    expect(rowText(spread.profiles[0]!)).toEqual(['0..50 (root)', '50..100 (root);a ^1']);
    expect(spread.warnings.map(({ code }) => code)).toEqual(['no-times']);
    const hits = await read({ nodes: [node(1, '(root)', { hitCount: 1 }), node(2, 'a', { parent: 1, hitCount: 5 })] });
    expect(stackText(hits)).toEqual(['(root) 1', '(root);a 5']);
  });

  it('counts lines from 1, and knows functions of one line by their columns', async () => {
    const at = (id: number, lineNumber: number, columnNumber: number) => ({
      id,
      callFrame: { functionName: '', url: 'm.js', lineNumber, columnNumber },
      parent: id - 1 || undefined,
    });
    const profile = await read({
      nodes: [at(1, -1, -1), at(2, 0, 9), at(3, 0, 70), at(4, 7, 0)],
      samples: [4],
      timeDeltas: [1],
    });
    expect(frameText(profile)).toEqual([
      '(anonymous) m.js',
      '(anonymous) [column 10] m.js:1',
      '(anonymous) [column 71] m.js:1',
      '(anonymous) m.js:8',
    ]);
  });

  it('has nodes by parent as well as by children, with any ids, in any order', async () => {
    const profile = await read({
      nodes: [node('x', 'b', { parent: 7 }), node(7, 'a', { parent: '3' }), node(3, '(root)')],
      samples: ['x'],
      timeDeltas: [0],
    });
    expect(stackText(profile)).toEqual(['(root);a;b 100/1']);
  });

  it('of pyflame lists children twice: the last caller counts, as in Chrome', async () => {
    const group = await readText(
      file({
        nodes: [node(1, '(root)', { children: [2, 3] }), node(2, '(idle)', { children: [3] }), node(3, 'a')],
        samples: [3],
        timeDeltas: [0],
      }),
    );
    expect(stackText(group.profiles[0]!)).toEqual(['(root);(idle);a 100/1']);
    expect(group.warnings).toMatchObject([{ code: 'shared-children', count: 1 }]);
  });

  it('of old nests its nodes, and counts seconds', async () => {
    const head = {
      functionName: '(root)',
      url: '',
      lineNumber: 0,
      id: 1,
      hitCount: 0,
      children: [{ functionName: 'a', url: 'x.js', lineNumber: 4, id: 2, hitCount: 3, children: [] }],
    };
    const old = JSON.stringify({ head, startTime: 5, endTime: 6, samples: [2, 1] });
    expect(rowText((await readText(old)).profiles[0]!)).toEqual(['0..500000 (root);a', '500000..1000000 (root) ^1']);
    const stamped = JSON.stringify({ head, startTime: 5, endTime: 6, samples: [2, 1], timestamps: [50, 80, 90] });
    expect(rowText((await readText(stamped)).profiles[0]!)).toEqual(['0..30 (root);a', '30..40 (root) ^1']);
  });

  it('may be 100,000 calls deep', async () => {
    const nodes = Array.from({ length: 100_000 }, (_, id) =>
      node(id, `f${id % 9}`, id === 0 ? {} : { parent: id - 1 }),
    );
    expect((await read({ nodes, samples: [99_999], timeDeltas: [0] })).contexts!.length).toBe(100_000);
  });

  it.each([
    [
      'nodes that call each other',
      { nodes: [node(1, 'a', { children: [2] }), node(2, 'b', { children: [1] })] },
      'node 1 is its own caller',
    ],
    [
      'a child that is not there',
      { nodes: [node(1, 'a', { children: [5] })] },
      'nodes[0].children: node 5 is not in the file',
    ],
    [
      'a sample of a node that is not there',
      { samples: [9], timeDeltas: [1] },
      'samples[0]: node 9 is not in the file',
    ],
    ['a time too few', { samples: [1, 2], timeDeltas: [1] }, 'timeDeltas: expected one per sample (2), found 1'],
    ['a time that is none', { samples: [1], timeDeltas: [null] }, 'timeDeltas[0]: expected a number, found null'],
  ])('is refused for %s', async (_, more, message) => {
    await expect(readText(file(more))).rejects.toThrow(message);
  });
});

describe('.heapprofile', () => {
  const frame = (functionName: string, selfSize: number, children: object[] = [], id?: number) => ({
    ...{ callFrame: { functionName, url: 'a.js', lineNumber: 1 }, selfSize, id, children },
  });

  it('holds bytes by the stack that allocated them, and samples where it has some', async () => {
    const head = frame('(root)', 0, [frame('f', 30, [frame('g', 5, [], 3)], 2)], 1);
    expect(stackText((await readText(JSON.stringify({ head }))).profiles[0]!)).toEqual(['(root);f 30', '(root);f;g 5']);
    const samples = [
      { size: 30, nodeId: 2, ordinal: 1 },
      { size: 5, nodeId: 3, ordinal: 2 },
    ];
    const { profiles } = await readText(JSON.stringify({ head, samples }));
    expect(stackText(profiles[0]!)).toEqual(['(root);f 30/1', '(root);f;g 5/1']);
    expect(profiles[0]!.metrics.map(({ unit }) => unit)).toEqual(['bytes', 'count']);
  });

  it('is refused for a size that is none', async () => {
    await expect(readText('{"head":{"callFrame":{},"selfSize":"x"}}')).rejects.toThrow('expected bytes, found "x"');
  });
});
