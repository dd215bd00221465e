/** Dumps as JSON: a list of threads, innermost frame first. */
import { FormatError } from '../../errors.ts';
import type { Dump, DumpFrame, DumpProcess, DumpThread } from './dump.ts';
import { PY_SPY_DUMP } from './format.ts';

type JsonObject = { readonly [key: string]: unknown };

/** Reads what `py-spy dump --json` writes. @throws FormatError */
export function readJson(json: unknown): Dump {
  const traces: readonly unknown[] = Array.isArray(json) ? json : [json];
  const processes = new Map<string, DumpProcess>();
  const threads = traces.map((trace, at): DumpThread => {
    if (!isRecord(trace) || !Array.isArray(trace.frames)) throw refuse(`thread ${at + 1} has no list of frames`);
    const process = toText(trace.pid);
    if (!processes.has(process)) processes.set(process, { id: process, about: describeProcess(trace.process_info) });
    return {
      process,
      id: toText(trace.os_thread_id ?? trace.thread_id),
      name: typeof trace.thread_name === 'string' ? trace.thread_name : '',
      state: (trace.active === true ? 'active' : 'idle') + (trace.owns_gil === true ? '+gil' : ''),
      frames: trace.frames.map((frame: unknown, index) => readFrame(frame, at, index)),
    };
  });
  return { processes: [...processes.values()], threads };
}

function readFrame(frame: unknown, thread: number, index: number): DumpFrame {
  if (!isRecord(frame) || typeof frame.name !== 'string') {
    throw refuse(`frame ${index + 1} of thread ${thread + 1} has no name`);
  }
  const { filename, short_filename: short, line } = frame;
  const file = typeof filename === 'string' ? filename : typeof short === 'string' ? short : '';
  return {
    name: frame.name,
    file,
    line: typeof line === 'number' && line > 0 && line < 2 ** 31 ? Math.floor(line) : 0,
  };
}

function describeProcess(info: unknown): (readonly [string, string])[] {
  return isRecord(info) && typeof info.command_line === 'string' ? [['command', info.command_line]] : [];
}

function toText(id: unknown): string {
  return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(what: string): FormatError {
  return new FormatError(`py-spy-dump: ${what}`, {
    format: PY_SPY_DUMP.id,
    advice: 'Make it again: py-spy dump --json --pid PID',
  });
}
