/** How a callgrind file is known. */
import type { Format, Sniffed } from '../reader.ts';

const PLACE = /^(?:fl|fn|fi|fe|ob|cfn|cfi|cfl|cob)=/;
const COST = /^(?:\d|[+*-])/;

/** Callgrind's format, in which many tools write: a call graph with costs of lines. */
export const CALLGRIND: Format = {
  id: 'callgrind',
  title: 'Callgrind or Cachegrind',
  extensions: ['.callgrind', '.out', '.log', '.cachegrind'],
  spec: 'https://valgrind.org/docs/manual/cl-format.html',
  keeps: 'functions, callers and callees, source lines, every event, threads',
  loses: 'instructions, jumps, the paths of calls (rebuilt, and marked where estimated), the order of calls',
  sniff({ lines }): Sniffed {
    if (lines.length === 0) return 'no';
    if (/^# callgrind format/.test(lines[0]!)) return 'yes';
    const hasEvents = lines.some((line) => /^events: ?\S/.test(line));
    const hasHead = lines.some((line) => /^(?:version|creator|positions|cmd|desc|pid|part): ?/.test(line));
    const place = lines.findIndex((line) => PLACE.test(line));
    if (hasEvents && place >= 0) return 'yes';
    if (hasEvents && hasHead) return 'maybe';
    // A body whose head is missing: it is told what is missing.
    return place >= 0 && COST.test(lines[place + 1] ?? '') ? 'maybe' : 'no';
  },
};
