/**
 * The rules about paths, headers, bodies, load and logs, held by requests that no browser would send. Each test names
 * its rule of the threat model; those about who may ask are in access.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProfileBody } from '../shared/protocol/api.ts';
import { readSample } from '../shared/testing/corpus.ts';
import { type AppOptions, buildApp } from './app.ts';
import { FAULT_CODES, getFaultBody } from './errors.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { spyOnDisk } from './testing/disk-spy.ts';
import { makeFolder } from './testing/package.ts';
import { askRaw, getRaw, sendRaw } from './testing/server.ts';
import { listRoutes, makeSite, SECRET, type Site } from './testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite();
}, 60_000);
const start = (args: readonly string[]) => site.start(args);
const serveApp = (...args: string[]) => site.serveApp(...args);

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

  it('R10: of a folder are not followed out of it when they become links after the listing', async () => {
    const place = makeFolder();
    const folder = join(place, 'runs');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    mkdirSync(join(place, 'elsewhere'));
    const names = ['a.prof', join('deep', 'b.prof'), 'c.prof'];
    for (const name of names) writeFileSync(join(folder, name), '{0');
    for (const name of ['a.prof', 'b.prof', 'c.prof']) writeFileSync(join(place, 'elsewhere', name), SECRET);
    const server = await start([folder]);
    const { entries } = JSON.parse((await getRaw(server, `/api/folders/${server.id}`)).body);
    expect(entries).toHaveLength(3);
    rmSync(join(folder, 'a.prof'));
    symlinkSync(join(place, 'elsewhere', 'a.prof'), join(folder, 'a.prof'));
    rmSync(join(folder, 'deep'), { recursive: true });
    symlinkSync(join(place, 'elsewhere'), join(folder, 'deep'));
    rmSync(join(folder, 'c.prof'));
    symlinkSync('c.prof', join(folder, 'c.prof'));
    for (const { id } of entries) {
      const bytes = await getRaw(server, `/api/profiles/${id}/bytes`);
      expect([bytes.status, bytes.text.includes(SECRET)]).toEqual([404, false]);
      const { error, bytes: size } = JSON.parse((await getRaw(server, `/api/profiles/${id}`)).body);
      expect([error === null, size]).toEqual([false, 0]);
      const summary = JSON.parse((await getRaw(server, `/api/profiles/${id}/summary`)).body);
      expect([summary.format, summary.error !== null]).toEqual([null, true]);
    }
  });

  it('R10: that become a folder or a pipe after the start are not waited for', async () => {
    const place = makeFolder();
    const path = join(place, 'a.prof');
    writeFileSync(path, readSample('pstats/orders-py36.prof'));
    const server = await start([path]);
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect((await getRaw(server, `/api/profiles/${server.id}/bytes`)).status).toBe(404);
    const { error }: ProfileBody = JSON.parse((await getRaw(server, `/api/profiles/${server.id}`)).body);
    expect(error?.message).toBe('this is no longer a file');
    rmSync(path);
    mkdirSync(path);
    expect((await getRaw(server, `/api/profiles/${server.id}/bytes`)).status).toBe(404);
  });

  it('R10: outside of what was named are not even looked at, whatever a client sends', async () => {
    const server = await start(['app.prof', 'runs']);
    const targets = [...bad, '0123456789abcdef', 'passwd00'].flatMap((value) =>
      ['/', '/p/', '/d/', '/assets/', '/samples/', '/api/profiles/', '/api/folders/'].flatMap((before) =>
        ['', '/bytes', '/summary'].map((after) => `${before}${value}${after}`),
      ),
    );
    const { id } = server;
    const good = [
      '/',
      `/p/${id}`,
      '/assets/main-0123abcd.js',
      `/api/profiles/${id}/bytes`,
      '/api/folders/0123456789abcdef',
    ];
    for (const target of good) await getRaw(server, target);
    const disk = spyOnDisk();
    for (const target of [...good, ...targets]) await getRaw(server, target);
    const offered = [join(site.folder, 'app.prof'), join(site.folder, 'runs'), join(site.root, 'dist', 'web')];
    const seen = new Set(disk.paths);
    expect(seen).toContain(offered[0]);
    expect([...seen].some((path) => path.startsWith(`${offered[2]}${sep}`))).toBe(true);
    expect([...seen].filter((path) => !offered.some((root) => path === root || path.startsWith(root + sep)))).toEqual(
      [],
    );
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
      '/assets/%2e%2e/%2e%2e/cli.cjs',
      '/assets/..%2f..%2fcli.cjs',
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
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;connect-src 'self';worker-src 'self';" +
        "font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types lit-html tsviz-worker",
    );
  });

  it('R31: are on the answer to our own mistakes', async () => {
    const mistakes: unknown[] = [];
    const isOurHost = () => {
      throw new Error(`a mistake about ${site.folder}`);
    };
    const parts = { access: { isOurHost }, profiles: { maxBytes: 1 }, page: join(site.root, 'dist', 'web') };
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
    for (const target of listRoutes(server)) await getRaw(server, target);
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
    for (const secret of [server.token, 'sesame', site.folder, homedir()]) expect(said).not.toContain(secret);
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

describe('R45: the promises', () => {
  it('R45: stand in SECURITY.md: who gets in, what can be opened, what a profile can do, and how to report', () => {
    const text = readFileSync(join(import.meta.dirname, '../SECURITY.md'), 'utf8').replace(/\s+/g, ' ');
    for (const promise of [
      /listens on 127\.0\.0\.1/, // R1
      /answers only when asked by that address/, // R2
      /Other sites cannot read from it, post to it or frame it/, // R3
      /A token guards every profile/, // R4, R5
      /cannot upload, unless you add `--share-write`, and never see paths/, // R6
      /No request names a path/, // R10
      /A profile that names a file does not open it/, // R12
      /Others see none, unless you add `--share-source`/, // R12
      /read in a thread of its own with limits/, // R22
      /Nothing in a profile becomes markup, style, address or script/, // R30
      /plain HTTP/,
      /ssh -L/,
      /do not open a public issue/,
    ]) {
      expect(text).toMatch(promise);
    }
  });
});
