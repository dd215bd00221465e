/** Documents kept ready for going back and forth: the last ones that were opened, as many as there is room for. */
import type { OpenDocument } from '../state/document.ts';
import { isSamePlace, type Place } from '../state/place.ts';
import { listBuffers } from '../worker/transfer.ts';

const MOST_DOCUMENTS = 6;
/** What their columns may fill. One of a million functions, which fills 200 MB, is kept alone. */
const MOST_BYTES = 256e6;

/** Those of one page. */
export class KeptDocuments {
  /** Last opened first. */
  #documents: readonly OpenDocument[] = [];

  find(place: Place): OpenDocument | null {
    return this.#documents.find((document) => isSamePlace(document.place, place)) ?? null;
  }

  /** Keeps one that was opened, and lets go of those for which there is no room beside it. */
  keep(document: OpenDocument): void {
    this.forget(document.place);
    let bytes = countBytes(document);
    const others = this.#documents.slice(0, MOST_DOCUMENTS - 1).filter((other) => {
      bytes += countBytes(other);
      return bytes <= MOST_BYTES;
    });
    this.#documents = [document, ...others];
  }

  forget(place: Place): void {
    this.#documents = this.#documents.filter((document) => !isSamePlace(document.place, place));
  }
}

function countBytes({ group, prepared, codes }: OpenDocument): number {
  return listBuffers({ group, prepared, codes }).reduce((sum, buffer) => sum + buffer.byteLength, 0);
}
