import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError, UnknownFormatError, UnsupportedVersionError } from '../errors.ts';
import { checkProfile } from '../model/check.ts';
import { readSample } from '../testing/corpus.ts';
import { readBytes } from './index.ts';
import { sniffFormat } from './sniff-format.ts';

const PSTATS = readSample('pstats/empty-py311.prof');
const CALLGRIND = strToU8('# callgrind format\nevents: Ir\nfn=main\n1 5\n');

/** A tar archive of files; `type` of one is `0` unless its name says otherwise (`name|x`). */
function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [key, data] of Object.entries(files)) {
    const [name = '', type = '0'] = key.split('|');
    const header = new Uint8Array(512);
    const put = (at: number, text: string) => header.set(strToU8(text), at);
    put(0, name.slice(0, 100));
    put(124, `${data.length.toString(8).padStart(11, '0')}\0`);
    put(148, '        ');
    put(156, type);
    put(257, 'ustar\x0000');
    put(
      148,
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
    );
    blocks.push(header, data, new Uint8Array((512 - (data.length % 512)) % 512));
  }
  blocks.push(new Uint8Array(1024));
  const all = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

const FILES = {
  'runs/one.prof': PSTATS,
  'runs/two.out': CALLGRIND,
  'runs/packed.out.gz': gzipSync(CALLGRIND),
  'runs/notes.txt': strToU8('Nothing to see here.\n'),
};

describe('an archive opens as all its profiles', () => {
  it.each([
    ['zip', zipSync({ ...FILES, 'runs/': new Uint8Array(), '__MACOSX/runs/._one.prof': Uint8Array.of(0, 5, 22) })],
    ['zip', zipSync(FILES, { level: 0 })],
    ['tar', tar({ 'runs/|5': new Uint8Array(), ...FILES })],
    ['tar', gzipSync(tar(FILES))],
  ])('%s', async (format, bytes) => {
    const group = await readBytes(bytes, 'unknown');
    expect(group.format).toBe(format);
    expect(group.profiles.map(({ name }) => name)).toEqual(['runs/one.prof', 'runs/two.out', 'runs/packed.out.gz']);
    for (const profile of group.profiles) checkProfile(profile);
    expect(group.profiles[1]!.functions.self[0]![0]).toBe(5);
    expect(group.warnings).toMatchObject([{ code: 'no-profile', where: 'runs/notes.txt', count: 1 }]);
  });

  it('names the threads of a file, and what each file says of itself', async () => {
    const group = await readBytes(
      zipSync({ 'a.out': strToU8('events: Ir\ncmd: ./a\nthread: 1\nfn=f\n1 5\nthread: 2\nfn=f\n1 7\n') }),
      'unknown',
    );
    expect(group.profiles.map(({ name }) => name)).toEqual(['a.out: thread 1', 'a.out: thread 2']);
    expect(group.about).toContainEqual(['a.out: command', './a']);
  });

  it('takes long names of GNU and pax', async () => {
    const long = `${'deep/'.repeat(30)}app.prof`;
    const gnu = tar({ 'x|L': strToU8(`${long}\0`), 'cut.prof': PSTATS });
    const record = `${long.length + 10} path=${long}\n`;
    const pax = tar({ 'x|x': strToU8(record), 'cut.prof': PSTATS });
    for (const bytes of [gnu, pax]) expect((await readBytes(bytes, '')).profiles[0]!.name).toBe(long);
  });

  it('leaves out a damaged file with a note, as long as another opens', async () => {
    const group = await readBytes(
      zipSync({ 'bad.out': strToU8('events: Ir\nfn=f\n1 x\n'), 'good.out': CALLGRIND }),
      '',
    );
    expect(group.profiles).toHaveLength(1);
    expect(group.warnings).toMatchObject([{ code: 'damaged-file', where: 'bad.out' }]);
  });
});

