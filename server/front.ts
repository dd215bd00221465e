/**
 * The front: answers what the page of a profile needs, while the app is not loaded.
 *
 * Loading the app takes longer than all of these answers together, and a fifth of the server's memory, so it waits until
 * somebody asks for something else. The answers are those of the app, header by header; a test compares them.
 *
 *   GET  /  /p/:id  /d/:id           the page
 *   GET  /assets/…  /favicon.svg     its files
 *   GET  /api/info                   what the server holds
 *   GET  /api/profiles/:id           what is known about a file
 *   GET  /api/profiles/:id/opened    a profile, read and prepared
 *   GET  /api/profiles/:id/compact   the same in few bytes
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { isPagePath } from './access.ts';
import type { RequestNote, ServerContext } from './app.ts';
import { listAssets, readPageFile } from './files/package-files.ts';
import { describeProfile } from './files/store.ts';
import { passGate, splitAddress } from './gate.ts';
import { CACHE_CONTROL, IMMUTABLE, SECURITY_HEADERS } from './headers.ts';
import { describeServer } from './info.ts';
import { getHints, getOpenedHeaders } from './opened.ts';

/** Answers a request, or leaves it alone (false). */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const JSON_TYPE = 'application/json; charset=utf-8';
const INFO_PATH = '/api/info';
const ICON_PATH = '/favicon.svg';
const PROFILE_PATH = /^\/api\/profiles\/([a-z0-9]{8,32})(\/opened|\/compact)?$/;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A front for the built page. */
export function makeFront(context: ServerContext, onAnswer?: (note: RequestNote) => void): Front {
  const { access, page, profiles, opened } = context;
  const assets = new Set([ICON_PATH, ...listAssets(page)]);
  return async (request, response) => {
    const [path, query] = splitAddress(request.url ?? '');
    const [, id, opens] = PROFILE_PATH.exec(path) ?? [];
    const isPage = isPagePath(path);
    // Anything out of the ordinary is the app's.
    if (request.method !== 'GET' || request.headers.range !== undefined || request.headers.expect !== undefined)
      return false;
    const isInfo = path === INFO_PATH;
    if (id === undefined && !isPage && !isInfo && !(assets.has(path) && query === '')) return false;
    const passage = passGate(request, access);
    if (passage.kind !== 'pass' && passage.kind !== 'redirect') return false;
    const began = performance.now();
    const note = () => {
      const ms = Math.round(performance.now() - began);
      onAnswer?.({ method: 'GET', route: getRoute(path), status: response.statusCode, ms });
    };
    if (passage.kind === 'redirect') {
      const cookie = passage.cookie === null ? {} : { 'set-cookie': passage.cookie };
      response.once('finish', note);
      response.writeHead(303, { ...SECURITY_HEADERS, ...cookie, location: passage.to, 'content-length': 0 });
      response.end();
      return true;
    }
    if (isInfo) {
      response.once('finish', note);
      sendJson(response, describeServer(context, passage.visitor));
      return true;
    }
    if (id !== undefined && opens === undefined) {
      const profile = profiles.find(id);
      if (profile === null) return false;
      await profiles.refresh(profile);
      response.once('finish', note);
      sendJson(response, describeProfile(profile, id));
      return true;
    }
    if (id !== undefined && opens === '/compact') {
      const profile = profiles.find(id);
      const compact = profile && (await opened.getCompact(profile));
      if (profile === null || compact === null) return false;
      const { answerCompact } = await import('./compact.ts');
      const { headers, body } = answerCompact(profile, compact, request.headers['accept-encoding']);
      response.once('finish', note);
      response.writeHead(200, { ...SECURITY_HEADERS, ...headers });
      pipeline(body, response, () => {});
      return true;
    }
    if (id !== undefined) {
      const profile = profiles.find(id);
      const parts = profile && (await opened.get(profile));
      if (profile === null || parts === null) return false;
      response.once('finish', note);
      sendParts(response, { ...SECURITY_HEADERS, ...getOpenedHeaders(profile, parts) }, parts);
      return true;
    }
    const name = isPage ? 'index.html' : path.slice(1);
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? '';
    const packed = isPage ? null : getPacked(path, request);
    const body = await readPageFile(page, packed ?? name);
    response.once('finish', note);
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      ...(isPage ? getHints(path, request.socket.remoteAddress, profiles) : {}),
      'cache-control': path.startsWith('/assets/') ? IMMUTABLE : CACHE_CONTROL,
      'content-type': type,
      ...(packed === null ? {} : { 'content-encoding': 'gzip' }),
      vary: 'accept-encoding',
      'content-length': body.length,
    });
    response.end(body);
    return true;
  };

  function getPacked(path: string, request: IncomingMessage): string | null {
    const packed = `${path}.gz`;
    const isWanted = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return isWanted && assets.has(packed) ? packed.slice(1) : null;
  }
}

/** Pattern of the route that the app has for a path. */
function getRoute(path: string): string {
  return path.replace(/^(\/p|\/d|\/api\/profiles)\/[a-z0-9]+/, '$1/:id');
}

function sendJson(response: ServerResponse, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': JSON_TYPE, 'content-length': body.length });
  response.end(body);
}

/** Sends pieces one after the other. Their memory is not copied. */
function sendParts(
  response: ServerResponse,
  headers: Readonly<Record<string, string | number>>,
  parts: readonly Uint8Array[],
): void {
  response.writeHead(200, headers);
  response.cork();
  for (const part of parts) response.write(part);
  response.uncork();
  response.end();
}
