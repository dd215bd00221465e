/**
 * A dark line at the top of the overview: when functions ran that match the search, else when the selected one did. In the
 * chart such calls may be too short to be drawn.
 */
import { PALETTES, type Theme } from '../../../shared/color/palette.ts';
import { markRunning } from '../../../shared/layout/timeline-running.ts';
import type { Steps } from '../../../shared/tree/steps.ts';
import { type ChartSize, sizeCanvas } from '../chart-parts.ts';
import type { Lanes } from './lanes.ts';
import { runBetweenFrames } from './prepare.ts';

const HEIGHT = 3;
const FIRST_MS = 4;

/** What the line shows. */
export interface StripProps {
  readonly lanes: Lanes;
  /** Functions, 1 by frame; null: none. */
  readonly frames: Uint8Array | null;
  /** What they are, for screen readers and for whoever rests the pointer on the line. */
  readonly text: string;
  readonly theme: Theme;
  readonly size: ChartSize;
}

/** The line of one overview. */
export class RunningStrip {
  readonly root = document.createElement('canvas');
  #painted: StripProps | null = null;
  #giveUp: () => void = () => undefined;

  constructor() {
    this.root.className = 'timeline-running';
    this.root.setAttribute('role', 'img');
    this.root.hidden = true;
  }

  update(props: StripProps): void {
    const { lanes, frames, theme, size } = props;
    const old = this.#painted;
    const isSame =
      old?.lanes === lanes && old.frames === frames && old.theme === theme && old.size.width === size.width;
    if (isSame && old.size.dpr === size.dpr) return;
    this.#painted = props;
    this.#giveUp();
    if (frames === null || size.width === 0) {
      this.root.hidden = true;
      return;
    }
    const width = Math.round(size.width * size.dpr);
    this.#giveUp = runBetweenFrames(
      findColumns(lanes, frames, width),
      (columns) => this.#paint(props, columns),
      FIRST_MS,
    );
  }

  destroy(): void {
    this.#giveUp();
  }

  #paint({ text, theme, size }: StripProps, columns: Uint8Array): void {
    const height = Math.round(HEIGHT * size.dpr);
    sizeCanvas(this.root, columns.length, height);
    const context = this.root.getContext('2d')!;
    context.clearRect(0, 0, columns.length, height);
    context.fillStyle = PALETTES[theme].match;
    for (let x = 0; x < columns.length; x++) if (columns[x] === 1) context.fillRect(x, 0, 1, height);
    this.root.hidden = false;
    this.root.setAttribute('aria-label', text);
    this.root.title = text;
  }
}

function* findColumns({ list, axis }: Lanes, frames: Uint8Array, width: number): Steps<Uint8Array> {
  const columns = new Uint8Array(width);
  for (const { index } of list) yield* markRunning(index, frames, axis, columns);
  return columns;
}
