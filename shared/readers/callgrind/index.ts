/**
 * Callgrind files: of Valgrind's callgrind and cachegrind, pyprof2calltree, yappi, pprof, xdebug and others; what
 * KCachegrind opens.
 *
 * Lost: instruction addresses, jumps, what of a call's cost is the callee's own (the format has it with callees only).
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { CALLGRIND } from './format.ts';
import { readCallgrind } from './read.ts';

/** Reads callgrind files. */
export const callgrindReader: Reader = {
  ...CALLGRIND,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return readCallgrind(source, onStage);
  },
};
