/**
 * The gate: what becomes of a request before anybody looks at what it asks for.
 *
 *   our host? → our origin? → token or cookie → through
 *
 * The app and the front both ask here, so neither can be laxer than the other.
 */
import type { IncomingMessage } from 'node:http';
import { type Access, isPagePath, splitToken, type Visitor } from './access.ts';
import type { FaultCode } from './errors.ts';

/** What the gate decides. */
export type Passage =
  /** `visitor` is null where everybody may ask. */
  | { readonly kind: 'pass'; readonly visitor: Visitor | null }
  /** To the same address without its token. `cookie`: the Set-Cookie header that the token was exchanged for. */
  | { readonly kind: 'redirect'; readonly to: string; readonly cookie: string | null }
  | { readonly kind: 'no-way-in' }
  | { readonly kind: 'refuse'; readonly code: FaultCode };

/** Decides about one request. Asks once: a token for one use is used up. `isOpen`: everybody may ask for this. */
export function passGate(request: IncomingMessage, access: Access, isOpen = false): Passage {
  const hosts = getHeaderValues(request.rawHeaders, 'host');
  if (!access.isOurHost(hosts)) return { kind: 'refuse', code: 'foreign-host' };
  const { method = '', url = '', headers } = request;
  // `GET http://other.example/` would name a second host.
  if (!url.startsWith('/')) return { kind: 'refuse', code: 'bad-request' };
  const [path, query] = splitAddress(url);
  const ours = access.isOurOrigin({
    method,
    path,
    host: hosts[0] ?? '',
    origin: headers.origin,
    fetchSite: getText(headers['sec-fetch-site']),
    fetchMode: getText(headers['sec-fetch-mode']),
    fetchDest: getText(headers['sec-fetch-dest']),
  });
  if (!ours) return { kind: 'refuse', code: 'not-allowed' };

  const visitor = access.getVisitor(headers.cookie);
  const { token, rest } = splitToken(query);
  if (token !== null && method === 'GET' && isPagePath(path)) {
    const cookie = access.exchange(token);
    // The target is made of a path of known form, never of what a stranger could have put before it.
    if (cookie !== null || visitor !== null)
      return { kind: 'redirect', to: rest === '' ? path : `${path}?${rest}`, cookie };
  }
  if (visitor !== null || isOpen) return { kind: 'pass', visitor };
  return isPagePath(path) ? { kind: 'no-way-in' } : { kind: 'refuse', code: 'no-token' };
}

/** Path and query of the address of a request. */
export function splitAddress(url: string): [path: string, query: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

/** Every value a header was sent with, as it was sent. */
export function getHeaderValues(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}

function getText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join() : value;
}
