/** Types of colour tables; the assignment follows. */

/** What the blocks are coloured by. */
export type ColorScheme = 'package' | 'file' | 'function' | 'own' | 'heat' | 'certainty';

/** One line of the legend. */
export interface LegendEntry {
  readonly name: string;
  /** Colour for its swatch: an index of `ColorTable.colors`. */
  readonly color: number;
  /** True for own code, which is printed strong. */
  readonly own: boolean;
  /** Self value in the metric's unit, or NaN where the entry has none (heat, certainty). */
  readonly self: number;
}

/** Colours of frames under a scheme. Plain data; both themes share the indexes. */
export interface ColorTable {
  readonly scheme: ColorScheme;
  /** `#rrggbb` by colour index. */
  readonly colors: { readonly light: readonly string[]; readonly dark: readonly string[] };
  /** Colour index of every frame's blocks. Heat and certainty depend on the node: ask `getBlockColor`. */
  readonly ofFrame: Int32Array;
  /** Colour index of every frame's swatch in tables and lists (the package's colour, without the file's step). */
  readonly swatchOfFrame: Int32Array;
  /** Largest self value first. */
  readonly legend: readonly LegendEntry[];
}
