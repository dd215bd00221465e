/**
 * Places of dots along a line: each at its value, moved up or down only as far as it must be not to hide another one.
 *
 *        ○                  x   the value's place
 *     ○  ○  ○○              y   0 on the line, a dot up, a dot down, two up …
 *   ○ ○  ○  ○○○    ○
 *        ○
 *
 * Nothing is random: the same values give the same picture.
 */

/** Places of the dots, in the order of the values given. */
export interface DotPlaces {
  readonly x: Float64Array;
  /** Distance from the line, positive or negative; at most `room`. */
  readonly y: Float64Array;
  /** Some dots had no place of their own within `room`: they lie over others. */
  readonly isCrowded: boolean;
}

/** What there is to place dots in, in one unit of length. */
export interface DotRoom {
  readonly diameter: number;
  /** How far the middle of a dot may be from the line. */
  readonly room: number;
}

/**
 * Places dots at `x`, which ascends. Dots side by side nearer than `diameter` go to different levels, the nearest one to
 * the line that is free; levels are a diameter apart. Where all levels are taken the dot goes over the one that ends
 * first. Cost: dots × levels.
 */
export function placeDots(x: Float64Array, { diameter, room }: DotRoom): DotPlaces {
  const levels = Math.max(0, Math.floor(room / diameter)) * 2 + 1;
  const freeFrom = new Float64Array(levels).fill(Number.NEGATIVE_INFINITY);
  const y = new Float64Array(x.length);
  let isCrowded = false;
  for (let i = 0; i < x.length; i++) {
    let level = 0;
    let earliest = 0;
    while (level < levels && freeFrom[level]! > x[i]!) {
      if (freeFrom[level]! < freeFrom[earliest]!) earliest = level;
      level++;
    }
    if (level === levels) {
      isCrowded = true;
      level = earliest;
    }
    freeFrom[level] = x[i]! + diameter;
    // 0, 1 up, 1 down, 2 up …
    y[i] = (level % 2 === 1 ? 1 : -1) * Math.ceil(level / 2) * diameter + 0;
  }
  return { x, y, isCrowded };
}
