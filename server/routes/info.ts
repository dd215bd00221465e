/** GET /api/info: who the visitor is to this server, and what it holds. */
import type { FastifyPluginAsync } from 'fastify';
import type { InfoBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { describeServer } from '../info.ts';

/** The route of the page's first question. */
export const infoRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  app.get('/api/info', async (request): Promise<InfoBody> => describeServer(context, request.visitor));
};
