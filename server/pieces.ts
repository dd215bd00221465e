/** Bytes that are sent while they are still being made, and once more to whoever asks later. */

/** Pieces in order: one makes them, any number take them, each from the first one on. */
export class Pieces implements AsyncIterable<Uint8Array> {
  readonly #all: Uint8Array[] = [];
  #state: 'open' | 'complete' | { readonly error: unknown } = 'open';
  #waiting: (() => void)[] = [];

  /** Whether no piece will follow. */
  get isOver(): boolean {
    return this.#state !== 'open';
  }

  /** Whether no piece was there so far. */
  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  /** Appends a piece. */
  push(piece: Uint8Array): void {
    this.#all.push(piece);
    this.#wake();
  }

  /** No piece follows. */
  end(): void {
    this.#state = 'complete';
    this.#wake();
  }

  /** No piece follows, although some should: everybody who takes them hears of it. */
  fail(error: unknown): void {
    this.#state = { error };
    this.#wake();
  }

  /** Resolves when the first piece is there: true; or when none will come: false. Rejects as taking them does. */
  async hasAny(): Promise<boolean> {
    for await (const _piece of this) return true;
    return false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; ; ) {
      const piece = this.#all[at];
      if (piece !== undefined) {
        at += 1;
        yield piece;
      } else if (this.#state === 'complete') return;
      else if (this.#state !== 'open') throw this.#state.error;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
