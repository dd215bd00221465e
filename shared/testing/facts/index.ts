/** Checks of facts, by the format's name in the manifest of the corpus. */
import { checkCallgrind } from './callgrind.ts';
import type { FactCheck } from './fact.ts';
import { checkGprof2dot } from './gprof2dot.ts';
import { checkFrameJson, checkPrintedTree, checkRenderedJson, checkSession } from './pyinstrument.ts';

/** A check for every format. */
export const FACT_CHECKS: Readonly<Record<string, FactCheck>> = {
  callgrind: checkCallgrind,
  cachegrind: checkCallgrind,
  'gprof2dot-json': checkGprof2dot,
  pyisession: checkSession,
  'pyinstrument-json': checkRenderedJson,
  'pyinstrument-frame-json': checkFrameJson,
  'pyinstrument-text': checkPrintedTree,
};
