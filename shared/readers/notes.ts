/**
 * Collects repairable trouble: equal kinds are counted, the first place is kept.
 */
import type { ProfileWarning } from '../errors.ts';

interface Note {
  readonly describe: (count: number) => string;
  readonly where: string | null;
  count: number;
}

/** Names in a file may be megabytes long; a place is shown in one line. */
const MAX_WHERE = 300;

/** Notes about one file, in order of their first occurrence. */
export class Notes {
  private readonly notes = new Map<string, Note>();

  /** Counts one occurrence of `code`; `where` is asked for the first one only. */
  add(code: string, describe: (count: number) => string, where: () => string | null, count = 1): void {
    const note = this.notes.get(code);
    if (note === undefined) this.notes.set(code, { describe, where: where()?.slice(0, MAX_WHERE) ?? null, count });
    else note.count += count;
  }

  /** Takes back what was noted under `code`, when another note says it better. */
  remove(code: string): void {
    this.notes.delete(code);
  }

  /** The warnings of a profile group. */
  list(): ProfileWarning[] {
    return [...this.notes].map(([code, note]) => ({
      code,
      message: note.describe(note.count),
      where: note.where,
      count: note.count,
    }));
  }
}
