/**
 * What a picture of values over time is made from: panels with scales and lines, brackets above them. Nothing here knows
 * what the values mean. All lengths are device pixels.
 */

import type { Theme } from '../../shared/color/palette.ts';
import type { SeriesColumns } from '../../shared/layout/series/columns.ts';
import type { Fonts } from './text.ts';

/** A mark of a scale. */
export interface ScaleMark {
  /** Along the scale. */
  readonly at: number;
  readonly text: string;
}

/** A point of a line, in pixels. */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

/** A line in a panel. */
export interface LinePicture {
  readonly hue: number;
  /** Dashed: of the file that is shown with this one. */
  readonly isDashed: boolean;
  /** One column per pixel of the panel's width. */
  readonly columns: SeriesColumns;
  /** The points beside the picture that the line comes from and goes to. */
  readonly before: PixelPoint | null;
  readonly after: PixelPoint | null;
  /** Filled down to `below`, another line's columns, or to the ground where it is null. */
  readonly area: { readonly below: SeriesColumns | null } | null;
  /** Points are so far apart that each gets a dot. */
  readonly hasDots: boolean;
}

/** A text beside a line's end, or a peak. */
export interface LineMark extends PixelPoint {
  readonly hue: number;
  readonly text: string;
  readonly kind: 'peak' | 'name';
}

/** A panel: all of one unit. */
export interface PanelPicture {
  readonly top: number;
  readonly height: number;
  /** Value at the bottom and at the top. */
  readonly low: number;
  readonly high: number;
  readonly marks: readonly ScaleMark[];
  readonly lines: readonly LinePicture[];
  readonly labels: readonly LineMark[];
}

/** A named stretch of time above the panels. */
export interface BracketPicture {
  readonly x0: number;
  readonly x1: number;
  /** It begins, or ends, outside of the picture, or never ended. */
  readonly isOpenLeft: boolean;
  readonly isOpenRight: boolean;
  readonly top: number;
  readonly name: string;
  /** What stands after the name where there is room. */
  readonly more: string;
  readonly isStrong: boolean;
  readonly isDim: boolean;
}

/** Everything one picture is made from. */
export interface SeriesFrame {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  readonly theme: Theme;
  readonly fonts: Fonts;
  /** The panels' left and right edge. */
  readonly left: number;
  readonly right: number;
  /** Height of the ruler at the top. */
  readonly ruler: number;
  readonly ticks: readonly ScaleMark[];
  readonly brackets: readonly BracketPicture[];
  /** Height of one bracket's lane. */
  readonly lane: number;
  readonly panels: readonly PanelPicture[];
}

/** Height of a value in a panel. */
export function getValueY(
  { top, height, low, high }: Pick<PanelPicture, 'top' | 'height' | 'low' | 'high'>,
  value: number,
): number {
  return high > low ? top + height - ((value - low) / (high - low)) * height : top + height;
}
