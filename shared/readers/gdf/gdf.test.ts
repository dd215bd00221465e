import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const NODES =
  'nodedef> name VARCHAR, label VARCHAR, group VARCHAR, calls INTEGER, time DOUBLE, memory_in INTEGER, memory_out INTEGER, color VARCHAR\n';
const EDGES = 'edgedef> node1 VARCHAR, node2 VARCHAR, label VARCHAR, directed BOOLEAN, color VARCHAR\n';

describe('a GDF file of pycallgraph', () => {
  it('has functions and calls; commas within quotes are text', async () => {
    const { profiles, format, warnings } = await read(
      `${NODES}__main__,__main__,__main__,1,0,0,0,'229,229,229'\n'a,b.f',"f, g",a,20,0.25,0,0,'1,2,3'\n${EDGES}__main__,'a,b.f',20,true,'1,2,3'\n`,
    );
    const [profile] = profiles;
    expect(format).toBe('gdf');
    expect([0, 1].map((frame) => getFrameName(profile!, frame))).toEqual(['__main__', 'f, g']);
    expect(profile!.metrics).toEqual([{ name: 'time', unit: 'seconds' }]);
    expect([...profile!.functions.calls, ...profile!.functions.total[0]!]).toEqual([1, 20, 0, 0.25]);
    const { caller, callee, calls } = profile!.calls;
    expect([caller[0], callee[0], calls[0]]).toEqual([0, 1, 20]);
    expect(warnings).toEqual([]);
  });

  it('has memory where it was measured', async () => {
    const { profiles } = await read(`${NODES}a,a,a,1,0.5,2048,-16,'1,2,3'\n`);
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual(['time', 'memory in', 'memory out']);
    expect(profiles[0]!.functions.total.map((column) => column[0])).toEqual([0.5, 2048, -16]);
  });

  it('with broken rows says so; one of another tool is refused', async () => {
    const { warnings } = await read(`${NODES}a,a,a,1,0.5,0,0,'1,2,3',4,5\n${EDGES}a\n`);
    expect(warnings).toMatchObject([{ code: 'odd-line', count: 2 }]);
    await expect(read('nodedef>name VARCHAR,label VARCHAR\ns1,x\n')).rejects.toThrow('neither calls nor times');
    await expect(read('nodedef>id VARCHAR\ns1\n')).rejects.toThrow('has no column "name"');
  });
});
