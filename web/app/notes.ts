/**
 * The notes about a file. Reading it and making a tree of it find the same trouble twice: the reader says what it is and
 * how often it is there, the tree what it makes of it. That is one note.
 */
import type { ProfileWarning } from '../../shared/errors.ts';
import type { OpenDocument } from '../state/document.ts';

/** All notes: the reader's first, then those of making sense of the numbers. */
export function listNotes(document: OpenDocument): readonly ProfileWarning[] {
  return mergeNotes(document.group.warnings, document.prepared?.warnings ?? []);
}

/** Codes of the tree for what the reader has noted under another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  'caller-without-entry': 'missing-caller',
  'time-not-a-number': 'not-a-time',
};

/** The reader's notes, then those of the tree; what both met is one note that says both sentences. */
export function mergeNotes(
  ofReader: readonly ProfileWarning[],
  ofTree: readonly ProfileWarning[],
): readonly ProfileWarning[] {
  const merged = new Map<string, ProfileWarning>();
  for (const note of [...ofReader, ...ofTree]) {
    const code = SAME_AS[note.code] ?? note.code;
    const known = merged.get(merged.has(note.code) ? note.code : code);
    if (known === undefined) merged.set(note.code, note);
    else merged.set(known.code, joinNotes(known, note));
  }
  return [...merged.values()];
}

function joinNotes(first: ProfileWarning, second: ProfileWarning): ProfileWarning {
  return {
    code: first.code,
    message: first.message === second.message ? first.message : `${first.message} ${second.message}`,
    where: first.where ?? second.where,
    // Both count the same thing, the tree perhaps once for every caller.
    count: first.count,
  };
}

/** How often, where the message does not say it itself; empty for what is there once. */
export function getTimesText({ message, count }: ProfileWarning, print: (count: number) => string): string {
  return count > 1 && !message.startsWith(`${count} `) ? `${print(count)} times` : '';
}
