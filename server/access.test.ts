/**
 * The rules about who may ask, held by requests that no browser would send: raw sockets where a client library would
 * tidy up, `inject` where only the answer counts. Each test names its rule of the threat model.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InfoBody, ShareBody } from '../shared/protocol/api.ts';
import { getFaultBody } from './errors.ts';
import { makeFolder } from './testing/package.ts';
import { askRaw, getRaw, sendRaw, startServer, type TestServer } from './testing/server.ts';
import { listRoutes, makeSite, type Site } from './testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite();
}, 60_000);
const start = (args: readonly string[]) => site.start(args);
const serveApp = (...args: string[]) => site.serveApp(...args);

const outside = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
const hasNetwork = outside.some(({ internal, family }) => !internal && family === 'IPv4');
/** An address of this machine that is not the default one. */
const OTHER_ADDRESS = process.platform === 'darwin' ? '::1' : '127.0.0.2';

describe('R1: loopback by default', () => {
  it('R1: binds 127.0.0.1 and nothing else, and prints that address', async () => {
    const server = await serveApp();
    expect(server.out()).toMatch(/^tsviz: app\.prof at http:\/\/127\.0\.0\.1:\d+\/p\/[a-z0-9]{16}\?t=\S{22}\n$/);
    expect((await getRaw(server, '/')).status).toBe(200);
    await expect(reach(OTHER_ADDRESS, server.port)).resolves.toBe(false);
    await expect(reach('::1', server.port)).resolves.toBe(false);
  });

  it('R1: binds the named address with --host, and no other', async () => {
    const server = await serveApp('--host', OTHER_ADDRESS);
    await expect(reach(OTHER_ADDRESS, server.port)).resolves.toBe(true);
    await expect(reach('127.0.0.1', server.port)).resolves.toBe(false);
  });
});

