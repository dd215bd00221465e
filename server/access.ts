/**
 * Who may ask: the host list, the origin check, tokens and the cookie they are exchanged for.
 *
 * Knows nothing of HTTP frameworks: it gets header texts and answers with values. Three kinds of token exist:
 *
 *   owner     in the line printed in the terminal; may do everything
 *   viewer    in the links for others; reads, uploads only with --share-write, sees source only with --share-source
 *   one-time  in the address handed to a browser we open (arguments are visible to other users); becomes owner, once
 *
 * Tokens are compared as SHA-256 digests in constant time. Nothing here trusts X-Forwarded-* or the remote address:
 * neither tells a drive-by request from a real one.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '../shared/protocol/api.ts';

/** 128 bits: beyond guessing. */
const TOKEN_BYTES = 16;
/** Hosts that no DNS server can answer for. `localhost6` and the like are ordinary names and stay out. */
const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
/** Addresses of the page; only these may be navigated to from elsewhere and carry a token. */
const PAGE_PATH = /^\/(?:[pd]\/[a-z0-9]{8,32})?$/;

/** What the command line says about who may do what. */
export interface AccessOptions {
  /** False: reading needs no cookie (writing and source always do). Only for servers that nobody else can reach. */
  readonly tokenNeeded: boolean;
  /** May viewers upload. */
  readonly viewersMayUpload: boolean;
  /** May viewers see the source lines of functions. */
  readonly viewersMaySeeSource: boolean;
}

/** What one request may do. */
export interface Visitor {
  readonly role: Role;
  readonly mayUpload: boolean;
  readonly maySeeSource: boolean;
}

/** The parts of a request that the origin check looks at. */
export interface RequestOrigin {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** The (already accepted) Host header. */
  readonly host: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly fetchDest: string | undefined;
}

/** The guard of one server. */
export class Access {
  readonly ownerToken = makeToken();
  readonly viewerToken = makeToken();
  readonly #options: AccessOptions;
  readonly #oneTime = new Set<string>();
  #port = 0;
  #hosts = new Set<string>();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** The port that was got, and the host names by which others may come besides the loopback ones. */
  listenOn(port: number, hosts: readonly string[] = []): void {
    this.#port = port;
    this.#hosts = new Set([...LOOPBACK_HOSTS, ...hosts.map((host) => host.toLowerCase())]);
  }

  /** A token that opens the door once. */
  makeOneTimeToken(): string {
    const token = makeToken();
    this.#oneTime.add(token);
    return token;
  }

  /** True when a request names exactly one host, and that host is ours. `values`: every Host header it has. */
  isOurHost(values: readonly string[]): boolean {
    const [value, ...rest] = values;
    if (value === undefined || rest.length > 0) return false;
    // A name, or an IPv6 address in brackets, then at most one port. Anything else (userinfo, spaces, dots at the
    // end) matches no entry of the list.
    const match = /^(\[[0-9a-f:.]+\]|[^:[\]@/\\\s]+)(?::(\d{1,5}))?$/.exec(value.toLowerCase());
    if (match === null) return false;
    const port = match[2] === undefined ? 80 : Number(match[2]);
    return port === this.#port && this.#hosts.has(match[1] ?? '');
  }

  /** True when the request comes from our own page, from the address bar, or is a link to the page. */
  isOurOrigin(request: RequestOrigin): boolean {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.origin === undefined) return false;
    if (request.origin !== undefined && request.origin !== `http://${request.host.toLowerCase()}`) {
      return false;
    }
    if (request.fetchSite === undefined || request.fetchSite === 'same-origin' || request.fetchSite === 'none')
      return true;
    // A link in a chat is a cross-site navigation, and stays one after the redirect and after a reload.
    return (
      reads && request.fetchMode === 'navigate' && request.fetchDest === 'document' && PAGE_PATH.test(request.path)
    );
  }

  /** What a request with this Cookie header may do; null: nothing. */
  getVisitor(cookieHeader: string | undefined): Visitor | null {
    const value = findCookie(cookieHeader, this.#cookieName);
    if (value !== null && isSame(value, this.ownerToken)) return { role: 'owner', mayUpload: true, maySeeSource: true };
    if (value !== null && isSame(value, this.viewerToken)) {
      const { viewersMayUpload, viewersMaySeeSource } = this.#options;
      return { role: 'viewer', mayUpload: viewersMayUpload, maySeeSource: viewersMaySeeSource };
    }
    return this.#options.tokenNeeded ? null : { role: 'owner', mayUpload: false, maySeeSource: false };
  }

  /** The Set-Cookie header a token is exchanged for, or null when the token is none of ours. */
  exchange(token: string): string | null {
    if (this.#useOneTime(token) || isSame(token, this.ownerToken)) return this.#makeCookie(this.ownerToken);
    return isSame(token, this.viewerToken) ? this.#makeCookie(this.viewerToken) : null;
  }

  /** Browsers send cookies to every port of a host, hence the port in the name. */
  get #cookieName(): string {
    return `tsviz_${this.#port}`;
  }

  /** Lax, not Strict: with Strict a link that is clicked in a web page arrives without the cookie. */
  #makeCookie(value: string): string {
    return `${this.#cookieName}=${value}; HttpOnly; SameSite=Lax; Path=/`;
  }

  #useOneTime(token: string): boolean {
    for (const known of this.#oneTime) {
      if (isSame(token, known)) return this.#oneTime.delete(known);
    }
    return false;
  }
}

/** True for an address of the page itself: the empty page, a profile, a folder. */
export function isPagePath(path: string): boolean {
  return PAGE_PATH.test(path);
}

/** A query cut into its token and the rest; the rest keeps its order and spelling. */
export function splitToken(query: string): { token: string | null; rest: string } {
  let token: string | null = null;
  const rest: string[] = [];
  for (const part of query.split('&')) {
    if (part === 't' || part.startsWith('t=')) token = part.slice(2);
    else if (part !== '') rest.push(part);
  }
  return { token, rest: rest.join('&') };
}

function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function findCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
