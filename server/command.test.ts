/** The built command as a user runs it: what it prints where, and how it ends. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSample } from '../shared/testing/corpus.ts';
import { cwd, end, poll, root, run, running, serve, stop } from './testing/command.ts';
import { makeFolder } from './testing/package.ts';

describe('the command', () => {
  it('prints its version and help at once, on standard output', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(await end('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
    const help = await end('--help');
    expect([help.status, help.err]).toEqual([0, '']);
    expect(help.out).toContain('tsviz [options] [FILE|DIR|-]...');
  });

  it('answers wrong usage in one sentence, with 2', async () => {
    expect(await end('--prot', '3')).toEqual({
      status: 2,
      out: '',
      err: "tsviz: unknown option '--prot' (did you mean --port?); see tsviz --help\n",
    });
    expect(await end('--share', '--no-token')).toMatchObject({ status: 2, out: '' });
    expect(await end('top', 'app.prof', '--sort', 'nonsense')).toMatchObject({ status: 2, out: '' });
  });

  it('says in words what cannot be read, with 1', async () => {
    expect(await end('missing.prof')).toEqual({
      status: 1,
      out: '',
      err: 'tsviz: missing.prof: there is no such file\n',
    });
    expect(await end('inspct')).toMatchObject({
      status: 1,
      err: 'tsviz: inspct: there is no such file (did you mean the command "tsviz inspect"?)\n',
    });
    expect(await end('top', 'runs')).toMatchObject({
      status: 1,
      err: 'tsviz: runs: this is a folder; name one of its files\n',
    });
    expect(await end('top', 'app.prof/x')).toMatchObject({
      status: 1,
      err: expect.stringContaining('a part of its path is a file'),
    });
    expect(await end('inspect', 'app.prof', '--max-size', '1kB')).toMatchObject({
      status: 1,
      err: expect.stringContaining('--max-size'),
    });
    const { status, out, err } = await end('photo.jpg');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^tsviz: photo\.jpg: This is a JPEG picture, not a profile\. Make a .*python -m cProfile.*\n$/);
  });

  it('says when a file may not be read', async () => {
    writeFileSync(join(cwd, 'forbidden.prof'), '{0');
    chmodSync(join(cwd, 'forbidden.prof'), 0);
    const { err } = await end('top', 'forbidden.prof');
    // The superuser may read everything.
    if (process.getuid?.() === 0) expect(err).toBe('');
    else expect(err).toBe('tsviz: forbidden.prof: you may not read it (permission denied)\n');
    chmodSync(join(cwd, 'forbidden.prof'), 0o600);
  });

  it('shows a stack only with --verbose', async () => {
    expect((await end('top', 'cut.prof')).err.split('\n')).toHaveLength(2);
    expect((await end('top', 'cut.prof', '--verbose')).err).toMatch(/\n {4}at /);
  });

  it('reads standard input where a file is called -', async () => {
    const { status, out } = await run(['top', '-', '-n', '1'], { input: readSample('pstats/orders-py36.prof') }).ended;
    expect(status).toBe(0);
    expect(out).toMatch(/^-\n\n {9}55925 function calls/);
    const bad = await run(['inspect', '-'], { input: 'hello' }).ended;
    expect([bad.status, bad.out]).toEqual([1, '']);
    expect(bad.err).toMatch(/^tsviz: standard input: /);
  });

  it('is silent when nobody reads on', async () => {
    const started = run(['top', 'app.prof']);
    started.child.stdout?.destroy();
    expect(await started.ended).toMatchObject({ status: 0, err: '' });
  });

  it('says in one sentence that the disk is full, where a device plays one', () => {
    const full = existsSync('/dev/full') ? openSync('/dev/full', 'w') : null;
    const args = [join(root, 'dist', 'cli.cjs'), 'top', 'app.prof'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', full, 'pipe'] });
    const said = full === null ? '' : 'tsviz: the answer could not be written (ENOSPC)\n';
    expect([status, stderr.toString()]).toEqual([full === null ? 0 : 1, said]);
  });

  it('prints the time of each stage with --timing, apart from the answer', async () => {
    const { out, err } = await end('inspect', 'app.prof', '--json', '--timing');
    expect(JSON.parse(out).format).toBe('pstats');
    expect(err).toMatch(/^start \d+ ms, read bytes \d+ ms, read profile \d+ ms, write \d+ ms; \d+ ms in all\n$/);
  });

  it('ends with 130 when a job is cut short by Ctrl-C', async () => {
    const child = spawn(process.execPath, [join(root, 'dist', 'cli.cjs'), 'top', '-'], { cwd });
    running.push(child);
    const closed = once(child, 'close');
    // Waiting for standard input: by now it listens to signals, or never will.
    child.stdin.write('{');
    await poll(async () => {
      child.kill('SIGINT');
      return child.exitCode ?? child.signalCode;
    }).not.toBeNull();
    const [status, signal] = await closed;
    expect(signal === 'SIGINT' ? 130 : status).toBe(130);
  });

  it('brings the script that opens browsers on Linux', () => {
    expect(() => accessSync(join(root, 'dist', 'xdg-open'), constants.X_OK)).not.toThrow();
  });
});

describe('serving', () => {
  it('prints one line with the address, and ends cleanly on Ctrl-C', async () => {
    const started = await serve(['--no-open', 'app.prof']);
    const { status, out, err } = await stop(started);
    expect(out).toMatch(/^tsviz: app\.prof at http:\/\/127\.0\.0\.1:\d+\/p\/8ebc37091d9703ea\?t=[\w-]{22}\n$/);
    expect([status, err]).toEqual([0, 'tsviz: stopped\n']);
  });

  it('prints one line of JSON for programs', async () => {
    const started = await serve(['--no-open', '--json', 'app.prof', 'runs', 'other.prof']);
    const line = JSON.parse(started.written.out);
    expect(line).toMatchObject({
      pid: started.child.pid,
      profiles: [
        { id: '8ebc37091d9703ea', file: 'app.prof', format: 'pstats' },
        { file: 'other.prof', format: 'pstats' },
      ],
    });
    expect(new URL(line.url).port).toBe(String(line.port));
    expect((await fetch(line.url, { redirect: 'manual' })).status).toBe(303);
  });

  it('takes the next port when one is taken, and says so', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const started = run(['--no-open', '--port', String(port), 'app.prof']);
    await poll(() => started.written.err).toMatch(new RegExp(`^tsviz: port ${port} is taken, so this is \\d+\n$`));
    expect(started.written.out).not.toContain(`:${port}/`);
    taken.close();
  });

  it('serves what is named twice once', async () => {
    const started = await serve(['--no-open', '--json', 'app.prof', '-', './app.prof', '-'], {
      input: readSample('pstats/orders-py314.prof'),
    });
    const { profiles } = JSON.parse(started.written.out) as { profiles: { file: string }[] };
    expect(profiles.map(({ file }) => file)).toEqual(['app.prof', 'standard input']);
    expect(started.written.err).toBe('');
  });

  it('says where the files are that cannot be read, and opens the first that can', async () => {
    const started = await serve(['--no-open', 'photo.jpg', 'missing.prof', 'app.prof', 'cut.prof']);
    expect(started.written.out).toMatch(/^tsviz: app\.prof and 2 more at /);
    await poll(() =>
      started.written.err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[1]?.trim())
        .sort(),
    ).toEqual(['cut.prof', 'missing.prof', 'photo.jpg']);
    const page = await fetch(started.written.out.split(' at ')[1]?.trim() ?? '', { redirect: 'manual' });
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    const info = await (await fetch(new URL('/api/info', page.url), { headers: { cookie } })).json();
    expect(
      info.profiles.map(({ name, error }: { name: string; error: { code: string } | null }) => [
        name,
        error?.code ?? null,
      ]),
    ).toEqual([
      ['photo.jpg', 'unknown-format'],
      ['app.prof', null],
      ['cut.prof', 'format'],
    ]);
  });

  it('opens no browser and ends with 1 when no file can be read', async () => {
    const folder = makeFolder();
    const record = join(folder, 'opened');
    writeFileSync(join(folder, 'browser'), `#!/bin/sh\necho "$@" > "${record}"\n`, { mode: 0o755 });
    const env = { DISPLAY: ':0', PATH: `${folder}:${process.env.PATH}` };
    const bad = await run(['--port', '0', '-b', join(folder, 'browser'), 'cut.prof', 'photo.jpg'], { env }).ended;
    expect(bad.status).toBe(1);
    expect(() => readFileSync(record)).toThrow();
    await serve(['-b', join(folder, 'browser'), 'cut.prof', 'app.prof'], { env });
    await poll(() => {
      try {
        return readFileSync(record, 'utf8');
      } catch {
        return '';
      }
    }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/p\/8ebc37091d9703ea\?t=[\w-]{22}\n$/);
  });

  it('keeps standard input, lists folders, and shows the empty page when nothing is named', async () => {
    const input = await serve(['--no-open', '-'], { input: readSample('pstats/orders-py36.prof') });
    expect(input.written.out).toMatch(/^tsviz: standard input at \S+\/p\/8ebc37091d9703ea\?t=/);
    expect((await serve(['--no-open', 'runs'])).written.out).toMatch(/^tsviz: runs at \S+\/d\/[0-9a-f]{16}\?t=/);
    expect((await serve(['--no-open'])).written.out).toMatch(/^tsviz: ready at http:\/\/127\.0\.0\.1:\d+\/\?t=/);
  });

  it('over SSH opens no browser and says how to come', async () => {
    const env = { SSH_CONNECTION: '203.0.113.9 51000 192.0.2.4 22', USER: 'ada', DISPLAY: ':0' };
    const started = await serve(['app.prof'], { env });
    const port = new URL(started.written.out.split(' at ')[1] ?? '').port;
    await poll(() => started.written.err).toBe(
      `tsviz: on your own machine run "ssh -L ${port}:127.0.0.1:${port} ada@192.0.2.4" and open the address above there\n`,
    );
  });

  it('finds files from where npm start was typed', async () => {
    const started = await serve(['--no-open', 'app.prof'], {
      from: root,
      env: { INIT_CWD: cwd, npm_lifecycle_event: 'start' },
    });
    expect(started.written.out).toMatch(/^tsviz: app\.prof at /);
    const elsewhere = await run(['--no-open', 'app.prof'], { from: root, env: { INIT_CWD: cwd } }).ended;
    expect(elsewhere.status).toBe(1);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('ends cleanly by %s too', async (signal) => {
    expect(await stop(await serve(['--no-open', 'app.prof']), signal)).toMatchObject({ status: 0 });
  });
});
