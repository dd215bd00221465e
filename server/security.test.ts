/**
 * The rules that every request meets, held by requests that no browser would send: raw sockets where a client library
 * would tidy up, `inject` where only the answer counts. Each test names its rule of the threat model.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InfoBody, ProfileBody, ShareBody } from '../shared/protocol/api.ts';
import { readSample } from '../shared/testing/corpus.ts';
import { type AppOptions, buildApp } from './app.ts';
import { FAULT_CODES, getFaultBody } from './errors.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { buildPackage, makeFolder } from './testing/package.ts';
import { askRaw, getRaw, sendRaw, startServer, type TestServer } from './testing/server.ts';

let root = '';
let folder = '';
/** Files beside the served ones that must never be opened. */
const SECRET = 'top secret';

beforeAll(async () => {
  root = await buildPackage();
  folder = makeFolder();
  writeFileSync(join(folder, 'app.prof'), readSample('pstats/orders-py36.prof'));
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  mkdirSync(join(folder, 'runs', '.hidden'), { recursive: true });
  writeFileSync(join(folder, 'runs', 'other.prof'), readSample('pstats/orders-py314.prof'));
  writeFileSync(join(folder, 'runs', '.hidden', 'x.prof'), readSample('pstats/orders-py315.prof'));
  symlinkSync(join(folder, 'app.prof'), join(folder, 'runs', 'link.prof'));
}, 60_000);

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startServer(args, { root, cwd: folder, env });
const serveApp = (...args: string[]) => start(['app.prof', ...args]);

/** One address of every kind: pages, assets, data, redirects, and what is not there. */
const routes = ({ id }: TestServer) => [
  '/',
  `/p/${id}`,
  '/index.html',
  '/assets/main-0123abcd.js',
  '/samples/notes.prof',
  '/api/info',
  `/api/profiles/${id}`,
  `/api/profiles/${id}/bytes`,
  `/api/profiles/${id}/summary`,
  '/api/folders/0123456789abcdef',
  '/nothing/here',
];

