/**
 * What a reader of one format is.
 */
import type { Source } from '../decode/source.ts';
import type { ProfileGroup } from '../model/profile.ts';
import type { Head } from './head.ts';

/**
 * What reading a file goes through: `unpack` (gzip only), `sniff` (which format is it), `read` (the scan of all its
 * bytes), `build` (the profile, from what the scan found).
 */
export type ReadStage = 'unpack' | 'sniff' | 'read' | 'build';

/**
 * Told as each stage begins; the last one lasts until the profile is there. From `build` on nobody looks at the file's
 * bytes any more: whoever is told may let go of them.
 */
export type StageHook = (stage: ReadStage) => void;

/** How sure a look at the head is. */
export type Sniffed = 'no' | 'maybe' | 'yes';

/** A format that can be read, and how it is known. */
export interface Format {
  /** Stable short name, as in `--json` and links. */
  readonly id: string;
  /** What people call the format. */
  readonly title: string;
  /** Usual file name endings, with the dot. Never used to decide. */
  readonly extensions: readonly string[];
  /** Where the format is described. */
  readonly spec: string;
  /** What of the file is shown, in a few words: `functions, callers, times`. */
  readonly keeps: string;
  /** What is not shown or can't be known from it; `''`: nothing. */
  readonly loses: string;
  /** Looks at the first bytes, or at the keys near the top of JSON. Never throws. */
  sniff(head: Head): Sniffed;
}

/** A format, and how to read it. */
export interface Reader extends Format {
  /** Tells `onStage` when `build` begins. @throws FormatError when the file breaks the format's rules. */
  read(source: Source, onStage: StageHook): ProfileGroup;
}
