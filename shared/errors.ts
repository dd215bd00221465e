/**
 * What can go wrong, as one small hierarchy with stable codes.
 *
 * A message says what was found, where, and what was expected. Advice (what to do) is added by whoever shows the
 * error. A code is never reused for another meaning: links, scripts and tests rely on it.
 */

/** Stable names of the errors, one per class. */
export type ErrorCode = 'format' | 'unknown-format' | 'unsupported-version' | 'not-found' | 'access' | 'usage';

/** The root of all errors that are somebody's input, not our mistake. */
export class TsvizError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Where in a file something is wrong, and what the file was taken for. */
export interface FormatErrorDetails {
  /** Reader id the bytes were recognised by, such as `pstats`. */
  readonly format?: string;
  /** Byte offset of the fault in the (decompressed) file. */
  readonly offset?: number;
  /** 1-based line of the fault, for text formats. */
  readonly line?: number;
  /** One imperative sentence, often with a command that makes a good file. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** The bytes are of a known format and break its rules. */
export class FormatError extends TsvizError {
  readonly details: FormatErrorDetails;
  constructor(message: string, details: FormatErrorDetails = {}, code: ErrorCode = 'format') {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.details = details;
  }
}

/** No reader knows these bytes. The message names what they look like when that can be told. */
export class UnknownFormatError extends FormatError {
  constructor(message: string, details: FormatErrorDetails = {}) {
    super(message, details, 'unknown-format');
  }
}

/** A known format in a version, or of a size, that is not read. */
export class UnsupportedVersionError extends FormatError {
  constructor(message: string, details: FormatErrorDetails = {}) {
    super(message, details, 'unsupported-version');
  }
}

/** Something that was asked for by id, name or path does not exist. */
export class NotFoundError extends TsvizError {
  constructor(message: string) {
    super('not-found', message);
  }
}

/** Somebody may not do what they asked for. */
export class AccessError extends TsvizError {
  constructor(message: string) {
    super('access', message);
  }
}

/** The command line was wrong. */
export class UsageError extends TsvizError {
  constructor(message: string) {
    super('usage', message);
  }
}

/** Repairable trouble in a file (on screen: a note). Equal ones are counted, not repeated. */
export interface ProfileWarning {
  /** Stable kebab-case name, such as `negative-time`. */
  readonly code: string;
  /** One sentence that says what was found and what was made of it. */
  readonly message: string;
  /** Place of the first occurrence (an offset, a line, a function), or null. */
  readonly where: string | null;
  readonly count: number;
}
