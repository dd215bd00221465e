/**
 * Collapsed stacks: what FlameGraph's scripts, py-spy, pyflame, Tachyon, plop, perf's and Java's tools write. A line is
 * a stack, root first, and how often it was seen:
 *
 *   frame;frame;frame count
 *
 * The same stack may stand on several lines, in any order: there is no time in it.
 */
import type { Source } from '../../decode/source.ts';
import { stripEscapes } from '../../decode/text.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { COLLAPSED } from './format.ts';
import { scanCollapsed } from './scan.ts';

const SAMPLES: Metric = { name: 'samples', unit: 'count' };
const ESCAPE = 0x1b;
const ESCAPES_LOOKED_FOR = 64 * 1024;

/** Reads collapsed stacks. */
export const collapsedReader: Reader = {
  ...COLLAPSED,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const options = { metrics: [SAMPLES], sampled: true, linesRan: false };
    const stacks = new StackProfile(book, options);
    const found = scanCollapsed(bytesOf(source), stacks, book, notes);
    if (stacks.contexts.length === 0) {
      throw new FormatError(`collapsed: none of the lines holds a stack with a count`, {
        format: 'collapsed',
        line: 1,
        offset: 0,
        advice: 'Write one stack per line, as in: main;work;parse 12',
      });
    }
    onStage('build');
    options.linesRan = found.hasLines;
    return { format: 'collapsed', writer: null, profiles: [stacks.build()], warnings: notes.list() };
  },
};

/** The bytes without what a terminal has put between them. */
function bytesOf(source: Source): Uint8Array {
  const { bytes } = source;
  if (!bytes.subarray(0, ESCAPES_LOOKED_FOR).includes(ESCAPE)) return bytes;
  return new TextEncoder().encode(stripEscapes(source.text()));
}
