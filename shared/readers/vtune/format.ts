/** How a call report of VTune is known. */
import type { Format, Sniffed } from '../reader.ts';

/** Heads of the columns: `% CPU Time:Total  CPU Time:Self  CPU Time:Children  Name  Index` behind the first `Index`. */
export const HEAD = /^Index\s+% (\S.{0,60}):Total\s+\S.{0,60}:Self\s+\S.{0,60}:Children\s+Name\s+Index\s*$/;

/** What `vtune -report gprof-cc` (before: `amplxe-cl`) prints. */
export const VTUNE: Format = {
  id: 'vtune-gprof-cc',
  title: 'VTune call report (gprof-cc)',
  extensions: ['.axe', '.txt'],
  spec: 'https://www.intel.com/content/www/us/en/docs/vtune-profiler/user-guide/current/gprof-cc-report.html',
  keeps: 'functions with their own and whole times, callers and callees with theirs',
  loses: 'calls (VTune counts none), times of calls within a circle, files and lines',
  sniff({ lines }): Sniffed {
    return lines.slice(0, 40).some((line) => HEAD.test(line)) ? 'yes' : 'no';
  },
};
