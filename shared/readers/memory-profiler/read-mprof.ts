/**
 * Logs of mprof (`mprofile_*.dat`), in MiB and seconds since 1970:
 *
 *   CMDLINE python app.py
 *   FUNC app.load 46.4 1795157505.0 46.9 1795157505.3 1     memory and time at its start and end, depth of the call
 *   MEM 21.3 1795157504.8                                   the process (with -C: and its children)
 *   CHLD 14395 19.1 1795157506.2                            a child (-M)
 *
 * Functions are written when they end, by the process itself, and so may stand before the command.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { ProfileGroup, Series, Span } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { noteBadLine, parseLogNumber, TimeRows } from '../time-rows.ts';

const MEBIBYTE = 1024 * 1024;

/** Reads a log. Lines that are damaged are counted and left out. */
export function readMprof(source: Source, onStage: StageHook): ProfileGroup {
  const log = new MprofLog();
  source.lines().forEach((line, index) => {
    if (line.trim() !== '' && !log.take(line)) noteBadLine(log.notes, index + 1);
  });
  onStage('build');
  const profile = buildPlainProfile(new FrameBook(), {
    metrics: [{ name: 'memory', unit: 'bytes' }],
    series: log.buildSeries(),
    spans: log.buildSpans(),
  });
  return {
    format: 'mprof',
    writer: 'memory_profiler',
    profiles: [profile],
    warnings: log.notes.list(),
    about: log.commands.map((command) => ['command line', command] as const),
  };
}

class MprofLog {
  readonly notes = new Notes();
  readonly commands: string[] = [];
  readonly #memory = new TimeRows();
  readonly #children = new Map<string, TimeRows>();
  readonly #spans: Span[] = [];

  /** False for a line that is damaged. */
  take(line: string): boolean {
    if (line.startsWith('CMDLINE ')) {
      this.commands.push(line.slice('CMDLINE '.length).trim());
      return true;
    }
    const words = line.trim().split(/\s+/);
    switch (words[0]) {
      case 'MEM':
        return addRow(this.#memory, words[1], words[2]);
      case 'CHLD': {
        const pid = words[1] ?? '';
        if (!/^\d+$/.test(pid)) return false;
        const rows = this.#children.get(pid) ?? new TimeRows();
        if (!addRow(rows, words[2], words[3])) return false;
        this.#children.set(pid, rows);
        return true;
      }
      case 'FUNC':
        return this.#addSpan(words);
      case 'CMDLINE':
        return true;
      default:
        return false;
    }
  }

  /** The process first, its children in the order of their first rows. */
  buildSeries(): Series[] {
    const hasChildren = this.#children.size > 0;
    return [
      this.#memory.build('memory', 'bytes', hasChildren ? 'main process' : '', this.notes),
      ...[...this.#children].map(([pid, rows]) => rows.build('memory', 'bytes', `child ${pid}`, this.notes)),
    ];
  }

  /** In the order of their starts, callers before what they called. */
  buildSpans(): Span[] {
    return this.#spans.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #addSpan(words: readonly string[]): boolean {
    const [startMemory, start, endMemory, end, level] = words.slice(2, 7).map(parseLogNumber);
    const isWhole = [startMemory, start, endMemory, end].every((value) => Number.isFinite(value));
    if (!isWhole || end! < start!) return false;
    const memory = [startMemory! * MEBIBYTE, endMemory! * MEBIBYTE];
    const values = level === undefined || Number.isNaN(level) ? memory : [...memory, level];
    this.#spans.push({ name: words[1]!, start: start!, end: end!, values });
    return true;
  }
}

function addRow(rows: TimeRows, memoryText: string | undefined, timeText: string | undefined): boolean {
  const memory = parseLogNumber(memoryText);
  const time = parseLogNumber(timeText);
  // Nothing uses less than no memory: such a number was not measured.
  if (!(memory >= 0) || !Number.isFinite(memory) || !Number.isFinite(time)) return false;
  rows.add(time, memory * MEBIBYTE);
  return true;
}
