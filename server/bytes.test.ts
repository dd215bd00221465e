/** The bytes of a profile on their way to the page, and what becomes of the open file when either end lets go. */
import { once } from 'node:events';
import { truncateSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readSample } from '../shared/testing/corpus.ts';
import { spyOnDisk } from './testing/disk-spy.ts';
import { getRaw } from './testing/server.ts';
import { makeSite, type Site } from './testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite();
}, 60_000);
const start = (args: readonly string[]) => site.start(args);
const serveApp = (...args: string[]) => site.serveApp(...args);

describe('bytes of a profile', () => {
  it('are packed for a client on the network that takes gzip, and sent as they are on this machine', async () => {
    const server = await serveApp();
    const ask = (remoteAddress: string, encoding: string) =>
      server.app.inject({
        url: `/api/profiles/${server.id}/bytes`,
        remoteAddress,
        headers: { host: `127.0.0.1:${server.port}`, cookie: server.cookie, 'accept-encoding': encoding },
      });
    const far = await ask('192.168.1.9', 'gzip, br');
    expect(far.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(far.rawPayload).equals(readSample('pstats/orders-py36.prof'))).toBe(true);
    for (const answer of [await ask('127.0.0.1', 'gzip'), await ask('::1', 'gzip'), await ask('192.168.1.9', 'br')]) {
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.rawPayload.equals(readSample('pstats/orders-py36.prof'))).toBe(true);
    }
  });

  it('of a file without any are an empty answer', async () => {
    writeFileSync(join(site.folder, 'empty.prof'), '{0');
    const server = await start(['empty.prof']);
    writeFileSync(join(site.folder, 'empty.prof'), '');
    const answer = await getRaw(server, `/api/profiles/${server.id}/bytes`);
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([200, '0', '']);
  });

  it('are let go of when the client leaves, at whatever moment', async () => {
    writeFileSync(join(site.folder, 'large.prof'), Buffer.concat([Buffer.from('{0'), Buffer.alloc(8_000_000)]));
    const server = await start(['large.prof']);
    const disk = spyOnDisk();
    const request = `GET /api/profiles/${server.id}/bytes HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${server.cookie}\r\n\r\n`;
    const leave = async (requests: number, isTime: (socket: Socket) => Promise<unknown>) => {
      const socket = connect(server.port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(request.repeat(requests));
      await isTime(socket);
      socket.resetAndDestroy();
    };
    const untilAsked = async () => {
      const seen = disk.paths.length;
      await vi.waitUntil(() => disk.paths.length > seen, { interval: 0 });
    };
    for (let round = 0; round < 20; round++) {
      await leave(1, async () => {});
      await leave(1, untilAsked);
      await leave(1, (socket) => once(socket, 'data'));
      await leave(8, (socket) => once(socket, 'data'));
    }
    await vi.waitUntil(() => disk.countOpen() === 0, { timeout: 5000 });
    expect((await getRaw(server, '/api/info')).status).toBe(200);
    expect(disk.countOpen()).toBe(0);
    expect(server.err()).toBe('');
  });

  it('that became fewer under way end with a broken connection, not with a client that waits', async () => {
    const path = join(site.folder, 'shrinks.prof');
    writeFileSync(path, Buffer.concat([Buffer.from('{0'), Buffer.alloc(32_000_000)]));
    const server = await start(['shrinks.prof']);
    const socket = connect(server.port, '127.0.0.1').on('error', () => {});
    socket.write(
      `GET /api/profiles/${server.id}/bytes HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${server.cookie}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.pause();
    truncateSync(path, 1000);
    const before = performance.now();
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
