/** How Java's hprof text is known. */
import type { Format, Sniffed } from '../reader.ts';

/** `CPU SAMPLES BEGIN (total = 3362) Fri Dec 18 ...`, or `CPU TIME (ms) BEGIN (...)`. */
export const SECTION = /^CPU (SAMPLES|TIME \(ms\)) BEGIN \(total = (\d+)\)\s*(.*)$/;

/** What `java -agentlib:hprof=cpu=samples` and `cpu=times` write. */
export const HPROF: Format = {
  id: 'hprof',
  title: 'hprof profile of Java (text)',
  extensions: ['.hprof', '.hprof.txt', '.txt'],
  spec: 'https://docs.oracle.com/javase/7/docs/technotes/samples/hprof.html',
  keeps: 'stacks with their samples, or their share of the time and their calls',
  loses: 'allocation sites, heap dumps, monitors',
  sniff({ text }): Sniffed {
    return text.startsWith('JAVA PROFILE 1.0') ? 'yes' : 'no';
  },
};
