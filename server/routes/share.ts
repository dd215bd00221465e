/** POST /api/share: the links for others, for the owner's Share dialog. A POST, so that no cache or history keeps it. */
import type { FastifyPluginAsync } from 'fastify';
import type { ShareBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { Fault } from '../errors.ts';

/** Never answered to a viewer: the token in it is not theirs to hand on. */
export const shareRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  app.post('/api/share', async (request): Promise<ShareBody> => {
    if (request.visitor?.role !== 'owner') throw new Fault('not-allowed');
    return { links: context.links, command: context.shareCommand };
  });
};
