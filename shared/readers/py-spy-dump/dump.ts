/** What a dump says, whichever way it is written. */

/** A frame that was running. */
export interface DumpFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** A thread with its frames, innermost first as they stand. */
export interface DumpThread {
  readonly process: string;
  readonly id: string;
  readonly name: string;
  /** Such as `idle`, `active+gil`. */
  readonly state: string;
  readonly frames: DumpFrame[];
}

/** A process; `about` it: its command, its Python. */
export interface DumpProcess {
  readonly id: string;
  readonly about: (readonly [name: string, value: string])[];
}

/** All of a dump. */
export interface Dump {
  readonly processes: readonly DumpProcess[];
  readonly threads: readonly DumpThread[];
}
