/** Times of the stages of one run, for --timing. */
import type { Terminal } from './terminal.ts';

/** Times of one run. */
export interface Stopwatch {
  /** Ends a stage that began when the last one ended. */
  lap(stage: string): void;
  /** Stages that ran beside these, in another thread. */
  beside(times: Readonly<Record<string, number | undefined>>): void;
  /** Prints the stages, if anybody asked. */
  tell(terminal: Terminal): void;
}

/** A stopwatch; `now` gives ms since the process began. A silent one costs nothing. */
export function makeStopwatch(enabled: boolean, now: () => number): Stopwatch {
  const stages: string[] = [];
  const aside: string[] = [];
  let last = 0;
  return {
    lap(stage) {
      const at = now();
      stages.push(`${stage} ${Math.round(at - last)} ms`);
      last = at;
    },
    beside(times) {
      for (const [stage, ms] of Object.entries(times)) aside.push(`${stage} ${Math.round(ms ?? 0)} ms`);
    },
    tell(terminal) {
      if (!enabled) return;
      const reading = aside.length === 0 ? '' : ` (in its own thread: ${aside.join(', ')})`;
      terminal.tell(`${stages.join(', ')}${reading}; ${Math.round(last)} ms in all`);
    },
  };
}
