/**
 * Which functions a query means: text, whole word or regular expression over function and path.
 *
 * Text and word search are linear, read the profile's bytes where they lie (search-text.ts) and are safe anywhere. A
 * regular expression comes from a person and may never end on an unlucky name, so it belongs in a worker that can be
 * killed; what it found comes back as plain columns, and the page marks letters from those without running the
 * expression itself.
 */
import { type FrameNames, getFullName, getSearchText, getShownName } from './frame-text.ts';
import { findText, indexOfWord } from './search-text.ts';
import { finish, PIECE, type Steps } from './steps.ts';

/** What is looked for. Case counts only where `matchCase` is true. An empty text matches nothing. */
export interface FrameQuery {
  readonly text: string;
  readonly mode: 'text' | 'regex' | 'word';
  readonly matchCase?: boolean;
}

/** Result of a search. Plain data: safe to post to another thread. */
export interface FrameMatches {
  /** By frame: 1 where it matches. */
  readonly matches: Uint8Array;
  /** Frames that match. */
  readonly count: number;
  /** Of regular expressions, by frame: first matched letters of the shown name, end exclusive; -1 where none are. */
  readonly spans: { readonly from: Int32Array; readonly to: Int32Array } | null;
}

/** Longest query that is taken: a pasted path fits, a pasted program does not. */
export const MAX_QUERY_LENGTH = 1000;

/** A query asks for what cannot be searched: the message is one sentence for the person who typed it. */
export class QueryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'QueryError';
  }
}

/** Why a query cannot be searched, or null when it can. Compiles an expression but never runs it. */
export function checkQuery(query: FrameQuery): string | null {
  try {
    assertLength(query);
    if (query.mode === 'regex') compile(query);
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
}

/**
 * The functions that a query means. Linear for text and words.
 *
 * @throws QueryError for an expression that is none, and for queries over MAX_QUERY_LENGTH.
 */
export function searchFrames(profile: FrameNames, query: FrameQuery): FrameMatches {
  return finish(searchInSteps(profile, query));
}

/** The same in steps. Those of an expression may still be as long as it likes. */
export function* searchInSteps(profile: FrameNames, query: FrameQuery): Steps<FrameMatches> {
  assertLength(query);
  const length = profile.frames.length;
  if (query.text === '') return { matches: new Uint8Array(length), count: 0, spans: null };
  if (query.mode === 'regex') return yield* searchExpression(profile, query);
  return { ...(yield* findText(profile, { ...query, isWord: query.mode === 'word' })), spans: null };
}

/**
 * Letters of a shown name to mark, end exclusive; null when the query matches elsewhere (in the path) or not at all.
 * `found` and `frame` are needed for regular expressions only.
 */
export function findMark(
  shown: string,
  query: FrameQuery,
  found: FrameMatches | null,
  frame: number,
): { from: number; to: number } | null {
  if (query.text === '') return null;
  if (query.mode === 'regex') {
    const from = found?.spans?.from[frame] ?? -1;
    const to = found?.spans?.to[frame] ?? -1;
    return from >= 0 && to > from ? { from, to } : null;
  }
  const needle = query.matchCase ? query.text : query.text.toLowerCase();
  const hay = query.matchCase ? shown : shown.toLowerCase();
  // Lower case is longer than upper case for a few letters; positions would be off, so nothing is marked.
  if (hay.length !== shown.length) return null;
  const from = query.mode === 'word' ? indexOfWord(hay, needle) : hay.indexOf(needle);
  return from < 0 ? null : { from, to: from + needle.length };
}

/**
 * An expression is tried on the name as shown, the name as in the file, then on place and name, so that ^ and $ do what
 * people mean. Names are tried once each: many functions share one.
 */
function* searchExpression(profile: FrameNames, query: FrameQuery): Steps<FrameMatches> {
  const { frames, strings } = profile;
  const expression = compile(query);
  const matches = new Uint8Array(frames.length);
  const from = new Int32Array(frames.length).fill(-1);
  const to = new Int32Array(frames.length).fill(-1);
  /** By string: what is known of it as a name. */
  const known = new Uint8Array(strings.length);
  const [unknown, isMatch, isOther] = [0, 1, 2];
  /** By string: the first letters that match in the name as shown. */
  const first = new Int32Array(strings.length).fill(-1);
  const last = new Int32Array(strings.length).fill(-1);
  let count = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    const name = frames.name[frame]!;
    if (known[name] === unknown) {
      const hit = expression.exec(getShownName(profile, frame));
      if (hit !== null) {
        first[name] = hit.index;
        last[name] = hit.index + hit[0].length;
      }
      known[name] = hit !== null || expression.test(getFullName(profile, frame)) ? isMatch : isOther;
    }
    if (known[name] === isOther && !expression.test(getSearchText(profile, frame))) continue;
    from[frame] = first[name]!;
    to[frame] = last[name]!;
    matches[frame] = 1;
    count++;
    if (frame % PIECE === 0) yield;
  }
  return { matches, count, spans: { from, to } };
}

function assertLength({ text }: FrameQuery): void {
  if (text.length <= MAX_QUERY_LENGTH) return;
  throw new QueryError(`The search is ${text.length} characters long; at most ${MAX_QUERY_LENGTH} are searched for.`);
}

function compile(query: FrameQuery): RegExp {
  try {
    return new RegExp(query.text, query.matchCase ? '' : 'i');
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message.replace(/^Invalid regular expression: .*: /, '') : String(cause);
    throw new QueryError(`Not a regular expression: ${reason}.`, { cause });
  }
}
