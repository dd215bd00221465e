/**
 * Where things are in the picture, in CSS pixels from its top left.
 *
 *   ┌────────┬───────────────────────────┬───────┐
 *   │        │ ruler                     │       │
 *   │        │ lanes of brackets         │       │
 *   │ head (names, over the whole width)         │   once for each panel
 *   │ scale  │ body                      │ names │
 *   └────────┴───────────────────────────┴───────┘
 */

/** Room of one panel. */
export interface PanelBox {
  /** Top of the line with the names. */
  readonly head: number;
  readonly top: number;
  readonly height: number;
}

/** Where everything is. */
export interface SeriesGeometry {
  readonly width: number;
  /** At least as high as was asked for; more where the panels need it. */
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly panels: readonly PanelBox[];
}

/** What has to have room. */
export interface SeriesNeeds {
  readonly panels: number;
  readonly lanes: number;
  /** Width of the names beside the ends of lines. */
  readonly names: number;
}

/** Height of the ruler, of a lane and of a panel's head. */
export const RULER_PX = 18;
/** See above. */
export const LANE_PX = 20;
/** See above. */
export const HEAD_PX = 24;
const LANES_GAP_PX = 6;
const SCALE_PX = 64;
const LEAST_BODY_PX = 64;
const FOOT_PX = 8;

/** Lays out `width` × `height`. */
export function layOut(width: number, height: number, { panels, lanes, names }: SeriesNeeds): SeriesGeometry {
  const above = RULER_PX + (lanes > 0 ? lanes * LANE_PX + LANES_GAP_PX : 0);
  const around = HEAD_PX + FOOT_PX;
  // Without values there is nothing below the brackets.
  const whole = panels === 0 ? above + FOOT_PX : Math.max(height, above + panels * (around + LEAST_BODY_PX));
  const body = panels === 0 ? 0 : Math.floor((whole - above) / panels) - around;
  return {
    width,
    height: whole,
    left: SCALE_PX,
    right: Math.max(SCALE_PX + 40, width - names),
    panels: Array.from({ length: panels }, (_, i) => {
      const head = above + i * (around + body);
      return { head, top: head + HEAD_PX, height: body };
    }),
  };
}
