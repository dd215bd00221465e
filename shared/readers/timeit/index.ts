/**
 * What timeit prints, of `python -m timeit` and of IPython: timed statements, several in one text.
 *
 *     20000 loops -> 0.206 secs                          -v: how the loops were found
 *     raw times: 247 msec, 213 msec, 196 msec            -v: all loops of each repeat
 *     20000 loops, best of 3: 9.26 usec per loop
 *
 *     1.21 µs ± 1.62 µs per loop (mean ± std. dev. of 5 runs, 1,000 loops each)
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, StageHook } from '../reader.ts';
import { TIMEIT } from './format.ts';
import { TimeitScan } from './scan.ts';

/** Reads printed results of timeit. */
export const timeitReader: Reader = {
  ...TIMEIT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const scan = new TimeitScan(source.lines());
    const { measurements, about } = scan.run();
    const [first] = measurements;
    if (first === undefined) {
      throw new FormatError('timeit: no line says how long a loop took', {
        format: TIMEIT.id,
        advice: 'Run it again and keep all lines: python -m timeit -v STATEMENT',
      });
    }
    onStage('build');
    return {
      format: TIMEIT.id,
      writer: null,
      profiles: [buildPlainProfile(new FrameBook(), { metrics: [{ name: 'time', unit: first.unit }], measurements })],
      warnings: scan.notes.list(),
      about,
    };
  },
};
