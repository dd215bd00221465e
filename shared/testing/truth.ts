/**
 * Programs whose true call tree was recorded together with their profile (shared/samples/truth).
 */
import { readSample } from './corpus.ts';
import type { RecordedTree } from './recorded-tree.ts';

/** A recorded program, and the score that the reference of the algorithm reaches on it. */
export interface TruthProgram {
  readonly name: string;
  readonly reference: { readonly tv10: number; readonly tv20: number; readonly top20: number };
}

/** The reference's scores stand in shared/samples/truth/README.md. */
export const TRUTH_PROGRAMS: readonly TruthProgram[] = [
  { name: 'backup_case', reference: { tv10: 4.2, tv20: 4.2, top20: 11.6 } },
  { name: 'wrappers', reference: { tv10: 6.5, tv20: 6.5, top20: 11.5 } },
  { name: 'logging_app', reference: { tv10: 21.8, tv20: 38.8, top20: 15.7 } },
  { name: 'json_tree', reference: { tv10: 23.0, tv20: 53.8, top20: 6.3 } },
  { name: 'threads_pool', reference: { tv10: 0.2, tv20: 0.2, top20: 0.0 } },
  { name: 'imports', reference: { tv10: 47.1, tv20: 82.9, top20: 46.2 } },
];

/** The true tree of a program. */
export function readTruth(name: string): RecordedTree {
  const data = JSON.parse(new TextDecoder().decode(readSample(`truth/${name}.json`))) as {
    funcs: [string, number, string][];
    parent: number[];
    func: number[];
    calls: number[];
    self: number[];
  };
  return { frames: data.funcs, parent: data.parent, frame: data.func, calls: data.calls, self: data.self };
}
