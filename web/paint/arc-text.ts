/** Text along an arc, letter by letter, readable from outside: in the lower half it runs the other way round. */
import { splitLetters } from '../../shared/units/names.ts';
import type { Widths } from './text.ts';

/** What painting turned letters needs of a 2D context. */
export interface ArcTextContext {
  font: string;
  fillStyle: string | CanvasGradient | CanvasPattern;
  fillText(text: string, x: number, y: number): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
}

/** Widths as arcs need them: the sum of the letters, each of which stands by itself. */
export class LetterWidths implements Widths {
  readonly #widths: Widths;

  constructor(widths: Widths) {
    this.#widths = widths;
  }

  width(text: string, font: string): number {
    return splitLetters(text).reduce((sum, letter) => sum + this.#widths.width(letter, font), 0);
  }
}

/** Where a text stands on its arc. */
export interface ArcPlace {
  readonly x: number;
  readonly y: number;
  /** Radius at mid-ring. */
  readonly radius: number;
  /** Angle of the text's middle, from twelve o'clock. */
  readonly angle: number;
  /** Height of the letters' middle above their baseline. */
  readonly rise: number;
}

/** Draws a text whose middle is at an angle. The transform is left as the last letter had it. */
export function paintArcText(
  context: ArcTextContext,
  widths: Widths,
  text: string,
  font: string,
  place: ArcPlace,
): void {
  const turned = Math.cos(place.angle) < 0;
  const way = turned ? -1 : 1;
  // The baseline is below the letters' middle, which is inwards above and outwards below.
  const radius = place.radius - way * place.rise;
  const letters = splitLetters(text);
  let at = place.angle - (way * widths.width(text, font)) / 2 / radius;
  context.font = font;
  for (const letter of letters) {
    const width = widths.width(letter, font);
    const angle = at + (way * width) / 2 / radius;
    const tilt = turned ? angle + Math.PI : angle;
    const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
    context.setTransform(cos, sin, -sin, cos, place.x + radius * Math.sin(angle), place.y - radius * Math.cos(angle));
    context.fillText(letter, -width / 2, 0);
    at += (way * width) / radius;
  }
}
