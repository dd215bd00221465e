/** How a profiling log of Papyrus is known. */
import type { Format, Sniffed } from '../reader.ts';

/** A line of the log: `500:PUSH:3053:1:None:quest..function`. */
export const EVENT = /^(\d{1,15}):(PUSH|POP|QUEUE_PUSH|QUEUE_POP):(\d{1,15}):\d{1,9}:[^:]{0,500}:(.+)$/;

/** Logs of the script profiler of Skyrim and Fallout 4. */
export const PAPYRUS: Format = {
  id: 'papyrus',
  title: 'Papyrus script profile (log)',
  extensions: ['.log'],
  spec: 'https://ck.uesp.net/wiki/StartScriptProfiling_-_Debug',
  keeps: 'calls of each script stack in the order of time, in milliseconds',
  loses: 'waiting in the queue, the form that a function was called on',
  sniff({ lines }): Sniffed {
    if (!/ log opened \(/.test(lines[0] ?? '')) return 'no';
    return lines.slice(1, 20).some((line) => EVENT.test(line)) ? 'yes' : 'no';
  },
};
