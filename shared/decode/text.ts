/** Text as tools print it: escape sequences of terminals, line ends of every system. */

/** Sequences that set colours and move the cursor (CSI), set titles (OSC), and single ones. Bounded: no backtracking. */
const ESCAPES = /\u001b(?:\[[0-9;?]{0,32}[ -/]{0,4}[@-~]|\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** The text without escape sequences of terminals. */
export function stripEscapes(text: string): string {
  return text.includes('\u001b') ? text.replace(ESCAPES, '') : text;
}

/** Lines without their ends (`\n`, `\r\n` or `\r`), escape sequences left out. A line end at the end begins no line. */
export function splitLines(text: string): string[] {
  const lines = stripEscapes(text).split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
