/** Placeholder types while the rule is written below. */

/** What a package is to the person who profiled: values of the kind column. */
export const PackageKind = { own: 0, library: 1, builtin: 2 } as const;
export type PackageKindValue = (typeof PackageKind)[keyof typeof PackageKind];

/** Packages of a profile, most self time first. */
export interface PackageTable {
  readonly length: number;
  readonly name: readonly string[];
  /** One `PackageKind` per package. */
  readonly kind: Uint8Array;
  /** Self value of all functions of the package, in the metric's own unit; NaN counts as 0. */
  readonly self: Float64Array;
  /** Functions of the package. */
  readonly functions: Int32Array;
  /** Package of every frame; length of the frame table, never -1. */
  readonly ofFrame: Int32Array;
}
