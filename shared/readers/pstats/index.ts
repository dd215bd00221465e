/**
 * pstats files: what cProfile, profile, %prun -D, PyCharm, yappi, pyinstrument and Python 3.15's sampling profiler
 * write for Python's `pstats` module. One marshalled dict, no header, no version, no date:
 *
 *   { (file, line, name): (primitive calls, calls, self, total, { caller key: numbers or count }) }
 *
 * Lost: whether a number was an int or a float, whether a name was bytes or text. Not in the file at all: threads,
 * dates, the order of calls.
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PSTATS } from './format.ts';
import { readPstats } from './read.ts';

/** Reads pstats files of every dialect. */
export const pstatsReader: Reader = {
  ...PSTATS,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return readPstats(source, onStage);
  },
};
