/**
 * The page and its files, from the one folder of built assets.
 *
 * Every file is a route of its own, made at start: there is no path left to climb out of. User data never lies there.
 */
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import type { ServerContext } from '../app.ts';
import { IMMUTABLE } from '../headers.ts';
import { getHints } from '../opened.ts';
import { ID_PARAMS } from './ids.ts';

/** `/`, `/p/:id` and `/d/:id` are the same page; what it shows is in the address, which only the page reads. */
export const pageRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  await app.register(fastifyStatic, {
    root: context.page,
    wildcard: false,
    index: false,
    dotfiles: 'deny',
    list: false,
    cacheControl: false,
    // Nothing here is asked for twice: names in assets/ hold a digest, the page itself is never kept.
    etag: false,
    lastModified: false,
    acceptRanges: false,
    preCompressed: true,
    setHeaders(response, path) {
      // Names in assets/ hold a digest of the content.
      if (/[\\/]assets[\\/][^\\/]+$/.test(path)) response.header('cache-control', IMMUTABLE);
    },
  });
  const schema = { params: ID_PARAMS };
  for (const path of ['/', '/p/:id', '/d/:id']) {
    app.get(path, path === '/' ? {} : { schema }, (request, reply) => {
      const [asked = ''] = request.url.split('?', 1);
      return reply.headers(getHints(asked, request.socket.remoteAddress, context.profiles)).sendFile('index.html');
    });
  }
};
