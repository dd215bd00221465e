/** Times of the stages of one run, for --timing. */
import type { Terminal } from './terminal.ts';

/** Times of one run. */
export interface Stopwatch {
  /** Ends a stage that began when the last one ended. */
  lap(stage: string): void;
  /** Prints the stages, if anybody asked. */
  tell(terminal: Terminal): void;
}

/** A stopwatch; `now` gives ms since the process began. A silent one costs nothing. */
export function makeStopwatch(enabled: boolean, now: () => number): Stopwatch {
  const stages: string[] = [];
  let last = 0;
  return {
    lap(stage) {
      const at = now();
      stages.push(`${stage} ${Math.round(at - last)} ms`);
      last = at;
    },
    tell(terminal) {
      if (enabled) terminal.tell(`${stages.join(', ')}; ${Math.round(last)} ms in all`);
    },
  };
}
