/**
 * Work in pieces: a generator that yields every millisecond or so, so that whoever runs it can let others have the
 * thread in between. Nothing is read from it but its result, which comes at the end and all at once.
 */

/** Work that ends with a result. */
export type Steps<T> = Generator<void, T, void>;

/** Elements that a plain loop handles between two yields: well under a millisecond. */
export const PIECE = 1 << 15;

/** Does all of it now. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Calls `act` with 0 .. length in pieces. The loop over a piece is in `act`, where it is as fast as a loop can be. `piece`:
 * fewer where an element is more work than a plain loop's.
 */
export function* inPieces(
  length: number,
  act: (from: number, end: number) => void,
  piece: number = PIECE,
): Steps<void> {
  for (let from = 0; from < length; from += piece) {
    act(from, Math.min(length, from + piece));
    yield;
  }
}
