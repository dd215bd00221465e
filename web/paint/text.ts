/** Widths of texts, measured once: measuring is the dearest thing that a canvas does. */

/** What measuring needs of a 2D context. */
export interface MeasuringContext {
  font: string;
  measureText(text: string): { readonly width: number };
}

/** Gives widths of texts. */
export interface Widths {
  width(text: string, font: string): number;
}

/** Texts remembered per font before starting afresh; a long session shows ever new times. */
const MOST_TEXTS = 20_000;

/** Widths of texts in the units of the font's size, remembered. */
export class TextMeasure implements Widths {
  readonly #context: MeasuringContext;
  readonly #fonts = new Map<string, Map<string, number>>();

  constructor(context: MeasuringContext) {
    this.#context = context;
  }

  width(text: string, font: string): number {
    if (text === '') return 0;
    let widths = this.#fonts.get(font);
    if (!widths || widths.size > MOST_TEXTS) {
      widths = new Map();
      this.#fonts.set(font, widths);
    }
    let width = widths.get(text);
    if (width === undefined) {
      if (this.#context.font !== font) this.#context.font = font;
      width = this.#context.measureText(text).width;
      widths.set(text, width);
    }
    return width;
  }
}

/** The fonts of a chart, as canvas wants them, sized in device pixels. */
export interface Fonts {
  readonly normal: string;
  readonly strong: string;
  readonly small: string;
}

/** Fonts at `size` CSS pixels (the small one at 11) of the interface's family. */
export function getFonts(family: string, size: number, dpr: number): Fonts {
  return {
    normal: `400 ${size * dpr}px ${family}`,
    strong: `600 ${size * dpr}px ${family}`,
    small: `400 ${11 * dpr}px ${family}`,
  };
}
