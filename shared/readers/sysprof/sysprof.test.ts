import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const node = (id: number, object: number, parent: number, self: number) =>
  `<node id="${id}">\n<object>${object}</object><siblings>0</siblings><parent>${parent}</parent><self>${self}</self></node>\n`;
const file = (nodes: string) =>
  `<profile>\n<size>3</size>\n<objects>\n<object id="1"><name>"[app]"</name><total>9</total><self>0</self></object>
<object id="2"><name>"std::less&lt;int&gt;"</name><self>4</self></object>\n</objects>\n<nodes>\n${nodes}</nodes>\n</profile>\n`;

describe('a profile of Sysprof', () => {
  it('is a tree of named objects, in whatever order its nodes stand', async () => {
    const { profiles, format } = await read(
      file(node(7, 2, 5, 3) + node(5, 1, 0, 1) + node(8, 2, 7, 2) + node(9, 3, 0, 4)),
    );
    const { frame, parent, self, total } = profiles[0]!.contexts!;
    expect(format).toBe('sysprof');
    expect([...frame].map((of) => getFrameKey(profiles[0]!, of))).toEqual([
      ':0([app])',
      ':0(std::less<int>)',
      ':0(std::less<int>)',
      ':0(object 3)',
    ]);
    expect([...parent]).toEqual([-1, 0, 1, -1]);
    expect([...self[0]!]).toEqual([1, 3, 2, 4]);
    expect([...total[0]!]).toEqual([6, 5, 2, 4]);
  });

  it('that is cut, goes in circles or points nowhere is refused', async () => {
    await expect(read(file(node(1, 1, 2, 1) + node(2, 1, 1, 1)))).rejects.toThrow('is below itself');
    await expect(read(file(node(1, 1, 4, 1)))).rejects.toThrow('is below node 4, which is nowhere');
    await expect(read(file(node(1, 1, 0, 1)).slice(0, -20))).rejects.toThrow('the file was cut short');
  });
});
