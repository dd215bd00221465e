/** Archives of several files, whatever their kind. */

/** A file in an archive. */
export interface Member {
  /** Path as the archive has it. */
  readonly name: string;
  /**
   * Its bytes; of a packed member they are unpacked now. `maxBytes`: the most it may have.
   * @throws FormatError when it is damaged or too large.
   */
  readonly read: (maxBytes: number) => Uint8Array;
}
