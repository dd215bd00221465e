/**
 * A server for tests, started by the same function and the same command line as a user's: there is no laxer one.
 */
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import { parseCommandLine } from '../cli.ts';
import { type Serving, serve } from '../serve.ts';
import { makeStopwatch } from '../stopwatch.ts';
import { makeTerminal } from '../terminal.ts';

/** Surroundings of a test server. */
export interface TestWorld {
  readonly root: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array;
  readonly platform?: string;
  /** May open a browser: the one that is named. */
  readonly open?: boolean;
}

/** A server that is up and answers. */
export interface TestServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Owner's token of the printed line; empty with --no-token. */
  readonly token: string;
  /** Id of the first profile or folder; empty on the empty page. */
  readonly id: string;
  /** Cookie header of the owner. */
  readonly cookie: string;
  /** Cookie header of somebody with a shared link; only with --share or --host. */
  readonly viewerCookie: string;
  readonly app: FastifyInstance;
  /** Standard output and standard error so far. */
  out(): string;
  err(): string;
  close(): Promise<void>;
}

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((close) => close()));
});

/** What a command line does: a server (closed after the test), or null with what it said. */
export async function startOrFail(
  args: readonly string[],
  world: TestWorld,
): Promise<{ server: TestServer | null; out: string; err: string }> {
  const written = { out: '', err: '' };
  const request = parseCommandLine([...(world.open === true ? [] : ['--no-open']), '--port', '0', ...args], '0.0.0');
  if (request.verb !== 'serve') throw new Error('not a command line that serves');
  const stream = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const env = world.env ?? {};
  const terminal = makeTerminal(stream('out'), stream('err'), { quiet: request.options.quiet, env });
  const stopwatch = makeStopwatch(request.options.timing, () => 0);
  let up: Serving | null = null;
  const isUp = await serve(
    request.options,
    {
      terminal,
      stopwatch,
      env,
      platform: world.platform ?? 'linux',
      pid: 1,
      cwd: world.cwd ?? '/',
      stdin: streamOf(world.stdin ?? new Uint8Array()),
      root: world.root,
      version: '0.0.0',
    },
    (serving) => {
      up = serving;
    },
  );
  const serving = up as Serving | null;
  if (!isUp || serving === null) return { server: null, ...written };
  running.push(serving.close);
  const url = new URL(/http:\S+?(?=["\s])/.exec(written.out)?.[0] ?? '');
  const viewerToken = /^ {2}http:\S+[?&]t=(\S+)/m.exec(written.err)?.[1] ?? '';
  const name = `tsviz_${url.port}`;
  const server = {
    port: Number(url.port),
    origin: url.origin,
    token: url.searchParams.get('t') ?? '',
    id: url.pathname.split('/')[2] ?? '',
    cookie: `${name}=${url.searchParams.get('t')}`,
    viewerCookie: `${name}=${viewerToken}`,
    app: await serving.getApp(),
    out: () => written.out,
    err: () => written.err,
    close: serving.close,
  };
  return { server, ...written };
}

/** A server that is expected to come up; closed after the test. */
export async function startServer(args: readonly string[], world: TestWorld): Promise<TestServer> {
  const { server, err } = await startOrFail(args, world);
  if (server === null) throw new Error(`the server did not start: ${err}`);
  return server;
}

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly text: string;
}

/** Sends exactly these characters to a port and reads until the other end closes. */
export async function sendRaw(port: number, text: string, host = '127.0.0.1'): Promise<RawAnswer> {
  const socket = connect(port, host);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that refuses a body may reset the connection after its answer.
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return parseAnswer(Buffer.concat(chunks).toString('latin1'));
}

/** A GET with exactly this target; headers as given. */
export function getRaw(
  server: TestServer,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  return askRaw(server, `GET ${target}`, { cookie: server.cookie, ...headers });
}

/** A request with exactly this method and target. A Host is added unless given; the connection closes. */
export function askRaw(
  server: TestServer,
  line: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<RawAnswer> {
  const all = { host: `127.0.0.1:${server.port}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendRaw(server.port, `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(end + 4), text };
}

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
