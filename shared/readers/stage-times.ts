/** How long each stage of an opening took, from the moments in which they began. */
import type { ReadStage } from './reader.ts';

/** Stages from bytes to a profile whose first picture needs no more than a layout. */
export type OpenStage = ReadStage | 'prepare' | 'open';

/** Milliseconds by stage; stages that were not needed are absent. */
export type StageTimes = { readonly [stage in OpenStage]?: number };

/** Takes the times of stages that follow one another. `now` gives milliseconds. */
export class StageTimer {
  readonly #now: () => number;
  readonly #times: { [stage in OpenStage]?: number } = {};
  #stage: OpenStage | null = null;
  #since = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A stage begins, and the one before it ends. */
  readonly begin = (stage: OpenStage): void => {
    const at = this.#now();
    if (this.#stage !== null) this.#times[this.#stage] = (this.#times[this.#stage] ?? 0) + at - this.#since;
    this.#stage = stage;
    this.#since = at;
  };

  /** The last stage ends; the times so far. */
  end(): StageTimes {
    if (this.#stage !== null) this.begin(this.#stage);
    this.#stage = null;
    return { ...this.#times };
  }
}
