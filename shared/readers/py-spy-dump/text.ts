/**
 * Dumps as text.
 *
 *     Process 8238: python app.py
 *     Python v3.11.7 (/usr/bin/python3.11)
 *
 *     Thread 8238 (idle): "MainThread"
 *         join (threading.py:1119)
 *             Arguments:                 with --locals
 *                 timeout: None
 *         main (app.py:25)
 */
import type { Notes } from '../notes.ts';
import type { Dump, DumpFrame, DumpProcess, DumpThread } from './dump.ts';
import { PROCESS, THREAD } from './format.ts';

/** Blanks before a frame; what stands further in are its variables. */
const FRAME_INDENT = 4;

/** Reads a dump line by line. */
export function readText(lines: readonly string[], notes: Notes): Dump {
  const processes: DumpProcess[] = [];
  const threads: DumpThread[] = [];
  let thread: DumpThread | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const process = PROCESS.exec(line);
    if (process !== null) {
      processes.push({ id: process[1]!, about: process[2] === '' ? [] : [['command', process[2]!]] });
      thread = null;
      continue;
    }
    const head = THREAD.exec(line);
    if (head !== null) {
      thread = { process: processes.at(-1)?.id ?? '', id: head[1]!, state: head[2]!, name: head[3] ?? '', frames: [] };
      threads.push(thread);
      continue;
    }
    const indent = line.length - line.trimStart().length;
    if (thread === null) {
      const last = processes.at(-1);
      if (last !== undefined && line.startsWith('Python v')) last.about.push(['python', line.slice('Python v'.length)]);
      else if (last !== undefined && /^\s*Parent Process \d/.test(line)) last.about.push(['parent', line.trim()]);
      continue;
    }
    // Variables of frames are left out.
    if (indent > FRAME_INDENT) continue;
    const frame = parseFrame(line.trim());
    if (frame !== null && indent > 0) thread.frames.push(frame);
    else {
      notes.add(
        'odd-line',
        (count) => `${count} ${count === 1 ? 'line' : 'lines'} of the dump can’t be read: left out.`,
        () => `line ${at + 1}: ${line.trim()}`,
      );
    }
  }
  return { processes, threads };
}

/** `name (file:line)` or `name (file)`; names and paths may hold brackets and blanks. */
function parseFrame(text: string): DumpFrame | null {
  if (!text.endsWith(')')) return null;
  const open = findOpening(text);
  if (open <= 0) return null;
  const name = text.slice(0, open).trimEnd();
  const place = text.slice(open + 1, -1);
  const colon = place.lastIndexOf(':');
  const digits = place.slice(colon + 1);
  if (colon > 0 && /^\d{1,9}$/.test(digits)) return { name, file: place.slice(0, colon), line: Number(digits) };
  return { name, file: place, line: 0 };
}

/** The bracket that the last one closes, brackets in between counted; the last one at all when they don't match. */
function findOpening(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth === 0) return at;
  }
  return text.lastIndexOf(' (') + 1;
}
