/** GET /api/info: who the visitor is to this server, and what it holds. */
import type { FastifyPluginAsync } from 'fastify';
import type { InfoBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { listSamples } from '../files/package-files.ts';
import { describeProfile } from '../files/store.ts';

/** The route of the page's first question. */
export const infoRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  const samples = listSamples(context.page);
  app.get('/api/info', async (request): Promise<InfoBody> => {
    return {
      version: context.version,
      role: request.visitor?.role ?? 'viewer',
      shared: context.links.length > 0,
      mayUpload: request.visitor?.mayUpload === true,
      profiles: context.profiles.opened.map((profile) => describeProfile(profile)),
      folders: context.folders.all.map(({ id, name }) => ({ id, name })),
      samples,
    };
  });
};
