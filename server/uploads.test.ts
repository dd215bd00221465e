/** Uploads: what they may take, and what becomes of their names. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InfoBody, ProfileBody } from '../shared/protocol/api.ts';
import { readSample } from '../shared/testing/corpus.ts';
import { cleanName, receive } from './routes/uploads.ts';
import { buildPackage, makeFolder } from './testing/package.ts';
import { askRaw, getRaw, type RawAnswer, startServer, type TestServer } from './testing/server.ts';

let root = '';
let cwd = '';
beforeAll(async () => {
  root = await buildPackage();
  cwd = makeFolder();
  writeFileSync(join(cwd, 'app.prof'), readSample('pstats/orders-py36.prof'));
}, 60_000);

const start = (...args: string[]) => startServer(args, { root, cwd });

function upload(
  server: TestServer,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
  const all = {
    cookie: server.cookie,
    origin: server.origin,
    'content-type': 'application/octet-stream',
    'content-length': String(text.length),
    ...headers,
  };
  return askRaw(server, 'POST /api/profiles', all, text);
}

describe('an upload', () => {
  it('gets an address by its content, which others can read', async () => {
    const server = await start();
    const answer = await upload(server, readSample('pstats/orders-py314.prof'), {
      'x-tsviz-name': encodeURIComponent('größe 1.prof'),
    });
    const profile: ProfileBody = JSON.parse(Buffer.from(answer.body, 'latin1').toString());
    expect([answer.status, profile.name, profile.modified, profile.error]).toEqual([201, 'größe 1.prof', null, null]);
    const bytes = await getRaw(server, `/api/profiles/${profile.id}/bytes`);
    expect(Buffer.from(bytes.body, 'latin1').equals(readSample('pstats/orders-py314.prof'))).toBe(true);
    const summary = JSON.parse((await getRaw(server, `/api/profiles/${profile.id}/summary`)).body);
    expect(summary.format).toBe('pstats');
  });

  it('of what is there already gives the same address', async () => {
    const server = await start('app.prof');
    const answer = await upload(server, readSample('pstats/orders-py36.prof'), { 'x-tsviz-name': 'copy.prof' });
    expect(JSON.parse(answer.body).id).toBe(server.id);
    expect(JSON.parse((await getRaw(server, '/api/info')).body).profiles).toHaveLength(1);
  });
});

describe('R13: nothing is written', () => {
  it('R13: to the working folder by a session', async () => {
    const look = () => readdirSync(cwd).map((name) => [name, statSync(join(cwd, name)).mtimeMs]);
    const before = look();
    const server = await start('app.prof');
    await upload(server, '{0', { 'x-tsviz-name': '../../x' });
    await getRaw(server, `/api/profiles/${server.id}/summary`);
    await server.close();
    expect(look()).toEqual(before);
  });

  it.each([
    ['../../x', 'x'],
    ['..', '..'],
    ['C:\\temp\\a.prof', 'a.prof'],
    ['a%E2%80%AEgnp.js', 'a\ufffdgnp.js'],
    ['a\u202egnp.js', 'a\ufffdgnp.js'],
    ['%0D%0AX%3A%20y', '\ufffd\ufffdX: y'],
    ['%ZZ', '%ZZ'],
    ['', 'uploaded file'],
    ['dir/', 'uploaded file'],
    ['x'.repeat(400), 'x'.repeat(255)],
    ['%00%1b]0;t%07', '\ufffd\ufffd]0;t\ufffd'],
  ])('R13: a name %j is the label %j', (sent, label) => {
    expect(cleanName(sent)).toBe(label);
  });
});

describe('R20: bytes are counted', () => {
  const MAX = 100_000;

  it('R20: when they are announced, when they come in pieces, and when the announcement lies', async () => {
    const server = await start('--max-size', '100kB');
    expect((await upload(server, 'x'.repeat(MAX))).status).toBe(201);
    expect((await upload(server, 'x'.repeat(MAX + 1))).status).toBe(413);
    expect((await upload(server, 'x', { 'content-length': '999999999999' })).status).toBe(413);
    const chunk = `${(50_000).toString(16)}\r\n${'x'.repeat(50_000)}\r\n`;
    const { 'content-length': _, ...chunked } = { 'content-length': '', 'transfer-encoding': 'chunked' };
    const sendChunked = (body: string) =>
      askRaw(
        server,
        'POST /api/profiles',
        { cookie: server.cookie, origin: server.origin, 'content-type': 'application/octet-stream', ...chunked },
        body,
      );
    expect((await sendChunked(`${chunk}${chunk}0\r\n\r\n`)).status).toBe(201);
    expect((await sendChunked(`${chunk}${chunk}${chunk}0\r\n\r\n`)).status).toBe(413);
    // One that lies is cut off where it said it would end; the rest is a broken request, which may be told first.
    expect([201, 400]).toContain((await upload(server, 'x'.repeat(3000), { 'content-length': '2000' })).status);
    const { profiles }: InfoBody = JSON.parse((await getRaw(server, '/api/info')).body);
    expect(Math.max(...profiles.map(({ bytes }) => bytes))).toBe(MAX);
  });

  it('R20: one upload per client at a time, eight in all', async () => {
    const server = await start();
    const slow = connect(server.port, '127.0.0.1');
    slow.on('error', () => {});
    const head = {
      host: `127.0.0.1:${server.port}`,
      cookie: server.cookie,
      origin: server.origin,
      'content-type': 'application/octet-stream',
      'content-length': '10',
    };
    slow.write(
      `POST /api/profiles HTTP/1.1\r\n${Object.entries(head)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\nx`,
    );
    await expect.poll(async () => (await upload(server, 'other')).status, { timeout: 15_000 }).toBe(429);
    const parallel = await Promise.all(Array.from({ length: 20 }, (_, index) => upload(server, `upload ${index}`)));
    expect(new Set(parallel.map(({ status }) => status))).toEqual(new Set([429]));
    slow.destroy();
    await expect.poll(async () => (await upload(server, 'other')).status, { timeout: 15_000 }).toBe(201);
    for (let index = 1; index < 8; index++) await upload(server, `file ${index}`);
    expect((await upload(server, 'one more')).status).toBe(409);
  });

  it('R20: a body that falls silent is given up', async () => {
    const body = new PassThrough();
    body.write('x');
    await expect(receive(body, 100, 20)).rejects.toMatchObject({ code: 'too-slow', statusCode: 408 });
  });

  it('R20: files over --max-size are not read, and one that grew past it is not sent', async () => {
    const path = join(cwd, 'growing.prof');
    writeFileSync(path, 'x'.repeat(1000));
    await expect(start(path, '--max-size', '999')).rejects.toThrow('larger than 999 bytes');
    writeFileSync(path, readSample('pstats/orders-py36.prof'));
    const server = await start(path, '--max-size', '40kB');
    writeFileSync(path, 'x'.repeat(50_000));
    expect((await getRaw(server, `/api/profiles/${server.id}/bytes`)).status).toBe(413);
    expect(JSON.parse((await getRaw(server, `/api/profiles/${server.id}`)).body).error.message).toContain('--max-size');
  });

  it('R20: memory stays flat under a body that is too large', async () => {
    const server = await start('--max-size', '1MB');
    const before = process.memoryUsage().rss;
    const chunk = `${(1 << 20).toString(16)}\r\n${'x'.repeat(1 << 20)}\r\n`;
    for (let round = 0; round < 5; round++) {
      const answer = await askRaw(
        server,
        'POST /api/profiles',
        {
          cookie: server.cookie,
          origin: server.origin,
          'content-type': 'application/octet-stream',
          'transfer-encoding': 'chunked',
        },
        chunk.repeat(20),
      );
      expect(answer.status).toBe(413);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  });
});
