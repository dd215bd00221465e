/** GET /api/folders/:id: the profiles of a folder given on the command line. */
import type { FastifyPluginAsync } from 'fastify';
import type { FolderBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { Fault } from '../errors.ts';
import { ID_PARAMS, type IdParams } from './ids.ts';

/** The listing is made anew for each request. */
export const foldersRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  app.get<{ Params: IdParams }>(
    '/api/folders/:id',
    { schema: { params: ID_PARAMS } },
    async (request): Promise<FolderBody> => {
      const folder = context.folders.all.find(({ id }) => id === request.params.id);
      if (folder === undefined) throw new Fault('not-found');
      return context.folders.list(folder);
    },
  );
};
