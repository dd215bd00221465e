/** The calls that the list shows: all of a function, found in slices once per function, or those that are drawn. */
import { BlockKind } from '../../../shared/layout/blocks.ts';
import type { TimelineBlocks } from '../../../shared/layout/timeline.ts';
import { findCalls, type TimelineCalls } from '../../../shared/layout/timeline-calls.ts';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import type { Steps } from '../../../shared/tree/steps.ts';
import type { TimeRange } from '../panel-props.ts';
import type { CallRows } from './call-list.ts';
import type { Lanes } from './lanes.ts';
import { runBetweenFrames } from './prepare.ts';
import { getCall, getTimes, type LaneCall } from './scene.ts';

const FIRST_MS = 8;
const NONE: CallRows = { length: 0, get: () => ({ lane: 0, depth: 0, first: 0, end: 0 }) };

/** Finds calls for one list. */
export class CallSource {
  #lanes: Lanes | null = null;
  #frame: FrameIndex = -1;
  #rows: CallRows = NONE;
  #isSearching = false;
  #waiting: (() => void)[] = [];
  #giveUp: () => void = () => undefined;

  /** True until all calls that were asked for are found. */
  get isSearching(): boolean {
    return this.#isSearching;
  }

  /** Calls of a function as far as they are known; `onFound` is called when they are. */
  getCallsOf(lanes: Lanes, frame: FrameIndex, onFound: () => void): CallRows {
    if (lanes === this.#lanes && frame === this.#frame) {
      if (this.#isSearching) this.#waiting.push(onFound);
      return this.#rows;
    }
    this.end();
    this.#lanes = lanes;
    this.#frame = frame;
    this.#rows = NONE;
    this.#isSearching = true;
    this.#giveUp = runBetweenFrames(
      findInLanes(lanes, frame),
      (found) => {
        this.#isSearching = false;
        this.#rows = joinLanes(found);
        for (const tell of this.#waiting.splice(0)) tell();
      },
      FIRST_MS,
    );
    if (this.#isSearching) this.#waiting.push(onFound);
    return this.#rows;
  }

  end(): void {
    this.#giveUp();
    this.#isSearching = false;
    this.#waiting = [];
    this.#frame = -1;
  }
}

/** Calls that have a block of their own on the picture, in the order of time in each row. */
export function listDrawn(lanes: Lanes, blocks: TimelineBlocks): CallRows {
  const rows: number[] = [];
  for (let block = 0; block < blocks.length; block++) if (blocks.kind[block] === BlockKind.node) rows.push(block);
  rows.sort((a, b) => blocks.x0[a]! - blocks.x0[b]! || blocks.depth[a]! - blocks.depth[b]!);
  return { length: rows.length, get: (row) => getCall(lanes, blocks, rows[row]!)! };
}

function* findInLanes({ list }: Lanes, frame: FrameIndex): Steps<TimelineCalls[]> {
  const found: TimelineCalls[] = [];
  for (const { index } of list) found.push(yield* findCalls(index, frame));
  return found;
}

/** One list of all lanes, lane by lane. */
function joinLanes(found: readonly TimelineCalls[]): CallRows {
  const starts: number[] = [];
  let length = 0;
  for (const calls of found) {
    starts.push(length);
    length += calls.length;
  }
  return {
    length,
    get(row) {
      let lane = starts.length - 1;
      while (starts[lane]! > row) lane--;
      const calls = found[lane]!;
      const at = row - starts[lane]!;
      return { lane, depth: calls.depth[at]!, first: calls.first[at]!, end: calls.end[at]! };
    },
  };
}

/** The longest call, of those that are in view between two times where there are any; null of none. Cost: linear. */
export function findLongest(lanes: Lanes, calls: CallRows, shown: TimeRange): LaneCall | null {
  let longest: LaneCall | null = null;
  let length = Number.NEGATIVE_INFINITY;
  let isInView = false;
  for (let row = 0; row < calls.length; row++) {
    const call = calls.get(row);
    const { from, to } = getTimes(lanes, call);
    const isHere = to > shown.from && from < shown.to;
    if (isHere === isInView ? to - from <= length : isInView) continue;
    longest = call;
    length = to - from;
    isInView = isHere;
  }
  return longest;
}
