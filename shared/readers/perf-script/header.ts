/**
 * The first line of a record of perf:
 *
 *   comm pid[/tid] [cpu] time: [period] event:
 *
 * Which fields there are depends on `-F`. The name of the program may hold blanks.
 */

/** Fields of a record's first line. */
export interface PerfHeader {
  readonly comm: string;
  readonly process: string;
  /** Thread; the same as the process where only one number is given. */
  readonly thread: string;
  /** `''`: not given. */
  readonly cpu: string;
  /** Seconds; NaN: not given. */
  readonly time: number;
  /** NaN: not given. */
  readonly period: number;
  /** `''`: not given. */
  readonly event: string;
}

const MAX_HEADER = 1000;

/** The fields of a line; null when it is none. */
export function parseHeader(line: string): PerfHeader | null {
  if (line === '' || line.length > MAX_HEADER || /^[\s#]/.test(line)) return null;
  const words = line.split(/\s+/).filter((word) => word !== '');
  // The time stands right behind the process or the CPU, so that the name of the program may hold anything.
  const timeAt = words.findIndex((word, at) => at > 0 && /^\d+\.\d+:$/.test(word) && isBeforeTime(words, at - 1));
  const idAt = timeAt < 0 ? words.findIndex((word, at) => at > 0 && isId(word)) : findId(words, timeAt - 1);
  if (idAt < 1) return null;
  const [process = '', thread = process] = words[idAt]!.split('/');
  const cpu = /^\[(\d+)\]$/.exec(words[idAt + 1] ?? '')?.[1] ?? '';
  let rest = timeAt >= 0 ? timeAt + 1 : idAt + (cpu === '' ? 1 : 2);
  const period = /^\d+$/.test(words[rest] ?? '') ? Number(words[rest++]) : Number.NaN;
  const word = words[rest] ?? '';
  const event = word.endsWith(':') ? word.replace(/:+$/, '') : '';
  // Without a time only lines with nothing else on them are taken for the begin of a record.
  if (timeAt < 0 && event === '' && rest < words.length) return null;
  return {
    comm: words.slice(0, idAt).join(' '),
    process,
    thread,
    cpu,
    time: timeAt < 0 ? Number.NaN : Number(words[timeAt]!.slice(0, -1)),
    period,
    event,
  };
}

function isBeforeTime(words: readonly string[], at: number): boolean {
  return findId(words, at) > 0;
}

/** Place of the process number at `at`, or before the CPU there; -1 when it is neither. */
function findId(words: readonly string[], at: number): number {
  const id = /^\[\d+\]$/.test(words[at]!) ? at - 1 : at;
  return id > 0 && isId(words[id]!) ? id : -1;
}

function isId(word: string): boolean {
  return /^-?\d+(\/-?\d+)?$/.test(word);
}
