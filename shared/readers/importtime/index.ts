/**
 * Logs of `python -X importtime` (and of PYTHONPROFILEIMPORTTIME): a row per import, written when it is done.
 *
 *     import time: self [us] | cumulative | imported package
 *     import time:       118 |        118 |   _io
 *     import time:       234 |        638 | _frozen_importlib_external
 *     import time: cached    | cached     | sys                           -X importtime=2
 *
 * Children stand before their parent, two blanks further in. Times are whole microseconds, rounded up one by one.
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { IMPORTTIME } from './format.ts';
import { readImports } from './read.ts';

/** Reads logs of imports. */
export const importtimeReader: Reader = {
  ...IMPORTTIME,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return readImports(source, onStage);
  },
};
