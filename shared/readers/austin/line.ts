/**
 * One line of Austin's text: where, the stack, root first, and what passed since the thread's sample before.
 *
 *   P8334;T0:8334;/home/alex/busy.py:main:18;/home/alex/busy.py:fib:48 5086          2.x, 3.x
 *   Thread 7f660d31f680;main (busy.py);L18;fib (busy.py);L48 5086                     1.x
 *   Thread 7f660d31f680;main (busy.py);L18 5086 4148 0                                1.x: time, KiB taken, KiB freed
 *   P1;T0:1;a.py:f:2 5086,1,-4096                                        all metrics: time, idle, memory
 */

/** The parts of a line. */
export interface AustinLine {
  /** `''`: not given. */
  readonly process: string;
  readonly thread: string;
  /** Frames as the line has them; those of version 1 with their line number: `main (busy.py);L18`. */
  readonly frames: readonly string[];
  readonly metrics: readonly number[];
  /** Version 1 wrote it: memory is KiB, and of all metrics what was taken and what was freed stand apart. */
  readonly isOld: boolean;
}

/** The parts of a line; null when it is none. */
export function parseAustinLine(line: string): AustinLine | null {
  const three = / (\d{1,20}) \+?(\d{1,20}) -?(\d{1,20})$/.exec(line);
  const blank = three?.index ?? line.lastIndexOf(' ');
  if (blank <= 0) return null;
  const metrics = three === null ? parseMetrics(line.slice(blank + 1)) : three.slice(1).map(Number);
  if (metrics === null) return null;
  const parts = line.slice(0, blank).trimEnd().split(';');
  let at = 0;
  let process = '';
  const first = parts[0]!;
  if (/^P\d+$/.test(first)) process = parts[at++]!.slice(1);
  else if (/^Process \d+$/.test(first)) process = parts[at++]!.slice(8);
  const where = /^(?:T|Thread )((?:[\da-f]+:)?[\da-f]+)$/.exec(parts[at++] ?? '');
  if (where === null) return null;
  const rest = parts.slice(at).filter((part) => part !== '');
  return {
    process,
    thread: where[1]!,
    frames: joinLines(rest),
    metrics,
    isOld: three !== null || where[0].length > where[1]!.length + 1,
  };
}

function parseMetrics(text: string): number[] | null {
  const metrics = text.split(',').map((each) => (/^-?\d{1,20}$/.test(each) ? Number(each) : Number.NaN));
  return metrics.length <= 3 && metrics.length > 0 && !metrics.some(Number.isNaN) ? metrics : null;
}

/** Version 1 writes the line of a frame as a part of its own. */
function joinLines(parts: readonly string[]): string[] {
  const frames: string[] = [];
  for (const part of parts) {
    if (/^L\d+$/.test(part) && frames.length > 0) frames[frames.length - 1] += `;${part}`;
    else frames.push(part);
  }
  return frames;
}
