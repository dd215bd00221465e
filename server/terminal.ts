/**
 * The terminal: data to standard output, everything else to standard error, colour only where somebody looks.
 *
 * Names of files and functions come from strangers. `plain` takes the escape sequences out of them, because a
 * terminal obeys those: it can be made to retitle, to paste, to hide text.
 */

/** Where lines go. */
export interface Terminal {
  /** True when standard output is watched by a person. */
  readonly watched: boolean;
  /** What was asked for. */
  print(text: string): void;
  /** What is good to know; silent with --quiet. */
  note(text: string): void;
  /** What must be seen even with --quiet, and is not the answer itself. */
  tell(text: string): void;
  /** What went wrong. `subject`: the file or whatever the sentence is about. */
  complain(subject: string | null, sentence: string): void;
}

/** How much is said, and in which surroundings. */
export interface TerminalOptions {
  readonly quiet: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A terminal over the two streams. */
export function makeTerminal(out: Stream, err: Stream, options: TerminalOptions): Terminal {
  const coloured = isColoured(err, options.env);
  const paint = (code: number, text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    watched: out.isTTY === true,
    print: (text) => out.write(text.endsWith('\n') ? text : `${text}\n`),
    note: (text) => {
      if (!options.quiet) err.write(`${paint(2, 'tsviz:')} ${text}\n`);
    },
    tell: (text) => err.write(`${text}\n`),
    complain: (subject, sentence) => {
      const about = subject === null ? '' : `${plain(subject)}: `;
      err.write(`${paint(31, 'tsviz:')} ${about}${plain(sentence)}\n`);
    },
  };
}

/** NO_COLOR and FORCE_COLOR outrank what the stream is. */
function isColoured(stream: Stream, env: TerminalOptions['env']): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Whole sequences first, so that their payload goes with them: CSI, then OSC, DCS and the like up to their end. */
const SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/g;
/** C0, DEL, C1, line and paragraph separators, and the characters that turn the direction of text. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text on one line with nothing in it that a terminal would obey. */
export function plain(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROLS, '\ufffd');
}

/** JSON in which the same characters stand as escapes, so that programs get the text whole and terminals get none of it. */
export function plainJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  const toEscape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  // Line breaks of the indentation are ours and stay; those inside strings JSON has escaped already.
  return text.replace(CONTROLS, (char) => (char === '\n' ? char : toEscape(char)));
}
