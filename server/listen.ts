/**
 * Addresses and ports: where the server listens, and by which names it can be reached.
 *
 * Loopback unless told otherwise. Never "all addresses" unless somebody asked for exactly that with --host. The sockets
 * know nothing of the app: they listen before it is loaded and hand their requests over once it is.
 */
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { AccessError, UsageError } from '../shared/errors.ts';
import { type FaultCode, getFaultBody, getFaultStatus } from './errors.ts';
import { SECURITY_HEADERS } from './headers.ts';

/** How many ports after a taken one are tried. */
const MORE_PORTS = 20;
/** Patience with clients that send slowly, so that none can hold the server. */
const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  // A request without a Host gets our own refusal, not Node's.
  requireHostHeader: false,
};

/** Answers a request, whatever it is. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  /** Addresses that were bound. */
  readonly addresses: readonly string[];
  /** Ends at once, open connections included: an idle browser tab must not keep Ctrl-C waiting. */
  close(): Promise<void>;
}

/** True for an address that only this machine can reach. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

/** True for "every address of this machine". */
export function isEverywhere(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/**
 * Addresses of this machine that others can come by, best first: private networks, then the rest. IPv6 only where it
 * is private (fd00::/8); a link-local one would need a zone that no browser takes.
 */
export function findOutsideAddresses(interfaces = networkInterfaces()): string[] {
  const found: string[] = [];
  for (const entries of Object.values(interfaces)) {
    for (const { address, family, internal } of entries ?? []) {
      if (internal) continue;
      if (family === 'IPv4' || /^fd/i.test(address)) found.push(address);
    }
  }
  return found.sort((a, b) => rank(a) - rank(b));
}

/** True for an address that the internet does not route. */
export function isPrivate(address: string): boolean {
  return (
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      address,
    ) || /^f[cd]/i.test(address)
  );
}

function rank(address: string): number {
  if (address.includes(':')) return 2;
  return isPrivate(address) ? 0 : 1;
}

/** A host or address as it stands in a URL and in a Host header: IPv6 in brackets and in its shortest spelling. */
export function inUrl(host: string): string {
  if (!host.includes(':')) return host;
  return new URL(`http://${host.startsWith('[') ? host : `[${host}]`}`).hostname;
}

/**
 * Listens on all addresses, on one port. A taken port is followed by the next free one; port 0 means any.
 * @throws AccessError when no port in reach is free, UsageError when an address is not of this machine.
 */
export async function listen(
  handler: Handler,
  addresses: readonly string[],
  firstPort: number,
  morePorts = MORE_PORTS,
): Promise<Listening> {
  const last = firstPort === 0 ? 0 : Math.min(65_535, firstPort + morePorts);
  for (let port = firstPort; port <= last; port += 1) {
    const listening = await listenAt(handler, addresses, port);
    if (listening !== null) return listening;
  }
  const advice = 'end the other program or choose a port with --port';
  const found = firstPort === last ? `port ${last} is taken` : `ports ${firstPort} to ${last} are all taken`;
  throw new AccessError(`${found}; ${advice}`);
}

async function listenAt(handler: Handler, addresses: readonly string[], wanted: number): Promise<Listening | null> {
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
  };
  let port = wanted;
  for (const address of addresses) {
    const server = createServer(SERVER_OPTIONS, handler);
    server.on('checkExpectation', handler);
    server.on('clientError', answerBrokenRequest);
    try {
      port = await bind(server, address, port);
      servers.push(server);
    } catch (error) {
      await close();
      if (isCode(error, 'EADDRINUSE')) return null;
      throw inWords(error, address, port);
    }
  }
  return { port, addresses, close };
}

/** What the parser of HTTP itself refuses never becomes a request; it is answered on the bare socket. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code = BROKEN_REQUESTS[error.code ?? ''] ?? 'bad-request';
  const body = JSON.stringify(getFaultBody(code));
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${getFaultStatus(code)} Refused\r\n${lines.join('')}\r\n${body}`);
}

const BROKEN_REQUESTS: Readonly<Record<string, FaultCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
};

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function inWords(error: unknown, address: string, port: number): unknown {
  if (isCode(error, 'EACCES'))
    return new UsageError(`port ${port} may not be used without more rights; choose one above 1023 with --port`);
  if (isCode(error, 'EADDRNOTAVAIL')) return new UsageError(`${address} is no address of this machine`);
  if (isCode(error, 'ENOTFOUND') || isCode(error, 'EAI_AGAIN'))
    return new UsageError(`no address is known for the host "${address}"`);
  return error;
}
