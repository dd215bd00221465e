/** Functions of which the overview tells when they ran: those that match the search, else the selected one. */
import type { FrameIndex } from '../../../shared/model/profile.ts';
import type { PanelProps } from '../panel-props.ts';
import type { Lanes } from './lanes.ts';
import { getFunctionName } from './scene.ts';

/** Functions, and what they are in words. */
export interface Lit {
  /** 1 by frame; null: none. */
  readonly frames: Uint8Array | null;
  readonly framesText: string;
}

const NOTHING: Lit = { frames: null, framesText: '' };

/** Remembers what it said last, so that the same functions are the same array. */
export class LitFunctions {
  #selected: FrameIndex = -1;
  #lit: Lit = NOTHING;

  get({ list }: Lanes, { matches, selected }: Pick<PanelProps, 'matches' | 'selected'>): Lit {
    if (matches !== null) return { frames: matches, framesText: 'When functions ran that match the search' };
    if (selected < 0) return NOTHING;
    if (selected !== this.#selected) {
      const { profile } = list[0]!;
      const frames = new Uint8Array(profile.frames.length);
      frames[selected] = 1;
      this.#selected = selected;
      this.#lit = { frames, framesText: `When ${getFunctionName({ profile }, selected)} ran` };
    }
    return this.#lit;
  }
}
