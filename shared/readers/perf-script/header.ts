/**
 * The first line of a record of perf:
 *
 *   comm pid[/tid] [cpu] time: [period] event: [address symbol+0x1f (library)]
 *
 * Which fields there are depends on `-F`. The name of the program may hold blanks, and stands to the right where no
 * stacks were recorded: then the one frame is on the same line.
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
  /** The only frame, with its address; `''`: the lines below have the stack. */
  readonly frame: string;
}

const MAX_HEADER = 1000;

/** The fields of a line; null when it is none. */
export function parseHeader(line: string): PerfHeader | null {
  if (line === '' || line.length > MAX_HEADER || line[0] === '#') return null;
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
  const frame = event === '' ? '' : words.slice(rest + 1).join(' ');
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
    frame: /^[\da-f]{1,16} \S/.test(frame) ? frame : '',
  };
}

/**
 * The fields of a line that begins with blanks: perf sets names of programs to the right where there are no stacks. Null
 * for a line of a stack.
 */
export function parseIndentedHeader(line: string): PerfHeader | null {
  if (!line.includes(': ') && !line.endsWith(':')) return null;
  const header = parseHeader(line.trimStart());
  return header !== null && header.event !== '' && (header.time >= 0 || header.frame !== '') ? header : null;
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

/**
 * Parses headers one after another. What stands before the time and behind it is the same in most of them, and is looked
 * at once.
 */
export class HeaderParser {
  readonly #before = new Map<string, PerfHeader | null>();
  readonly #behind = new Map<string, Pick<PerfHeader, 'period' | 'event'>>();

  /** The fields of a line; null when it is none. */
  parse(line: string): PerfHeader | null {
    const colon = line.indexOf(':');
    let start = colon;
    while (start > 0 && isTimeCode(line.charCodeAt(start - 1))) start--;
    const time = colon > start ? Number(line.slice(start, colon)) : Number.NaN;
    const before = line.slice(0, start);
    const behind = line.slice(colon + 1);
    const known = this.#before.get(before);
    const rest = this.#behind.get(behind);
    if (known !== undefined && known !== null && rest !== undefined && time >= 0) {
      const { comm, process, thread, cpu } = known;
      return { comm, process, thread, cpu, time, period: rest.period, event: rest.event, frame: '' };
    }
    const header = parseHeader(line);
    if (header !== null && header.time === time && header.frame === '') {
      this.#before.set(before, header);
      this.#behind.set(behind, header);
    }
    return header;
  }
}

function isTimeCode(code: number): boolean {
  return code === 0x2e || (code >= 0x30 && code <= 0x39);
}
