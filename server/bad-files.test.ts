/** Broken and hostile files given to the built command: one sentence each, in little time and memory. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpusDir, eachSample } from '../shared/testing/corpus.ts';
import { cwd, poll, run, serve, stop } from './testing/command.ts';
import { makeFolder } from './testing/package.ts';

describe('bad files', () => {
  /** Ten times what they may take: a guard against hangs. */
  const MAX_MS = 20_000;
  const MAX_KB = 512 * 1024;
  /** Small files that would be large or endless for a careless reader: each is run alone, against the clock. */
  const TRAPS = /bomb|huge|deep|billion|endless|cycle|self|long-line|past-end|bitflips|html|photo|empty\.prof/;

  /** Surroundings in which the command tells its largest size in memory when it ends. */
  function measured(): { env: Record<string, string> } {
    const file = join(cwd, 'measure.cjs');
    writeFileSync(
      file,
      // VmHWM begins with the program; the maxRSS of the system still counts the process that started it.
      `process.on('exit', () => {
        const { existsSync, readFileSync, writeSync } = require('node:fs');
        const peak = existsSync('/proc/self/status') && /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
        writeSync(2, 'KB ' + (peak ? peak[1] : process.resourceUsage().maxRSS));
      })`,
    );
    return { env: { NODE_OPTIONS: `--require ${file}` } };
  }

  function findBadFiles(): string[] {
    const dir = corpusDir();
    if (dir !== null) {
      const { files } = JSON.parse(readFileSync(join(dir, 'bad', 'MANIFEST.json'), 'utf8'));
      return files.map(({ file }: { file: string }) => join(dir, 'bad', file));
    }
    const folder = makeFolder();
    return eachSample('bad').map(({ name, bytes }) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    });
  }

  it('R23: that are traps end in one sentence or as a profile, soon and within 512 MB', {
    timeout: 120_000,
  }, async () => {
    const traps = findBadFiles().filter((path) => TRAPS.test(basename(path)));
    expect(traps.length).toBeGreaterThan(10);
    for (const path of traps) {
      const before = performance.now();
      const { status, out, err } = await run(['inspect', path, '--json', '--tree'], measured()).ended;
      const [said = '', kilobytes = ''] = err.split('KB ');
      expect([path, performance.now() - before < MAX_MS, Number(kilobytes) < MAX_KB]).toEqual([path, true, true]);
      if (status === 0) expect(() => JSON.parse(out), path).not.toThrow();
      else expect([path, status, out, countSentences(said, path)]).toEqual([path, 1, '', 1]);
    }
  });

  it('R21: that are bombs cost less than 64 MB more than any other', { timeout: 30_000 }, async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('{'), Buffer.alloc(200_000_000)]));
    writeFileSync(join(cwd, 'bomb.prof'), bomb);
    writeFileSync(join(cwd, 'bombs.prof'), Buffer.concat([gzipSync(''), gzipSync('{'), bomb]));
    const measure = async (name: string) => {
      const { status, err } = await run(['inspect', name], measured()).ended;
      const [said = '', kilobytes = ''] = err.split('KB ');
      return { status, said, kilobytes: Number(kilobytes) };
    };
    const usual = await measure('cut.prof');
    for (const name of ['bomb.prof', 'bombs.prof']) {
      const { status, said, kilobytes } = await measure(name);
      expect([status, said]).toEqual([1, expect.stringContaining('more than 200 times its size')]);
      expect(kilobytes - usual.kilobytes).toBeLessThan(64 * 1024);
    }
  });

  it('R23: of every kind are told in one sentence each while the good ones open', { timeout: 120_000 }, async () => {
    const paths = findBadFiles().filter((path) => !statSync(path).isDirectory());
    const before = performance.now();
    const started = await serve(['--no-open', '--json', 'app.prof', ...paths], measured());
    const { url, profiles } = JSON.parse(started.written.out);
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
    const bad: string[] = [];
    for (const [index, { id }] of profiles.entries()) {
      const summary = await (await fetch(new URL(`/api/profiles/${id}/summary`, url), { headers: { cookie } })).json();
      if (summary.error !== null) bad.push(paths[index - 1] ?? 'app.prof');
      // Values over time have no functions, and no total of theirs.
      else if (summary.functions !== null) expect(Number.isFinite(summary.total), paths[index - 1]).toBe(true);
    }
    expect(performance.now() - before).toBeLessThan((MAX_MS * paths.length) / 40);
    await poll(() => bad.filter((path) => countSentences(started.written.err, path) !== 1)).toEqual([]);
    expect(started.written.err).not.toMatch(/inside tsviz|does not know\b(?! )/);
    // What the evil pickles among them would have made.
    expect(existsSync('/tmp/pwned')).toBe(false);
    const { status, err } = await stop(started);
    expect([status, Number(err.split('KB ')[1]) < MAX_KB]).toEqual([0, true]);
  });

  function countSentences(said: string, path: string): number {
    return said.split('\n').filter((line) => line.startsWith(`tsviz: ${path}: `)).length;
  }
});
