/** How a GHC profile in JSON is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Time and allocation profiles of Haskell programs. */
export const GHC_JSON: Format = {
  id: 'ghc-json',
  title: 'GHC profile (JSON)',
  extensions: ['.prof', '.json'],
  spec: 'https://downloads.haskell.org/ghc/latest/docs/users_guide/profiling.html#json-profile-format',
  keeps: 'cost centres by the stack that entered them: entries, time, bytes that were allocated',
  loses: 'cost centres that did nothing, where a cost centre ends',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer } = keys;
    return outer.has('rts_arguments') && (outer.has('cost_centres') || outer.has('tick_interval')) ? 'yes' : 'no';
  },
};
