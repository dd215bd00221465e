/**
 * Who comes when. What follows from a step (another zoom, root or view) is much: crumbs, details, table, title. While
 * the picture begins to move all of it waits, and then comes one part per frame, after that frame has been painted:
 *
 *   click       the chart hears of it
 *   frame 1     the picture's first step   ▸ its layout
 *   frame 2     its next step              ▸ the address, which takes browsers 5 to 15 ms
 *   frame 3     …                          ▸ the crumbs, and so on
 *
 * Whatever changes while nobody waits comes at once.
 */
import { effect, signal } from '@preact/signals-core';

/** A frame that does not come, as in a window out of sight, must not hold up anything. */
const LATEST_MS = 250;

/** The turns of one page. */
export class Turns {
  readonly #waiting = new Map<object, () => void>();
  #first: (() => void) | null = null;
  #isHeld = false;

  constructor() {
    // Before anybody else hears of it: paper waits for nothing.
    window.addEventListener('beforeprint', () => this.flush(), { capture: true });
  }

  /** From now on until all had their turn, what is to run waits for it. */
  hold(): void {
    if (this.#isHeld || document.visibilityState !== 'visible') return;
    this.#isHeld = true;
    // The first frame's rest is the chart's own: it lays out what it moves to.
    afterFrame(() => afterFrame(this.#next));
  }

  /** Runs `job` before all that waits; one at a time. */
  runFirst(job: () => void): void {
    if (this.#isHeld) this.#first = job;
    else job();
  }

  /** An effect that waits for its turn when what it depends on changes; gives what ends it. */
  effect(act: () => void): () => void {
    const turn = signal(0);
    const key = {};
    const stop = effect(() => {
      void turn.value;
      // Waiting it depends on nothing but its turn: it will look at everything then.
      if (this.#isHeld) this.#waiting.set(key, () => turn.value++);
      else act();
    });
    return () => {
      this.#waiting.delete(key);
      stop();
    };
  }

  /** Nobody waits any longer. */
  flush(): void {
    this.#isHeld = false;
    this.#first?.();
    this.#first = null;
    const jobs = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const job of jobs) job();
  }

  #take(): (() => void) | undefined {
    const first = this.#first;
    this.#first = null;
    if (first) return first;
    const [waiting] = this.#waiting;
    if (waiting) this.#waiting.delete(waiting[0]);
    return waiting?.[1];
  }

  readonly #next = (): void => {
    const job = this.#take();
    this.#isHeld = false;
    if (!job) return;
    try {
      job();
    } finally {
      this.#isHeld = true;
      afterFrame(this.#next);
    }
  };
}

/** Calls back once the next frame has been painted. */
function afterFrame(act: () => void): void {
  let frame = 0;
  const late = window.setTimeout(() => {
    cancelAnimationFrame(frame);
    act();
  }, LATEST_MS);
  frame = requestAnimationFrame(() => {
    clearTimeout(late);
    // A task of its own comes after the painting of the frame.
    window.setTimeout(act, 0);
  });
}
