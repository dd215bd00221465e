/**
 * Who comes when. What follows from a step (another zoom, root or view) is much: crumbs, details, table, title. While
 * the picture begins to move all of it waits, and then comes one part per frame, after that frame has been painted:
 *
 *   click       the chart hears of it
 *   frame 1     the picture's first step   ▸ its layout
 *   frame 2     its next step              ▸ the crumbs
 *   frame 3     …                          ▸ the details, and so on
 *
 * Whatever changes while nobody waits comes at once.
 */
import { effect, signal } from '@preact/signals-core';

/** A frame that does not come, as in a window out of sight, must not hold up anything. */
const LATEST_MS = 250;

/** The turns of one page. */
export class Turns {
  readonly #waiting = new Map<object, () => void>();
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
    const jobs = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const job of jobs) job();
  }

  readonly #next = (): void => {
    const [first] = this.#waiting;
    this.#isHeld = false;
    if (!first) return;
    const [key, job] = first;
    this.#waiting.delete(key);
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
