/**
 * The lines over estimated arcs, as a square that a canvas repeats. Cutting lines to a region of arcs took four fifths of a
 * sharp frame without a graphics card (27 of 34 ms at 3840 × 2160); filling the arcs once more takes 2.
 */
import { addHatch, getPitch } from './hatch.ts';

/** Lines in a square: so many that rounding it to whole pixels moves none of them to where it could be seen. */
const LINES = 8;

/** Squares of one picture's colours. */
export class HatchTiles {
  readonly #patterns = new Map<string, CanvasPattern>();

  /** Lines of a colour, from the same origin on the whole canvas; `pixel` is one CSS pixel. */
  get(color: string, pixel: number): CanvasPattern {
    const key = `${color} ${pixel}`;
    const known = this.#patterns.get(key);
    if (known) return known;
    const made = makeTile(color, pixel);
    this.#patterns.set(key, made);
    return made;
  }
}

function makeTile(color: string, pixel: number): CanvasPattern {
  const canvas = document.createElement('canvas');
  const size = Math.round(LINES * getPitch(pixel));
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d')!;
  // From far outside, so that no line begins or ends in the square.
  addHatch(
    context,
    { x: -size, y: -size, width: 3 * size, height: 3 * size },
    (pixel * size) / (LINES * getPitch(pixel)),
  );
  context.fillStyle = color;
  context.fill();
  return context.createPattern(canvas, 'repeat')!;
}
