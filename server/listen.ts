/**
 * Addresses and ports: where the server listens, and by which names it can be reached.
 *
 * Loopback unless told otherwise. Never "all addresses" unless somebody asked for exactly that with --host.
 */
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { UsageError } from '../shared/errors.ts';

/** How many ports after a taken one are tried. */
const MORE_PORTS = 20;

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  /** Addresses that were bound, as Node writes them. */
  readonly addresses: readonly string[];
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
 * Listens on the first address with the app's own server and on the others with one more each, all on one port.
 * A taken port is followed by the next free one; port 0 means any.
 * @throws UsageError when no port in reach is free, or an address is not of this machine.
 */
export async function listen(
  app: FastifyInstance,
  addresses: readonly string[],
  firstPort: number,
): Promise<Listening> {
  await app.ready();
  const last = firstPort === 0 ? 0 : Math.min(65_535, firstPort + MORE_PORTS);
  for (let port = firstPort; port <= last; port += 1) {
    const listening = await listenAt(app, addresses, port);
    if (listening !== null) return listening;
  }
  const advice = 'end the other program or choose a port with --port';
  throw new UsageError(`ports ${firstPort} to ${last} are all taken; ${advice}`);
}

async function listenAt(app: FastifyInstance, addresses: readonly string[], wanted: number): Promise<Listening | null> {
  const [first = '127.0.0.1', ...others] = addresses;
  const servers: Server[] = [];
  let port = wanted;
  let address = first;
  try {
    // The app's own server comes last: it can try again on the next port, but cannot leave one that it has.
    for (address of others) {
      const server = createTwin(app);
      port = await bind(server, address, port);
      servers.push(server);
    }
    address = first;
    await app.listen({ host: first, port });
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    if (isCode(error, 'EADDRINUSE')) return null;
    throw inWords(error, address, port);
  }
  const bound = app.server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    addresses,
    async close() {
      await Promise.all(servers.map(closeServer));
      await app.close();
    },
  };
}

/** A server on another address with the same app behind it and the same patience. */
function createTwin(app: FastifyInstance): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = app.server;
  const options = {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: 5_000,
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => app.routing(request, response));
  for (const listener of app.server.listeners('clientError'))
    server.on('clientError', (error, socket) => listener(error, socket));
  return server;
}

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
