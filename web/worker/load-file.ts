/** A file of this machine into memory. */
import { refuseTooLarge } from '../../shared/decode/source.ts';
import { AccessError } from '../../shared/errors.ts';

/** A large file is told of some twenty times, and no piece of it is worth mentioning beside the whole. */
const PIECE_BYTES = 8_000_000;

/**
 * All bytes of a file, in pieces straight to their place, so that they are never there twice. `onLoaded` is told how many
 * there are.
 *
 * @throws FormatError when it is too large to be opened, AccessError when the browser can't read it.
 */
export async function loadFile(file: Blob, onLoaded: (bytes: number) => void = () => {}): Promise<Uint8Array> {
  refuseTooLarge(file.size);
  const bytes = new Uint8Array(file.size);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = await file
      .slice(at, at + PIECE_BYTES)
      .arrayBuffer()
      // A folder that is dropped looks like a file until it is read.
      .catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new AccessError(`The browser could not read it: ${why}`);
      });
    bytes.set(new Uint8Array(piece), at);
    onLoaded(at + piece.byteLength);
  }
  return bytes;
}
