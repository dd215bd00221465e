/** The front answers as the app does: whoever asks cannot tell which of them it was. */
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { unpack } from '../shared/wire/pack.ts';
import type { TestServer } from './testing/server.ts';
import { listRoutes, makeSite, type Site } from './testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite();
  writeFileSync(join(site.root, 'dist', 'web', 'assets', 'main-0123abcd.js.gz'), gzipSync('packed'));
}, 60_000);

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** What belongs to a connection, or to the moment. */
const PASSING = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

function lasting(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // One number or one cookie is a text or a list of one, whichever library tells it.
  const kept = Object.entries(headers).filter(([name]) => !PASSING.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function askPort({ port }: TestServer, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: lasting(response.headers), body: Buffer.concat(parts) });
      });
    })
      .on('error', reject)
      .end();
  });
}

async function askApp({ app }: TestServer, url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await app.inject({ url, headers, remoteAddress: '127.0.0.1' });
  return { status: answer.statusCode, headers: lasting(answer.headers), body: answer.rawPayload };
}

describe('the front', () => {
  it('answers as the app does, to the owner, to strangers and to other sites', async () => {
    const server = await site.serveApp();
    const host = `127.0.0.1:${server.port}`;
    const visitors: readonly Readonly<Record<string, string>>[] = [
      { host, cookie: server.cookie },
      { host, cookie: server.cookie, 'accept-encoding': 'gzip' },
      { host },
      { host: 'elsewhere.example', cookie: server.cookie },
      { host, cookie: server.cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ];
    const paths = [...listRoutes(server), `/p/${server.id}?view=flame`, '/p/0123456789abcdef', '/d/0123456789abcdef'];
    let same = 0;
    for (const headers of visitors) {
      for (const path of paths) {
        const [front, app] = [await askPort(server, path, headers), await askApp(server, path, headers)];
        expect([path, headers, front.status, front.headers]).toEqual([path, headers, app.status, app.headers]);
        expect(front.body.equals(app.body), path).toBe(true);
        same += 1;
      }
    }
    expect(same).toBe(visitors.length * paths.length);
  });

  it('exchanges a token as the app does, and goes on without it', async () => {
    const server = await site.serveApp();
    const headers = { host: `127.0.0.1:${server.port}` };
    const path = `/p/${server.id}?view=flame&t=${server.token}`;
    const front = await askPort(server, path, headers);
    expect([front.status, front.headers.location]).toEqual([303, `/p/${server.id}?view=flame`]);
    expect(front.headers).toEqual((await askApp(server, path, headers)).headers);
  });

  it('has the profile ready, read and prepared, with what is known about its file', async () => {
    const server = await site.serveApp();
    const headers = { host: `127.0.0.1:${server.port}`, cookie: server.cookie };
    const answer = await askPort(server, `/api/profiles/${server.id}/opened`, headers);
    const about = JSON.parse(decodeURIComponent(String(answer.headers['x-tsviz-about'])));
    expect(about).toMatchObject({ id: server.id, name: 'app.prof', error: null });
    const { buffer, byteOffset, length } = answer.body;
    const opened = unpack(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
    expect(opened).toMatchObject({ group: { format: 'pstats' }, prepared: { hasCounts: true } });
  });

  it('leaves a file that is no profile to the app, which says so', async () => {
    writeFileSync(join(site.folder, 'broken.prof'), '{(');
    const broken = await site.start(['app.prof', 'broken.prof']);
    const headers = { host: `127.0.0.1:${broken.port}`, cookie: broken.cookie };
    const info = JSON.parse((await askPort(broken, '/api/info', headers)).body.toString());
    const bad = info.profiles.find(({ name }: { name: string }) => name === 'broken.prof');
    const answer = await askPort(broken, `/api/profiles/${bad.id}/opened`, headers);
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([422, 'no-profile']);
  });
});
