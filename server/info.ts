/** What a server holds, and what one visitor may do with it. */
import type { InfoBody } from '../shared/protocol/api.ts';
import type { Visitor } from './access.ts';
import type { ServerContext } from './app.ts';
import { listSamples } from './files/package-files.ts';
import { describeProfile } from './files/store.ts';

/** The answer to the page's first question. */
export function describeServer(context: ServerContext, visitor: Visitor | null): InfoBody {
  return {
    version: context.version,
    role: visitor?.role ?? 'viewer',
    shared: context.links.length > 0,
    mayUpload: visitor?.mayUpload === true,
    maySeeSource: visitor?.maySeeSource === true,
    profiles: context.profiles.opened.map((profile) => describeProfile(profile)),
    folders: context.folders.all.map(({ id, name }) => ({ id, name })),
    samples: listSamples(context.page),
  };
}
