/** How the files of memory_profiler are known: its tables of lines, and the logs of mprof. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

const SPEC = 'https://github.com/pythonprofilers/memory_profiler';

/** The table. */
export const MEMORY_PROFILER_TEXT: Format = {
  id: 'memory_profiler-text',
  title: 'memory_profiler table (text)',
  extensions: ['.txt'],
  spec: SPEC,
  keeps: 'memory, increment, occurrences and source of every line',
  loses: 'the order of the calls: their tables are put together',
  sniff({ lines }: Head): Sniffed {
    return lines.some((line) => /^Line # {1,8}Mem usage/.test(line)) ? 'yes' : 'no';
  },
};

/** A row of the log that nothing else looks like. */
const ROW =
  /^(MEM -?[\d.]+ \d+(\.\d+)?|CHLD \d+ -?[\d.]+ \d+(\.\d+)?|FUNC \S+ -?[\d.]+ \d+(\.\d+)? -?[\d.]+ \d+(\.\d+)?( \d+)?)\s*$/;

/** The log. */
export const MPROF: Format = {
  id: 'mprof',
  title: 'mprof log',
  extensions: ['.dat'],
  spec: SPEC,
  keeps: 'memory over time, child processes, functions as stretches of time',
  loses: '',
  sniff({ lines }: Head): Sniffed {
    return lines[0]?.startsWith('CMDLINE ') || lines.some((line) => ROW.test(line)) ? 'yes' : 'no';
  },
};
