/** One profile of a speedscope file, with what is needed to read it. */
import type { JsonFaults, JsonObject } from '../json-values.ts';
import type { Notes } from '../notes.ts';

/** What the two kinds of profiles are read from. */
export interface ProfilePart {
  readonly profile: JsonObject;
  /** `profiles[0]`, for messages. */
  readonly place: string;
  /** Rows of `shared.frames` in the frame table. */
  readonly frames: Int32Array;
  readonly faults: JsonFaults;
  readonly notes: Notes;
}
