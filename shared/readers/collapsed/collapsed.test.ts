import { describe, expect, it } from 'vitest';
import { frameText, readText, stackText } from '../../testing/stack-lines.ts';
import { readBytes } from '../index.ts';
import { sniffFormat } from '../sniff-format.ts';

const read = async (text: string) => (await readText(text)).profiles[0]!;

describe('collapsed stacks', () => {
  it('add up, whatever their order', async () => {
    const profile = await read('a;b 1\na;b;c 2\na;b 3\nx 4\na;b 5\na 6\n');
    expect(stackText(profile)).toEqual(['a 6', 'a;b 9', 'a;b;c 2', 'x 4']);
    expect(profile.contexts!.stacks).toBe(4);
    expect(profile.contexts!.samples).toBe(6);
    expect(profile.samples).toBeUndefined();
  });

  it('are told apart where one line goes on from the one before', async () => {
    const lines = ['ab;c 1', 'ab;cd 1', 'ab;c;d 1', 'ab;c x 1', 'a;b 1', 'ab;c x;d 1', 'ab;c 1', 'ab;c 2', 'ab 1'];
    expect(stackText(await read(lines.join('\n')))).toEqual([
      'ab 1',
      'ab;c 4',
      'ab;cd 1',
      'ab;c;d 1',
      'ab;c x 1',
      'a;b 1',
      'ab;c x;d 1',
    ]);
  });

  it('have names with blanks, brackets, tabs and nothing at all', async () => {
    expect(stackText(await read('operator new (unsigned);f(int, char*)  2\na\tb;c 1\nd;;e 1\n;f 1\n'))).toEqual([
      'operator new (unsigned);f(int, char*)  2',
      'a\tb;c 1',
      'd;e 1',
      'f 1',
    ]);
  });

  it('split places of py-spy, plop, pyflame and Tachyon from the right', async () => {
    const texts = ['f (app.py:3)', 'g (/a b/c.py:4)', 'h (x.py)', '<frozen runpy>:run:12', 'C:\\x\\y.py:z:9'];
    const others = ['std::vector::at:12', 'call(int)', 'tid:17', 'read_[k]', 'name (twice:07)'];
    expect(frameText(await read(`${[...texts, ...others].join(';')} 1\n`))).toEqual([
      'f app.py:3',
      'g /a b/c.py:4',
      'h x.py',
      'run <frozen runpy>:12',
      'z C:\\x\\y.py:9',
      ...others,
    ]);
  });

  it('have whole, broken and huge counts; what is none is counted', async () => {
    const group = await readText(
      '# a comment 1\na;b 1.5\na;c 2.25\n// other\nno count\na -3\na;b 1e3\nb 99999999999999999999 \n',
    );
    expect(stackText(group.profiles[0]!)).toEqual(['a;b 1001.5', 'a;c 2.25', 'b 100000000000000000000']);
    expect(group.warnings.map(({ code, count, where }) => [code, count, where?.split(':')[0]])).toEqual([
      ['not-a-stack', 3, 'line 1'],
      ['negative-count', 1, 'line 6'],
      ['large-count', 1, 'line 8'],
    ]);
  });

  it('read alike with every line end, with a byte order mark, as UTF-16, coloured', async () => {
    const want = ['a;b 1', 'a;c 5'];
    for (const text of [
      'a;b 1\r\na;c 2\r\na;c 3\r\n',
      'a;b 1\ra;c 2\ra;c 3',
      '\ufeffa;b 1\na;c 5',
      'a;b 1\n\n\na;c 5\n',
    ]) {
      expect(stackText(await read(text)), JSON.stringify(text)).toEqual(want);
    }
    const wide = Uint8Array.from('\ufeffa;b 1\na;c 5\n', (char) => char.charCodeAt(0)).length;
    const utf16 = new Uint8Array(wide * 2);
    [...'\ufeffa;b 1\na;c 5\n'].forEach((char, at) => {
      utf16[2 * at] = char.charCodeAt(0) & 0xff;
      utf16[2 * at + 1] = char.charCodeAt(0) >> 8;
    });
    expect(stackText((await readBytes(utf16, 'unknown')).profiles[0]!)).toEqual(want);
    expect(stackText(await read('a;\u001b[31mb\u001b[0m 1\na;c 5\n'))).toEqual(want);
  });

  it('of py-spy with subprocesses hold commands with line breaks, semicolons and counts', async () => {
    const script = 'process 7:"python -c\nimport os; x = 1\nprint("a";2) 3\nf()"';
    const profile = await read(
      `process 1:"a.py";f (a.py:1) 2\n${script};g (a.py:2);h (b.py:3) 5\n${script};process 9:"x;y";g (a.py:2) 1\nprocess 1:"a.py" 4\n`,
    );
    const root = script.replace(/\s+/g, ' ');
    expect(stackText(profile)).toEqual([
      'process 1:"a.py" 4',
      'process 1:"a.py";f 2',
      `${root};g;h 5`,
      `${root};process 9:"x;y";g 1`,
    ]);
  });

  it('may be 50,000 deep, or one name of a megabyte', async () => {
    const deep = Array.from({ length: 50_000 }, (_, at) => `f${at % 7}`).join(';');
    expect((await read(`${deep} 3\n${deep} 4\n`)).contexts!.length).toBe(50_000);
    expect((await read(`${'a'.repeat(1_000_000)} 1\n`)).contexts!.length).toBe(1);
  });

  it('are not seen in prose, tables, numbers and settings', () => {
    const texts = [
      'This is a readme; it has 3\nlines of prose, the last 2\nend in 1\n',
      'a,b,c\n1,2,3\n4,5,6\n',
      '1 2 3\n4 5 6\n',
      '0.1 12\n0.2 13\n',
      'key = 1\nother = 2\n',
      'total: 12\nused: 3\n',
      'apples 3\nsome more words\n',
      'width=3 4\n',
      '',
    ];
    for (const text of texts) expect(sniffFormat(new TextEncoder().encode(text))?.id, text).not.toBe('collapsed');
  });
});
