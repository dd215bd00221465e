import { expect, it } from 'vitest';
import type { ProfileGroup } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const MIB = 1024 * 1024;

const rowsOf = (group: ProfileGroup) =>
  group.profiles[0]!.series!.map(({ name, unit, time, value }) => [name, unit, [...time], [...value]]);

it('has CPU in percent and memory in bytes', async () => {
  const group = await read(`# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)
       0.000        0.000        9.500       12.500
       0.103      297.300       13.500      305.500
`);
  expect(group).toMatchObject({ format: 'psrecord', writer: 'psrecord', warnings: [] });
  expect(rowsOf(group)).toEqual([
    ['CPU', 'percent', [0, 0.103], [0, 297.3]],
    ['real memory', 'bytes', [0, 0.103], [9.5 * MIB, 13.5 * MIB]],
    ['virtual memory', 'bytes', [0, 0.103], [12.5 * MIB, 305.5 * MIB]],
  ]);
});

it('has unique memory of old versions, and input and output of new ones', async () => {
  const old = await read('# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)   USS (MB)  \n 1.0 2.0 3.0 4.0 5.0\n');
  expect(rowsOf(old).at(-1)).toEqual(['unique memory', 'bytes', [1], [5 * MIB]]);
  const io = await read(
    '# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)  Read count  Write count   Read bytes  Write bytes \n 1.0 2.0 3.0 4.0 5 6 7 8\n',
  );
  expect(rowsOf(io).slice(3)).toEqual([
    ['reads', 'count', [1], [5]],
    ['writes', 'count', [1], [6]],
    ['bytes read', 'bytes', [1], [7]],
    ['bytes written', 'bytes', [1], [8]],
  ]);
});

it('reads CSV, columns by their names', async () => {
  const group = await read('elapsed_time,nproc,cpu,mem_real,mem_virtual,other\n0.5,2,98.5,1.5,2.5,7\n');
  expect(rowsOf(group)).toEqual([
    ['processes', 'count', [0.5], [2]],
    ['CPU', 'percent', [0.5], [98.5]],
    ['real memory', 'bytes', [0.5], [1.5 * MIB]],
    ['virtual memory', 'bytes', [0.5], [2.5 * MIB]],
    ['other', 'count', [0.5], [7]],
  ]);
});

it('loses rows that are damaged or cut, counted', async () => {
  const group = await read(`# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)
 0.0 1.0 2.0 3.0
 0.1 1.0 2.0
 0.2 nan 2.0 3.0
 0.3 1.0 2.0 3.0 4.0
 0.4 1.0 2.0 3.0
`);
  expect(group.warnings).toMatchObject([{ code: 'bad-line', where: 'line 3', count: 3 }]);
  expect([...group.profiles[0]!.series![0]!.time]).toEqual([0, 0.4]);
});
