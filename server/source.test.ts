/** R12 over HTTP: who may see source, and what a request can ask for. What a file must be is in files/source-roots.test.ts. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InfoBody } from '../shared/protocol/api.ts';
import { dict, float, marshal } from '../shared/testing/marshal-writer.ts';
import { getFaultBody } from './errors.ts';
import { buildPackage, makeFolder } from './testing/package.ts';
import { askRaw, getRaw, startServer, type TestServer } from './testing/server.ts';

const NO_SOURCE = JSON.stringify(getFaultBody('no-source'));
const CORE = 'def load(path):\n    return path\n';
let root = '';
let folder = '';
beforeAll(async () => {
  root = await buildPackage();
  folder = makeFolder();
  mkdirSync(join(folder, 'work', '.hidden'), { recursive: true });
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'work', 'core.py'), CORE);
  writeFileSync(join(folder, 'work', '.hidden', 'core.py'), 'hidden');
  writeFileSync(join(folder, 'work', 'secret.txt'), 'hidden');
  writeFileSync(join(folder, 'lib', 'more.py'), '# more\n');
  symlinkSync(join(folder, 'lib', 'more.py'), join(folder, 'work', 'link.py'));
}, 60_000);

/** A profile whose functions are in these files, in this order. */
function putProfile(name: string, files: readonly string[]): void {
  const rows = files.map((file, row) => {
    const times = [row + 1, row + 1, float(0.5), float(0.5), dict()];
    return [[file, row + 1, `f${row}`], times] as const;
  });
  writeFileSync(join(folder, 'work', name), marshal(dict(...rows)));
}

function start(...args: string[]): Promise<TestServer> {
  return startServer(args, { root, cwd: join(folder, 'work') });
}

async function read(server: TestServer, query: string): Promise<readonly [number, string]> {
  const { status, body } = await getRaw(server, `/api/profiles/${server.id}/source?${query}`);
  return [status, status === 200 ? JSON.parse(body).text : body];
}

describe('R12: source', () => {
  it('R12: of a function is that of the file that the profile names, as text in JSON', async () => {
    putProfile('a.prof', ['~', join(folder, 'work', 'core.py'), 'core.py']);
    const server = await start('a.prof');
    expect(await read(server, 'frame=1')).toEqual([200, CORE]);
    expect(await read(server, 'frame=2&profile=0')).toEqual([200, CORE]);
    const { headers } = await getRaw(server, `/api/profiles/${server.id}/source?frame=1`);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'application/json; charset=utf-8',
      'no-store',
    ]);
  });

  it('R12: that may not be shown is refused in the same words as one that is not there', async () => {
    const named = [
      '/etc/passwd',
      '/proc/self/environ',
      join(folder, 'lib', 'more.py'),
      '../lib/more.py',
      'link.py',
      '.hidden/core.py',
      'secret.txt',
      'nowhere.py',
      '~',
      '<string>',
    ];
    putProfile('evil.prof', named);
    const server = await start('evil.prof');
    for (const [frame, name] of named.entries())
      expect([name, await read(server, `frame=${frame}`)]).toEqual([name, [404, NO_SOURCE]]);
    expect(await read(server, `frame=${named.length}`)).toEqual([404, NO_SOURCE]);
    expect(await read(server, 'frame=0&profile=7')).toEqual([404, NO_SOURCE]);
    const allowed = await start('evil.prof', '--source-root', '../lib');
    expect(await read(allowed, 'frame=2')).toEqual([200, '# more\n']);
    expect(await read(allowed, 'frame=4')).toEqual([200, '# more\n']);
    expect(await read(allowed, 'frame=0')).toEqual([404, NO_SOURCE]);
  });

  it('R12: is asked for by a number, never by a path', async () => {
    putProfile('a.prof', ['core.py']);
    const server = await start('a.prof');
    const bad = ['', 'frame=', 'frame=core.py', 'frame=-1', 'frame=0x0', 'frame=1e0', 'frame=0&frame=0', 'frame[]=0'];
    const more = ['frame=../core.py', 'frame=0%00', 'frame=123456789', 'frame=0&profile=x', 'path=core.py'];
    for (const query of [...bad, ...more]) {
      const [status] = await read(server, query);
      expect([query, status]).toEqual([query, 400]);
    }
  });

  it('R12: of a profile that has changed since is not that of a row which is another function now', async () => {
    putProfile('b.prof', ['nowhere.py', 'core.py']);
    const server = await start('b.prof');
    expect(await read(server, 'frame=1')).toEqual([200, CORE]);
    putProfile('b.prof', ['core.py', 'nowhere.py', 'more.py']);
    expect(await read(server, 'frame=1')).toEqual([404, NO_SOURCE]);
    expect(await read(server, 'frame=0')).toEqual([404, NO_SOURCE]);
  });

  it('R12: is for the owner, and for others with --share-source; without a cookie there is none', async () => {
    putProfile('a.prof', ['core.py']);
    const name = 'viewers.example';
    const ask = async (server: TestServer, cookie: string, target: string) => {
      const host = `${name}:${server.port}`;
      const { status, body } = await askRaw(server, `GET ${target}`, { host, cookie });
      return { status, body };
    };
    for (const [option, expected] of [
      [[], 403],
      [['--share-source'], 200],
    ] as const) {
      const server = await start('a.prof', '--host', '0.0.0.0', '--allow-host', name, ...option);
      const target = `/api/profiles/${server.id}/source?frame=0`;
      const roles = [server.cookie, server.viewerCookie, ''];
      const answers = await Promise.all(roles.map((cookie) => ask(server, cookie, target)));
      expect(answers.map(({ status }) => status)).toEqual([200, expected, 401]);
      const info: InfoBody = JSON.parse((await ask(server, server.viewerCookie, '/api/info')).body);
      expect([info.role, info.maySeeSource]).toEqual(['viewer', expected === 200]);
      expect(server.err().includes('the source of functions')).toBe(expected === 200);
    }
    const open = await start('a.prof', '--no-token');
    expect((await getRaw(open, `/api/profiles/${open.id}/source?frame=0`, { cookie: '' })).status).toBe(403);
  });

  it('R12: is for nobody who chose the file by uploading a profile that names it', async () => {
    putProfile('a.prof', ['nowhere.py']);
    const server = await start('a.prof', '--host', '0.0.0.0', '--share-source', '--share-write');
    putProfile('up.prof', ['core.py']);
    const upload = async (cookie: string, name: string) => {
      const response = await fetch(`${server.origin}/api/profiles`, {
        method: 'POST',
        headers: { cookie, origin: server.origin, 'content-type': 'application/octet-stream' },
        body: readFileSync(join(folder, 'work', name)),
      });
      return [response.status, (await response.json()).id] as const;
    };
    const ask = async (cookie: string, id: string) =>
      (await getRaw(server, `/api/profiles/${id}/source?frame=0`, { cookie })).status;
    const [status, viewers] = await upload(server.viewerCookie, 'up.prof');
    expect([status, await ask(server.viewerCookie, viewers), await ask(server.cookie, viewers)]).toEqual([
      201, 404, 200,
    ]);
    putProfile('other.prof', ['core.py', 'more.py']);
    const [, owners] = await upload(server.cookie, 'other.prof');
    expect(await ask(server.viewerCookie, owners)).toBe(200);
  });

  it('R12: comes from folders that are there', async () => {
    await expect(start('--source-root', 'nowhere')).rejects.toThrow('--source-root needs a folder');
    await expect(start('--share-source')).rejects.toThrow('it needs --share');
  });
});
