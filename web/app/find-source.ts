/** Source of a function for the views, or the sentence that says why there is none and what can be done about it. */

import type { FrameIndex } from '../../shared/model/profile.ts';
import type { InfoBody } from '../../shared/protocol/api.ts';
import { ApiError, fetchSource } from '../client/api.ts';
import type { OpenDocument } from '../state/document.ts';
import type { SourceAnswer } from '../views/panel-props.ts';

/** Asks the server for the source of a function of a document. Never rejects. */
export async function findSource(
  document: OpenDocument,
  frame: FrameIndex,
  info: InfoBody | null,
): Promise<SourceAnswer> {
  const { place, origin, file, threads } = document;
  if (place.kind !== 'profile' || origin !== 'server') return none(WORDS[origin === 'sample' ? 'sample' : 'browser']);
  // The server knows functions by their rows in the profiles of the file.
  const row = file.group.profiles.findIndex(({ frames }) => frames.file === threads[0]?.frames.file);
  if (row < 0) return none(WORDS.none);
  try {
    return { kind: 'text', lines: splitLines(await fetchSource(place.id, frame, row)) };
  } catch (error) {
    return none(explain(error, info));
  }
}

const WORDS = {
  browser: 'To see the source, open the file by the tsviz command in the program’s folder: a page cannot look for it.',
  sample: 'This sample comes without the source of its program.',
  none: 'To see the source, start tsviz in the program’s folder, or add --source-root DIR.',
  viewer: 'Source is not shared: who started tsviz can add --share-source.',
  open: 'Source needs a link with its token: tsviz was started with --no-token.',
  unreachable: 'The server does not answer, so there is no source.',
} as const;

function explain(error: unknown, info: InfoBody | null): string {
  if (!(error instanceof ApiError) || error.status === 0) return WORDS.unreachable;
  if (error.code !== 'not-allowed') return WORDS.none;
  return info?.role === 'viewer' ? WORDS.viewer : WORDS.open;
}

function none(message: string): SourceAnswer {
  return { kind: 'none', message };
}

/** A line end at the end of the file begins no further line. */
function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