describe('an archive is refused', () => {
  const refuse = (bytes: Uint8Array, maxBytes?: number) =>
    readBytes(bytes, 'unknown', maxBytes === undefined ? {} : { maxBytes }).then(
      () => new Error('it opened'),
      (error: Error) => error,
    );

  it('without a profile in it', async () => {
    const error = await refuse(zipSync({ 'a.txt': strToU8('prose.'), 'b.txt': strToU8('more prose.') }));
    expect(error).toBeInstanceOf(UnknownFormatError);
    expect(error.message).toBe('This is a zip archive without a profile: none of its 2 files is one');
    expect((await refuse(tar({ 'd/|5': new Uint8Array() }))).message).toBe(
      'This is an empty tar archive, not a profile',
    );
  });

  it('R21: whose files share their bytes, which makes a small archive a large one', async () => {
    const one = zipSync({ 'a.out': strToU8(`events: Ir\nfn=f\n${'1 5\n'.repeat(200)}`) }, { level: 0 });
    const view = new DataView(one.buffer, one.byteOffset);
    const end = one.length - 22;
    const start = view.getUint32(end + 16, true);
    const header = one.slice(start, end);
    view.setUint16(end + 10, 3, true);
    view.setUint32(end + 12, header.length * 3, true);
    const shared = Uint8Array.of(...one.slice(0, start), ...header, ...header, ...header, ...one.slice(end));
    expect((await refuse(shared)).message).toBe('zip: files in the archive lie over each other');
  });

  it('inside another one', async () => {
    const inner = zipSync({ 'a.prof': PSTATS });
    for (const bytes of [
      zipSync({ 'inner.zip': inner }),
      tar({ 'inner.zip': inner }),
      zipSync({ t: gzipSync(tar(FILES)) }),
    ]) {
      expect((await refuse(bytes)).message).toContain('an archive in an archive is not opened');
    }
    expect((await refuse(gzipSync(gzipSync(tar(FILES))))).message).toContain('gzip inside gzip');
  });

  it('when it was cut, at any length', async () => {
    for (const whole of [zipSync(FILES), tar(FILES).subarray(0, 2100)]) {
      for (let length = 600; length < whole.length; length += 37) {
        const error = await refuse(whole.subarray(0, length));
        if (error.message !== 'it opened') expect(error).toBeInstanceOf(FormatError);
      }
    }
    expect((await refuse(zipSync(FILES).subarray(0, 300))).message).toContain('ends before its directory does');
    expect((await refuse(tar(FILES).subarray(0, 513))).message).toContain('the archive ends within a file');
    expect((await readBytes(tar(FILES).subarray(0, 1024), '')).warnings).toMatchObject([{ code: 'cut-short' }]);
  });

  it('R21: with more in it than is opened, in one file or in all together', async () => {
    const big = strToU8(`events: Ir\nfn=f\n${'1 5\n'.repeat(10_000)}`);
    expect((await refuse(zipSync({ big }), 30_000)).message).toContain('the most that is opened');
    expect((await refuse(zipSync({ one: big, two: big }), 60_000)).message).toContain('the most that is opened');
    expect((await refuse(zipSync({ one: gzipSync(big), two: gzipSync(big) }, { level: 0 }), 60_000)).message).toContain(
      'the most that is opened',
    );
    expect((await refuse(gzipSync(tar({ one: big, two: big })), 81_000)).message).toContain('the most that is opened');
    const bomb = zipSync({ bomb: new Uint8Array(40 * 1024 * 1024) });
    expect((await refuse(bomb)).message).toContain('more than 200 times its size');
  });

  it('that promises less than it unpacks to, needs a password, or is of a kind that is not read', async () => {
    const edit = (at: number, ...bytes: number[]) => {
      const zip = zipSync({ 'a.out': CALLGRIND });
      const directory = zip.findIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1);
      zip.set(bytes, directory + at);
      return refuse(zip);
    };
    expect((await edit(24, 3)).message).toContain('than 3 bytes');
    expect((await edit(16, 1, 2, 3)).message).toContain('the checksum does not match');
    expect(await edit(8, 1)).toBeInstanceOf(UnsupportedVersionError);
    expect((await edit(10, 12)).message).toContain('method 12');
    expect((await edit(24, 255, 255, 255, 255)).message).toContain('larger than 4 GB');
  });
});

it('an archive tells when nobody needs its bytes any more', async () => {
  const stages: string[] = [];
  const bytes = zipSync({ 'a.out': CALLGRIND });
  await readBytes(bytes, '', { onStage: (stage) => stages.push(stage) });
  await readBytes(gzipSync(tar(FILES)), '', { onStage: (stage) => stages.push(stage) });
  expect(stages).toEqual(['read', 'build', 'unpack', 'read', 'build']);
});

it('an archive is listed as one', () => {
  expect(sniffFormat(zipSync(FILES))).toEqual({ id: 'zip', title: 'zip archive', isReadable: false });
  expect(sniffFormat(tar(FILES))).toEqual({ id: 'tar', title: 'tar archive', isReadable: false });
});
