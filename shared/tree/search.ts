/** placeholder */
import type { NodeIndex } from './call-tree.ts';
export interface FrameQuery {
  readonly text: string;
  readonly mode: 'text' | 'regex' | 'word';
  readonly matchCase?: boolean;
}
export interface FrameMatches {
  readonly matches: Uint8Array;
  readonly count: number;
  readonly from: Int32Array | null;
  readonly to: Int32Array | null;
}
export type Placeholder = NodeIndex;