const outside = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
const hasNetwork = outside.some(({ internal, family }) => !internal && family === 'IPv4');
/** An address that is not the default one, on any machine. */
const OTHER_ADDRESS = '127.0.0.2';

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
    for (const target of routes(server)) {
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
      for (const target of routes(server)) {
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
    for (const target of routes(server)) {
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
    for (const target of routes(server)) {
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
    const server = await startServer(['app.prof', '--browser', opener], { root, cwd: folder, open: true });
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
    const server = await start([join(folder, 'app.prof'), folder, '--host', '0.0.0.0', '--allow-host', NAME]);
    const headers = { host: `${NAME}:${server.port}`, cookie: server.viewerCookie };
    const info: InfoBody = (await server.app.inject({ url: '/api/info', headers })).json();
    for (const url of [...routes(server), `/api/folders/${info.folders[0]?.id}`]) {
      const answer = await server.app.inject({ url, headers });
      expect(answer.statusCode, url).toBeLessThan(405);
      const text = JSON.stringify(answer.headers) + (url.endsWith('/bytes') ? '' : answer.body);
      for (const secret of [folder, homedir()]) expect([url, text.includes(secret)]).toEqual([url, false]);
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

describe('R10: paths', () => {
  const bad = [
    '../',
    '%2e%2e%2f',
    '..%5c',
    '%00',
    'C:%5C',
    '%5C%5Chost%5Cx',
    '::$DATA',
    'etc/passwd',
    '.',
    '..',
    'A'.repeat(10_240),
    '0123456',
    'ABCDEF0123456789',
    '0123456789abcdef%00',
    '%252e%252e%252f',
    '%c0%ae%c0%ae/',
    '0123456789abcdef/../../secret.txt',
  ];

  it('R10: cannot be given by a client: every parameter is an id', async () => {
    const server = await start(['app.prof', 'runs']);
    for (const value of bad) {
      for (const target of ['/p/', '/d/', '/api/profiles/', '/api/folders/']) {
        for (const rest of ['', '/bytes', '/summary']) {
          const answer = await getRaw(server, `${target}${value}${rest}`);
          expect([target, value, [400, 404, 431].includes(answer.status)]).toEqual([target, value, true]);
          expect(answer.text).not.toContain(SECRET);
        }
      }
    }
  });

  it('R10: of a folder lead to its profiles and to nothing else: no links, no dot names', async () => {
    const server = await start(['runs']);
    const listing = await getRaw(server, `/api/folders/${server.id}`);
    const { entries, omitted } = JSON.parse(listing.body);
    expect(entries.map(({ name, format }: { name: string; format: string }) => [name, format])).toEqual([
      ['other.prof', 'pstats'],
    ]);
    expect(omitted).toBe(0);
    const profile: ProfileBody = JSON.parse((await getRaw(server, `/api/profiles/${entries[0].id}`)).body);
    expect(profile.id).not.toBe(entries[0].id);
    expect((await getRaw(server, `/api/profiles/${profile.id}/bytes`)).headers.get('content-length')).toBe(
      String(profile.bytes),
    );
  });

  it('R10: that become a link, a folder or a pipe after the start are not followed', async () => {
    const place = makeFolder();
    const path = join(place, 'a.prof');
    writeFileSync(path, readSample('pstats/orders-py36.prof'));
    const server = await start([path]);
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect((await getRaw(server, `/api/profiles/${server.id}/bytes`)).status).toBe(404);
    const { error }: ProfileBody = JSON.parse((await getRaw(server, `/api/profiles/${server.id}`)).body);
    expect(error?.message).toBe('this is no longer a file');
  });
});

describe('R11: the page', () => {
  it('R11: has the files it was built of and no way out of their folder', async () => {
    const server = await serveApp();
    const climbs = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/%2e%2e%2fpackage.json',
      '/..%5cpackage.json',
      '/..\\package.json',
      '//package.json',
      '/assets/../../package.json',
      '/assets/%2e%2e/%2e%2e/cli.js',
      '/assets/..%2f..%2fcli.js',
      '/.env',
      '/assets/',
      '/assets',
      '/samples/',
      '/%',
      '/%ff',
      '/index.html%00',
      '/index.html/',
      '/./index.html/x',
      '/assets/main-0123abcd.js/..',
      '/__proto__',
      '/constructor',
    ];
    for (const target of climbs) {
      const answer = await getRaw(server, target);
      expect([target, [400, 404].includes(answer.status)]).toEqual([target, true]);
      expect(answer.body).not.toContain('"version"');
    }
    expect((await getRaw(server, '/assets/main-0123abcd.js')).headers.get('cache-control')).toContain('immutable');
    expect((await getRaw(server, '/')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('R31: headers', () => {
  it('R31: are on every answer, whatever its status', async () => {
    const server = await serveApp('--max-size', '100kB');
    const answers = [
      await getRaw(server, '/'),
      await getRaw(server, '/api/info'),
      await getRaw(server, `/api/profiles/${server.id}/bytes`),
      await getRaw(server, '/', { cookie: '' }),
      await getRaw(server, '/no-way-in.css', { cookie: '' }),
      await getRaw(server, `/?t=${server.token}`, { cookie: '' }),
      await getRaw(server, '/api/info', { cookie: '' }),
      await getRaw(server, '/', { host: 'evil.example' }),
      await getRaw(server, '/nothing'),
      await getRaw(server, '/%'),
      await getRaw(server, '/api/profiles/..'),
      await getRaw(server, '/', { 'x-long': 'x'.repeat(20_000) }),
      await getRaw(server, '/', { expect: 'the impossible' }),
      await askRaw(server, 'BREW /', {}),
      await sendRaw(server.port, 'nonsense\r\n\r\n'),
      await askRaw(server, 'POST /api/profiles', {
        cookie: server.cookie,
        origin: server.origin,
        'content-type': 'application/octet-stream',
        'content-length': '200000',
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 401, 200, 303, 401, 403, 404, 400, 400, 431, 200, 400, 400, 413,
    ]);
    for (const { headers, status } of answers) {
      const { 'cache-control': noStore, ...fixed } = SECURITY_HEADERS;
      expect([status, Object.fromEntries(Object.keys(fixed).map((name) => [name, headers.get(name)]))]).toEqual([
        status,
        fixed,
      ]);
      expect(headers.get('cache-control')).toBe(noStore);
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('server')).toBe(false);
    }
    expect(SECURITY_HEADERS['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; " +
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html tsviz-worker",
    );
  });

  it('R31: are on the answer to our own mistakes', async () => {
    const mistakes: unknown[] = [];
    const isOurHost = () => {
      throw new Error(`a mistake about ${folder}`);
    };
    const parts = { access: { isOurHost }, profiles: { maxBytes: 1 }, page: join(root, 'dist', 'web') };
    const app = await buildApp({
      ...parts,
      onMistake: (error: unknown) => mistakes.push(error),
    } as unknown as AppOptions);
    const answer = await app.inject('/api/info');
    expect([answer.statusCode, answer.json()]).toEqual([500, getFaultBody('internal')]);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(answer.headers[name]).toBe(value);
    expect(mistakes).toHaveLength(1);
    await app.close();
  });
});

describe('R32: state changes', () => {
  it('R32: need a body type that no form and no beacon can send', async () => {
    const server = await serveApp();
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain; application/octet-stream',
      'application/octet-streams',
      'APPLICATION/X-WWW-FORM-URLENCODED',
    ];
    for (const type of types) {
      for (const target of ['/api/profiles', '/api/share']) {
        const headers = { cookie: server.cookie, origin: server.origin, 'content-type': type, 'content-length': '2' };
        expect((await askRaw(server, `POST ${target}`, headers, '{0')).status, type).toBe(415);
      }
    }
    const untyped = { cookie: server.cookie, origin: server.origin, 'content-length': '2' };
    expect((await askRaw(server, 'POST /api/profiles', untyped, '{0')).status).toBe(415);
  });

  it('R32: never happen by GET', async () => {
    const server = await serveApp();
    const before = (await getRaw(server, '/api/info')).body;
    for (const target of routes(server)) await getRaw(server, target);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expect(
        (await askRaw(server, `${method} /api/profiles/${server.id}`, { cookie: server.cookie, origin: server.origin }))
          .status,
      ).toBe(404);
    }
    expect((await getRaw(server, '/api/info')).body).toBe(before);
  });
});

describe('R33: data', () => {
  it('R33: is JSON or a download, never markup', async () => {
    const server = await serveApp();
    for (const target of [
      '/api/info',
      `/api/profiles/${server.id}`,
      `/api/profiles/${server.id}/summary`,
      '/api/nothing',
    ]) {
      expect((await getRaw(server, target)).headers.get('content-type'), target).toBe(
        'application/json; charset=utf-8',
      );
    }
    const bytes = await getRaw(server, `/api/profiles/${server.id}/bytes`);
    expect(bytes.headers.get('content-type')).toBe('application/octet-stream');
    expect(bytes.headers.get('content-disposition')).toBe('attachment; filename="profile"');
  });
});

describe('R34: many clients', () => {
  it('R34: that send nothing keep nobody else waiting, nor the end', async () => {
    const server = await serveApp();
    const idle = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const socket = connect(server.port, '127.0.0.1');
        socket.on('error', () => {});
        await new Promise((resolve) => socket.once('connect', resolve));
        socket.write('GET / HTTP/1.1\r\nHost: x');
        return socket;
      }),
    );
    expect((await getRaw(server, '/api/info')).status).toBe(200);
    const before = performance.now();
    await server.close();
    expect(performance.now() - before).toBeLessThan(1000);
    for (const socket of idle) socket.destroy();
  });
});

describe('R42: what is said', () => {
  it('R42: of requests is nothing, and with --verbose the pattern of the route', async () => {
    const quiet = await serveApp();
    await getRaw(quiet, `/?t=${quiet.token}`, { cookie: '' });
    expect(quiet.err()).toBe('');
    const server = await serveApp('--verbose');
    const targets = [
      `/p/${server.id}?t=${server.token}&search=sesame`,
      `/api/profiles/${server.id}?q=sesame`,
      '/no/sesame',
    ];
    for (const target of targets) await getRaw(server, target);
    const said = server.err();
    expect(said).toMatch(
      /^tsviz: GET \/p\/:id 303 \d+ ms\ntsviz: GET \/api\/profiles\/:id 200 \d+ ms\ntsviz: GET \(no route\) 404 \d+ ms\n$/,
    );
    for (const secret of [server.token, 'sesame', folder, homedir()]) expect(said).not.toContain(secret);
  });

  it('R42: to clients about errors is in one list', async () => {
    const server = await serveApp();
    const bodies = new Set(FAULT_CODES.map((code) => JSON.stringify(getFaultBody(code))));
    for (const target of [
      '/nothing',
      '/%',
      '/api/profiles/0123456789abcdef',
      '/api/folders/0123456789abcdef',
      '/api/profiles/x',
    ]) {
      expect(bodies.has((await getRaw(server, target)).body), target).toBe(true);
    }
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
