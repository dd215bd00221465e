/** A profile by its id: what it is, its bytes, and what a first reading of it says. */

import { pipeline, Readable } from 'node:stream';
import { createGzip, constants as zlib } from 'node:zlib';
import type { FastifyPluginAsync } from 'fastify';
import { TsvizError } from '../../shared/errors.ts';
import type { ProfileBody, SummaryBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { answerCompact } from '../compact.ts';
import { Fault } from '../errors.ts';
import { openRegularFile } from '../files/disk.ts';
import { describeProfile, type StoredProfile } from '../files/store.ts';
import { getOpenedHeaders, isNear } from '../opened.ts';
import { ID_PARAMS, type IdParams } from './ids.ts';

const OCTETS = 'application/octet-stream';

/** GET /api/profiles/:id, …/opened, …/compact, …/bytes, …/summary. */
export const profilesRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  const schema = { params: ID_PARAMS };

  app.get<{ Params: IdParams }>('/api/profiles/:id', { schema }, async (request): Promise<ProfileBody> => {
    const profile = await findFresh(context, request.params.id);
    return describeProfile(profile, request.params.id);
  });

  app.get<{ Params: IdParams }>('/api/profiles/:id/summary', { schema }, async (request): Promise<SummaryBody> => {
    const profile = await findFresh(context, request.params.id);
    return context.reading.getSummary(profile);
  });

  app.get<{ Params: IdParams }>('/api/profiles/:id/opened', { schema }, async (request, reply) => {
    const profile = await find(context, request.params.id);
    const opened = await context.opened.get(profile);
    if (opened === null)
      throw new Fault(profile.stamp === null && profile.home.kind === 'disk' ? 'gone' : 'no-profile');
    return reply.headers(getOpenedHeaders(profile, opened)).send(Readable.from(opened));
  });

  app.get<{ Params: IdParams }>('/api/profiles/:id/compact', { schema }, async (request, reply) => {
    const profile = await find(context, request.params.id);
    const compact = await context.opened.getCompact(profile);
    if (compact === null) throw new Fault('no-profile');
    const { headers, body } = answerCompact(profile, compact, request.headers['accept-encoding']);
    return reply.headers(headers).send(body);
  });

  app.get<{ Params: IdParams }>('/api/profiles/:id/bytes', { schema }, async (request, reply) => {
    const profile = await find(context, request.params.id);
    reply.type(OCTETS).header('content-disposition', 'attachment; filename="profile"');
    if (profile.home.kind === 'memory')
      return reply.send(
        Buffer.from(profile.home.bytes.buffer, profile.home.bytes.byteOffset, profile.home.bytes.length),
      );

    const { socket } = request.raw;
    const { handle, stamp } = await openRegularFile(profile.home).catch(toFault);
    if (socket.destroyed || stamp.bytes > context.profiles.maxBytes) {
      await handle.close();
      throw new Fault(socket.destroyed ? 'bad-request' : 'too-large');
    }
    // An empty range cannot be asked for, and needs no reading.
    const stream = handle.createReadStream(
      stamp.bytes === 0 ? {} : { start: 0, end: stamp.bytes - 1, highWaterMark: 1 << 18 },
    );
    // An answer that waits behind another one on its connection is never closed; its request is.
    request.raw.once('close', () => {
      if (socket.destroyed) stream.destroy();
    });
    // A file that shrinks meanwhile must not pass for whole, nor keep the client waiting for the rest.
    stream.once('end', () => {
      if (stream.bytesRead < stamp.bytes) socket.destroy();
    });
    if (!isWorthPacking(socket.remoteAddress, request.headers['accept-encoding'], stamp.bytes)) {
      return reply.header('content-length', stamp.bytes).send(stream);
    }
    const packed = createGzip({ level: zlib.Z_BEST_SPEED });
    // An error of the file ends the answer half way, which the client sees; a client that left ends the reading.
    pipeline(stream, packed, () => {});
    return reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').send(packed);
  });
};

/** Over a real network gzip's 100 MB/s outruns the line three- to fourfold; on the same machine it only costs. */
function isWorthPacking(address: string | undefined, accepted: string | undefined, bytes: number): boolean {
  return !isNear(address) && bytes > 4096 && /\bgzip\b/.test(accepted ?? '');
}

async function findFresh(context: ServerContext, id: string): Promise<StoredProfile> {
  const profile = await find(context, id);
  await context.profiles.refresh(profile);
  return profile;
}

async function find(context: ServerContext, id: string): Promise<StoredProfile> {
  const profile = context.profiles.find(id) ?? (await context.folders.findByContent(id));
  if (profile === null) throw new Fault('not-found');
  return profile;
}

function toFault(error: unknown): never {
  if (error instanceof TsvizError) throw new Fault(error.code === 'not-found' ? 'gone' : 'unreadable');
  throw error;
}
