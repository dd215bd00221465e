/** GET /api/profiles/:id/source?frame=…: text of the file that a function is in, as far as the visitor may see it. */
import type { FastifyPluginAsync } from 'fastify';
import type { SourceBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { Fault } from '../errors.ts';
import { ID_PARAMS, type IdParams } from './ids.ts';

interface FrameQuery {
  readonly frame: string;
  readonly profile?: string;
}

const ROW = { type: 'string', pattern: '^[0-9]{1,8}$' } as const;
const FRAME_QUERY = { type: 'object', properties: { frame: ROW, profile: ROW }, required: ['frame'] } as const;

/** Answers the same whether there is no such file, or it lies elsewhere, or is none that is shown. */
export const sourceRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  app.get<{ Params: IdParams; Querystring: FrameQuery }>(
    '/api/profiles/:id/source',
    { schema: { params: ID_PARAMS, querystring: FRAME_QUERY } },
    async (request): Promise<SourceBody> => {
      if (request.visitor?.maySeeSource !== true) throw new Fault('not-allowed');
      const { id } = request.params;
      const { frame, profile = '0' } = request.query;
      const stored = context.profiles.find(id);
      // Else whoever may upload a profile could choose which files to read.
      const isViewersOwn = request.visitor.role === 'viewer' && stored?.isFromViewer === true;
      const text =
        stored === null || isViewersOwn
          ? null
          : await context.sources.find(stored, { id, profile: Number(profile), frame: Number(frame) });
      if (text === null) throw new Fault('no-source');
      return { text };
    },
  );
};
