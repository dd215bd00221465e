/**
 * What a reader of one format is.
 */
import type { Source } from '../decode/source.ts';
import type { ProfileGroup } from '../model/profile.ts';

/** How sure a look at the head is. */
export type Sniffed = 'no' | 'maybe' | 'yes';

/** A format that can be read: how to know it, and how to read it. */
export interface Reader {
  /** Stable short name, as in `--json` and links. */
  readonly id: string;
  /** What people call the format. */
  readonly title: string;
  /** Usual file name endings, with the dot. Never used to decide. */
  readonly extensions: readonly string[];
  /** Where the format is described. */
  readonly spec: string;
  /** Looks at the first bytes only (`head` may be the whole file). Never throws. */
  sniff(head: Uint8Array): Sniffed;
  /** @throws FormatError when the file breaks the format's rules. */
  read(source: Source): ProfileGroup;
}
