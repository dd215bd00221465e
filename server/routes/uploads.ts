/**
 * POST /api/profiles: a dropped file, sent because its user pressed Share.
 *
 * The body stays a stream, so that its bytes are counted while they arrive; the framework's own limit does not act on
 * streams. Uploads live in memory and end with the server. The client's file name is a label and nothing else.
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import { NAME_HEADER, type ProfileBody } from '../../shared/protocol/api.ts';
import type { ServerContext } from '../app.ts';
import { Fault } from '../errors.ts';
import { describeProfile } from '../files/store.ts';

/** What uploads may take of this machine's memory: eight of 128 MB. */
const MAX_UPLOAD_BYTES = 128 * 1024 * 1024;
const MAX_UPLOADS = 8;
const MAX_SILENCE_MS = 30_000;
/** How long the rest of a refused body is read and thrown away, so that the client gets to see the answer. */
const DRAIN_MS = 1_000;
const MAX_NAME_LENGTH = 255;

/** The only route that takes anything. */
export const uploadsRoutes: FastifyPluginAsync<{ context: ServerContext }> = async (app, { context }) => {
  const maxBytes = Math.min(MAX_UPLOAD_BYTES, context.profiles.maxBytes);
  const uploading = new Set<string>();
  let uploads = 0;
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.post('/api/profiles', async (request, reply): Promise<ProfileBody> => {
    const client = request.ip;
    let entered = false;
    try {
      if (request.visitor?.mayUpload !== true) throw new Fault('not-allowed');
      if (request.headers['content-type'] !== 'application/octet-stream') throw new Fault('wrong-type');
      if (uploads + uploading.size >= MAX_UPLOADS) throw new Fault('too-many');
      if (uploading.has(client)) throw new Fault('busy');
      if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new Fault('too-large');
      uploading.add(client);
      entered = true;
      const bytes = await receive(request.raw, maxBytes, MAX_SILENCE_MS);
      const profile = context.profiles.addBytes(
        cleanName(request.headers[NAME_HEADER]),
        bytes,
        request.visitor.role === 'viewer',
      );
      if (profile.home.kind === 'memory' && profile.home.bytes === bytes) uploads += 1;
      reply.code(201);
      return describeProfile(profile);
    } catch (error) {
      reply.header('connection', 'close');
      drain(request.raw);
      throw error;
    } finally {
      if (entered) uploading.delete(client);
    }
  });
};

/**
 * All bytes of a body, counted as they come.
 * @throws Fault when there are more than `maxBytes`, when none comes for `maxSilence` ms, or when the client leaves.
 */
export function receive(body: Readable, maxBytes: number, maxSilence: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const silence = setTimeout(() => stop(new Fault('too-slow')), maxSilence);
    const stop = (fault: Fault | null) => {
      clearTimeout(silence);
      body.off('data', take);
      if (fault === null) resolve(new Uint8Array(Buffer.concat(chunks, size)));
      else reject(fault);
    };
    const take = (chunk: Buffer) => {
      silence.refresh();
      size += chunk.length;
      if (size > maxBytes) stop(new Fault('too-large'));
      else chunks.push(chunk);
    };
    body.on('data', take);
    body.once('end', () => stop(null));
    body.once('error', () => stop(new Fault('bad-request')));
    body.once('close', () => stop(new Fault('bad-request')));
  });
}

function drain(body: IncomingMessage): void {
  if (body.complete || body.destroyed) return;
  body.resume();
  const end = setTimeout(() => body.destroy(), DRAIN_MS);
  body.once('close', () => clearTimeout(end));
}

/** A label for people: base name only, no control or direction characters, not too long. */
export function cleanName(header: string | string[] | undefined): string {
  let name = Array.isArray(header) ? (header[0] ?? '') : (header ?? '');
  try {
    name = decodeURIComponent(name);
  } catch {
    // Not percent-encoded UTF-8: the raw text is a label as good as any.
  }
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const clean = base.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd').slice(0, MAX_NAME_LENGTH);
  return clean === '' ? 'uploaded file' : clean;
}