describe('R2: the Host header', () => {
  it('R2: is one of ours or the answer is a constant refusal, on every route', async () => {
    const server = await serveApp();
    const { port } = server;
    const good = [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`];
    const bad = [
      '',
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.:${port}`,
      `localhost6:${port}`,
      `2130706433:${port}`,
      `0x7f.1:${port}`,
      `0.0.0.0:${port}`,
      `127.1:${port}`,
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      `127.0.0.1:${port}0`,
      `127.0.0.1:${port}:${port}`,
      `evil@127.0.0.1:${port}`,
      `127.0.0.1:${port}@evil.example`,
      `127.0.0.1:${port}, evil.example`,
      `127.0.0.1 :${port}`,
      `::1:${port}`,
      `[::1%25lo]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `[::]:${port}`,
      `[0:0:0:0:0:0:0:1]:${port}`,
    ];
    for (const host of good) expect((await getRaw(server, '/api/info', { host })).status, host).toBe(200);
    const refusal = JSON.stringify(getFaultBody('foreign-host'));
    for (const target of listRoutes(server)) {
      const answers = await Promise.all(bad.map((host) => getRaw(server, target, { host })));
      for (const [index, answer] of answers.entries()) {
        expect([bad[index], answer.status, answer.body]).toEqual([bad[index], 403, refusal]);
      }
    }
  });

  it('R2: is refused when it is missing or there twice', async () => {
    const server = await serveApp();
    const ours = `Host: 127.0.0.1:${server.port}\r\n`;
    const cookie = `Cookie: ${server.cookie}\r\nConnection: close\r\n`;
    for (const hosts of ['', ours + ours, `${ours}Host: evil.example\r\n`, `Host: evil.example\r\n${ours}`]) {
      const answer = await sendRaw(server.port, `GET /api/info HTTP/1.1\r\n${hosts}${cookie}\r\n`);
      expect(answer.status, hosts).toBe(403);
    }
  });

  it('R2: counts, and not what a proxy claims', async () => {
    const server = await serveApp();
    const claims = { 'x-forwarded-host': `127.0.0.1:${server.port}`, forwarded: `host=127.0.0.1:${server.port}` };
    expect((await getRaw(server, '/api/info', { host: 'evil.example', ...claims })).status).toBe(403);
  });

  it('R2: may be a name given with --allow-host, with our port', async () => {
    const server = await serveApp('--allow-host', 'profiles.example');
    expect((await getRaw(server, '/api/info', { host: `profiles.example:${server.port}` })).status).toBe(200);
    expect((await getRaw(server, '/api/info', { host: 'profiles.example' })).status).toBe(403);
    expect((await getRaw(server, '/api/info', { host: `x.profiles.example:${server.port}` })).status).toBe(403);
  });
});

describe('R3: the origin', () => {
  it('R3: of a request by another site is refused; a link to the page is not', async () => {
    const server = await serveApp();
    const page = `/p/${server.id}`;
    const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      for (const target of listRoutes(server)) {
        expect((await getRaw(server, target, { 'sec-fetch-site': site })).status, target).toBe(403);
      }
      expect((await getRaw(server, page, { 'sec-fetch-site': site, ...navigation })).status).toBe(200);
      expect((await getRaw(server, '/api/info', { 'sec-fetch-site': site, ...navigation })).status).toBe(403);
      const framed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
      expect((await getRaw(server, page, { 'sec-fetch-site': site, ...framed })).status).toBe(403);
    }
    for (const site of ['same-origin', 'none']) {
      expect((await getRaw(server, '/api/info', { 'sec-fetch-site': site })).status).toBe(200);
    }
  });

  it('R3: must be named and ours for anything that is no GET', async () => {
    const server = await serveApp();
    const post = (origin: Readonly<Record<string, string>>) =>
      askRaw(server, 'POST /api/share', { cookie: server.cookie, 'content-length': '0', ...origin });
    for (const origin of [
      'null',
      'http://evil.example',
      `https://127.0.0.1:${server.port}`,
      'http://127.0.0.1',
      server.origin.replace('127.0.0.1', 'localhost'),
    ]) {
      expect((await post({ origin })).status, origin).toBe(403);
    }
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: server.origin })).status).toBe(200);
    expect((await getRaw(server, '/api/info', { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('R3: is never granted to others: no Access-Control header, OPTIONS is not there', async () => {
    const server = await serveApp();
    const preflight = { cookie: server.cookie, origin: server.origin, 'access-control-request-method': 'POST' };
    for (const target of listRoutes(server)) {
      const answer = await askRaw(server, `OPTIONS ${target}`, preflight);
      expect(answer.status, target).toBe(404);
      expect(answer.text.toLowerCase()).not.toContain('access-control');
      expect((await getRaw(server, target)).text.toLowerCase()).not.toContain('access-control');
    }
  });
});

describe('R4: the token', () => {
  it('R4: is needed on every route but the exchange and the style of the page that says so', async () => {
    const server = await serveApp();
    for (const target of listRoutes(server)) {
      expect((await getRaw(server, target, { cookie: '' })).status, target).toBe(401);
      expect((await getRaw(server, target, { cookie: `tsviz_${server.port}=wrong` })).status, target).toBe(401);
    }
    expect((await getRaw(server, '/no-way-in.css', { cookie: '' })).status).toBe(200);
    expect((await getRaw(server, `/p/${server.id}?t=wrong`, { cookie: '' })).status).toBe(401);
    expect((await getRaw(server, `/p/${server.id}?t=`, { cookie: '' })).status).toBe(401);
    expect((await getRaw(server, `/api/info?t=${server.token}`, { cookie: '' })).status).toBe(401);
  });

  it('R4: is exchanged for a cookie of this port and a redirect to the same view without it', async () => {
    const server = await serveApp();
    const answer = await getRaw(server, `/p/${server.id}?view=table&t=${server.token}&zoom=a%2Fb`, { cookie: '' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/p/${server.id}?view=table&zoom=a%2Fb`);
    expect(answer.headers.get('set-cookie')).toBe(
      `tsviz_${server.port}=${server.token}; HttpOnly; SameSite=Lax; Path=/`,
    );
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const page = await getRaw(server, `/p/${server.id}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(server.token);
  });

  it('R4: never redirects off this origin', async () => {
    const server = await serveApp();
    const targets = [
      '//evil.example',
      '/\\evil.example',
      '/%0d%0aX-Evil:1',
      '/p/%0d%0a',
      `//evil.example/p/${server.id}`,
      '/p/../p',
      'http://evil.example/',
    ];
    for (const target of targets) {
      for (const cookie of ['', server.cookie]) {
        const answer = await getRaw(server, `${target}?t=${server.token}`, { cookie });
        expect([target, [400, 401, 403, 404].includes(answer.status)]).toEqual([target, true]);
        expect(answer.headers.has('location')).toBe(false);
        expect(answer.headers.has('x-evil')).toBe(false);
      }
    }
  });

  it('R4: is new at every start, 128 bits long, and not needed a second time by who has the cookie', async () => {
    const [first, second] = [await serveApp(), await serveApp()];
    expect(first.token).toMatch(/^[\w-]{22}$/);
    expect(second.token).not.toBe(first.token);
    expect((await getRaw(second, '/', { cookie: `tsviz_${second.port}=${first.token}` })).status).toBe(401);
    const old = await getRaw(first, `/?t=${second.token}`);
    expect([old.status, old.headers.get('location')]).toEqual([303, '/']);
  });

  it('R4: cannot be switched off where others can reach us', async () => {
    for (const args of [['--share'], ['--host', '0.0.0.0'], ['--host', '192.168.1.2'], ['--host', '::']]) {
      await expect(start([...args, '--no-token'])).rejects.toThrow('--no-token');
    }
  });

  it('R4: shows whoever has none where the right link is, and nothing about what is served', async () => {
    const server = await serveApp();
    const page = await getRaw(server, `/p/${server.id}`, { cookie: '' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('in the terminal of whoever started tsviz');
    expect(page.text).not.toMatch(/app\.prof|<script|style=/);
  });
});

describe('R5: on this machine too', () => {
  it('R5: a token handed to a browser we open works once', async () => {
    const seen = makeFolder();
    const opener = join(seen, 'opener');
    writeFileSync(opener, `#!/bin/sh\nprintf '%s' "$1" > "${seen}/url"\n`, { mode: 0o755 });
    const server = await startServer(['app.prof', '--browser', opener], {
      root: site.root,
      cwd: site.folder,
      open: true,
    });
    const url = new URL(readFileSync(join(seen, 'url'), 'utf8'));
    const token = url.searchParams.get('t') ?? '';
    expect(token).not.toBe(server.token);
    expect((await getRaw(server, `/?t=${token}`, { cookie: '' })).status).toBe(303);
    expect((await getRaw(server, `/?t=${token}`, { cookie: '' })).status).toBe(401);
  });

  it('R5: reading without a cookie is refused unless --no-token says otherwise; writing is always', async () => {
    const server = await serveApp('--no-token');
    expect(server.out()).not.toContain('t=');
    expect((await getRaw(server, '/api/info', { cookie: '' })).status).toBe(200);
    const upload = {
      cookie: '',
      origin: server.origin,
      'content-type': 'application/octet-stream',
      'content-length': '2',
    };
    expect((await askRaw(server, 'POST /api/profiles', upload, '{0')).status).toBe(403);
  });
});

describe('R6: viewers', () => {
  // A server that others can reach, on any machine: it is asked by a name of its own over loopback.
  const NAME = 'viewers.example';
  const share = (...args: string[]) => start(['app.prof', '--host', '0.0.0.0', '--allow-host', NAME, ...args]);
  const ask = (server: TestServer, line: string, cookie: string, headers = {}, body = '') => {
    const host = `${NAME}:${server.port}`;
    return askRaw(server, line, { host, origin: `http://${host}`, cookie, ...headers }, body);
  };
  const upload = { 'content-type': 'application/octet-stream', 'content-length': '2' };
  const nothing = { 'content-length': '0' };

  it('R6: read and change nothing; the owner may share and upload', async () => {
    const server = await share();
    const roles = [server.cookie, server.viewerCookie, 'tsviz=x'];
    const profile = `/api/profiles/${server.id}`;
    for (const target of ['/', '/api/info', profile, `${profile}/bytes`, `${profile}/summary`]) {
      const answers = await Promise.all(roles.map((cookie) => ask(server, `GET ${target}`, cookie)));
      expect([target, answers.map(({ status }) => status)]).toEqual([target, [200, 200, 401]]);
    }
    const shares = await Promise.all(roles.map((cookie) => ask(server, 'POST /api/share', cookie, nothing)));
    expect(shares.map(({ status }) => status)).toEqual([200, 403, 401]);
    const uploads = await Promise.all(roles.map((cookie) => ask(server, 'POST /api/profiles', cookie, upload, '{0')));
    expect(uploads.map(({ status }) => status)).toEqual([201, 403, 401]);

    const info: InfoBody = JSON.parse((await ask(server, 'GET /api/info', server.viewerCookie)).body);
    expect([info.role, info.mayUpload, info.shared]).toEqual(['viewer', false, true]);
    const { links }: ShareBody = JSON.parse(shares[0]?.body ?? '');
    expect(links).toContain(`http://${NAME}:${server.port}/?t=${server.viewerCookie.split('=')[1]}`);
    expect(links.join()).not.toContain(server.token);
  });

  it('R6: never learn where on the disk anything is', async () => {
    const server = await start([join(site.folder, 'app.prof'), site.folder, '--host', '0.0.0.0', '--allow-host', NAME]);
    const headers = { host: `${NAME}:${server.port}`, cookie: server.viewerCookie };
    const info: InfoBody = (await server.app.inject({ url: '/api/info', headers })).json();
    for (const url of [...listRoutes(server), `/api/folders/${info.folders[0]?.id}`]) {
      const answer = await server.app.inject({ url, headers });
      expect(answer.statusCode, url).toBeLessThan(405);
      const text = JSON.stringify(answer.headers) + (url.endsWith('/bytes') ? '' : answer.body);
      for (const secret of [site.folder, homedir()]) expect([url, text.includes(secret)]).toEqual([url, false]);
    }
  });

  it('R6: may upload with --share-write', async () => {
    const server = await share('--share-write');
    expect((await ask(server, 'POST /api/profiles', server.viewerCookie, upload, '{0')).status).toBe(201);
    expect((await ask(server, 'POST /api/share', server.viewerCookie, nothing)).status).toBe(403);
  });

  it('R6: come by the addresses of this machine with --share, by a token of their own', async () => {
    const server = await start(['app.prof', '--share']);
    expect(server.err().includes('can read every profile opened here')).toBe(hasNetwork);
    expect(server.err().includes('no address that others can reach')).toBe(!hasNetwork);
    expect(server.err()).not.toContain(server.token);
  });
});

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
