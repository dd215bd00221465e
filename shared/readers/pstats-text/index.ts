/**
 * What `pstats` prints: `python -m cProfile` and `profile`, `print_stats`, `print_callers`, `print_callees`, `%prun`.
 *
 *     16189 function calls (11758 primitive calls) in 0.016 seconds
 *     ncalls  tottime  percall  cumtime  percall filename:lineno(function)
 *     ...
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PSTATS_TEXT } from './format.ts';
import { readReports } from './read.ts';

/** Reads printed pstats reports. */
export const pstatsTextReader: Reader = {
  ...PSTATS_TEXT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return readReports(source, onStage);
  },
};
