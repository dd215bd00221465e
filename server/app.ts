/**
 * The server as a value: `buildApp(options)` makes it. Sockets, ports and their limits are in listen.ts.
 *
 *   request → headers → our host? → our origin? → token or cookie → route → answer
 *
 * The gate is a chain of global hooks, so it stands before every route, asset, redirect and 404 alike. Tests build the
 * app by this function too: there is no laxer one.
 */
import fastifyHelmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Access, Visitor } from './access.ts';
import { Fault, type FaultCode, getFaultBody, getFaultCode, getFaultStatus } from './errors.ts';
import type { FolderStore } from './files/catalogue.ts';
import type { ProfileStore } from './files/store.ts';
import { getHeaderValues, passGate } from './gate.ts';
import { CACHE_CONTROL, HELMET_OPTIONS, SECURITY_HEADERS } from './headers.ts';
import type { OpenedProfiles } from './opened.ts';
import type { Reading } from './reading.ts';
import { foldersRoutes } from './routes/folders.ts';
import { infoRoutes } from './routes/info.ts';
import { noWayInRoutes, sendNoWayIn } from './routes/no-way-in.ts';
import { pageRoutes } from './routes/page.ts';
import { profilesRoutes } from './routes/profiles.ts';
import { SCHEMA_CONTROLLER } from './routes/schema.ts';
import { shareRoutes } from './routes/share.ts';
import { sourceRoutes } from './routes/source.ts';
import { uploadsRoutes } from './routes/uploads.ts';
import type { Sources } from './sources.ts';

/** What the routes share. */
export interface ServerContext {
  readonly access: Access;
  readonly profiles: ProfileStore;
  readonly folders: FolderStore;
  readonly reading: Reading;
  readonly opened: OpenedProfiles;
  readonly sources: Sources;
  readonly version: string;
  /** Folder of the built page. */
  readonly page: string;
  /** Links for others, with their token; empty when nobody outside can reach us. */
  readonly links: readonly string[];
  /** The command that would let others in. */
  readonly shareCommand: string;
}

/** What is said about each answered request to whoever asked for it (--verbose). No query, no cookie, no path. */
export interface RequestNote {
  readonly method: string;
  /** Pattern of the route, such as `/api/profiles/:id`; empty when none matched. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** What buildApp needs. */
export interface AppOptions extends ServerContext {
  readonly onAnswer?: (note: RequestNote) => void;
  /** Told about our own mistakes, which the client only learns the fact of. */
  readonly onMistake?: (error: unknown) => void;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the gate; null on the few routes that are open to everybody. */
    visitor: Visitor | null;
  }
  interface FastifyContextConfig {
    /** True: answered without a token. */
    open?: boolean;
  }
}

/** Bodies we parse as JSON are a few fields; uploads count their bytes themselves. */
const JSON_BODY_BYTES = 64 * 1024;

/** The server, complete, not listening. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: JSON_BODY_BYTES,
    schemaController: SCHEMA_CONTROLLER,
    routerOptions: { maxParamLength: 32 },
    // Addresses that cannot be decoded never reach the hooks.
    frameworkErrors(_error, request, reply) {
      const isOurs = options.access.isOurHost(getHeaderValues(request.raw.rawHeaders, 'host'));
      return refuse(reply, isOurs ? 'bad-request' : 'foreign-host');
    },
  });
  // Forms and beacons of other sites can send text; nothing of ours does.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('visitor', null);
  await app.register(fastifyHelmet, HELMET_OPTIONS);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', CACHE_CONTROL);
  });
  app.addHook('onRequest', (request, reply) => guard(request, reply, options.access));
  app.addHook('onResponse', async (request, reply) => {
    const { onAnswer } = options;
    onAnswer?.({
      method: request.method,
      route: request.routeOptions.url ?? '',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'not-found'));
  app.setErrorHandler((error, _request, reply) => {
    const code = getFaultCode(error);
    if (code === 'internal') options.onMistake?.(error);
    return refuse(reply, code);
  });

  for (const routes of [
    pageRoutes,
    noWayInRoutes,
    infoRoutes,
    profilesRoutes,
    sourceRoutes,
    foldersRoutes,
    uploadsRoutes,
    shareRoutes,
  ]) {
    await app.register(routes, { context: options });
  }
  return app;
}

/** Lets a request through, or answers it. */
async function guard(request: FastifyRequest, reply: FastifyReply, access: Access): Promise<void> {
  const passage = passGate(request.raw, access, request.routeOptions.config.open === true);
  switch (passage.kind) {
    case 'pass':
      request.visitor = passage.visitor;
      break;
    case 'redirect':
      if (passage.cookie !== null) reply.header('set-cookie', passage.cookie);
      reply.redirect(passage.to, 303);
      break;
    case 'no-way-in':
      sendNoWayIn(reply);
      break;
    case 'refuse':
      throw new Fault(passage.code);
    default:
      passage satisfies never;
  }
}

/** Answers with a line of the table in errors.ts. */
function refuse(reply: FastifyReply, code: FaultCode): FastifyReply {
  return reply.headers(SECURITY_HEADERS).code(getFaultStatus(code)).type(JSON_TYPE).send(getFaultBody(code));
}

const JSON_TYPE = 'application/json; charset=utf-8';
