/**
 * pprof: what Go, gperftools' converter and many agents write, a protobuf message, mostly in gzip.
 *
 * Lost: labels but those that name a thread (they are counted), addresses of frames that have a name, the order of
 * samples (the format has none), `drop_frames` and `keep_frames`.
 *
 * Source: google/pprof, proto/profile.proto.
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PPROF } from './format.ts';
import { readPprof } from './read.ts';

/** Reads pprof messages. */
export const pprofReader: Reader = {
  ...PPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    return readPprof(source, onStage);
  },
};
