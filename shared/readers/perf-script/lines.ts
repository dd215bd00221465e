/** The lines of `perf script`, taken apart into records. */
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import type { Notes } from '../notes.ts';
import { isRecordLine } from './format.ts';
import { isStackLine, parsePerfFrame, skipAddress } from './frame.ts';
import { HeaderParser, type PerfHeader, parseIndentedHeader } from './header.ts';
import { PerfRecords } from './records.ts';

/** What a file holds. */
export interface PerfLines {
  readonly records: PerfRecords;
  readonly about: readonly (readonly [name: string, value: string])[];
  /** Version of perf; null where the file does not tell. */
  readonly writer: string | null;
}

/** A stack that stands alone. */
const NO_HEADER: PerfHeader = {
  comm: '',
  process: '',
  thread: '',
  cpu: '',
  time: Number.NaN,
  period: Number.NaN,
  event: '',
  frame: '',
};
const BLANK = 0x20;
const TAB = 0x09;
const HASH_SIGN = 0x23;

/** Reads all records. Lines are known by their whole text first: the same address comes up again and again. */
export function readPerfLines(lines: readonly string[], book: FrameBook, notes: Notes): PerfLines {
  const records = new PerfRecords();
  const headers = new HeaderParser();
  const about: [name: string, value: string][] = [];
  const byLine = new Map<string, FrameIndex>();
  const byText = new Map<string, FrameIndex>();
  let writer: string | null = null;
  let isOpen = false;
  for (let row = 0; row < lines.length; row++) {
    const line = lines[row]!;
    const first = line.length === 0 ? BLANK : line.charCodeAt(0);
    if (first === BLANK || first === TAB) {
      const known = byLine.get(line);
      if (known !== undefined && isOpen) {
        if (known >= 0) records.addFrame(known);
      } else if (line.trim() === '' || isRecordLine(line)) isOpen = false;
      else readIndented(line, row);
    } else if (first === HASH_SIGN) {
      const [, name = '', value = ''] =
        /^# (cmdline|hostname|os release|captured on|perf version)\s*:\s*(.*)$/.exec(line) ?? [];
      if (name === 'perf version') writer = `perf ${value}`;
      else if (name !== '') about.push([name, value]);
    } else {
      isOpen = false;
      if (!isRecordLine(line)) readHeader(line, row);
    }
  }
  return { records, about, writer };

  function readHeader(line: string, row: number): void {
    const header = headers.parse(line);
    if (header !== null) begin(header);
    else if (isStackLine(lines[row + 1] ?? '')) begin({ ...NO_HEADER, comm: line.trim() });
    else {
      notes.add(
        'not-a-record',
        (count) => `${count} ${count === 1 ? 'line is' : 'lines are'} no record of perf and left out.`,
        () => `line ${row + 1}: ${line.slice(0, 60)}`,
      );
    }
  }

  /** A frame; or a header that was set to the right; or a stack that has none. */
  function readIndented(line: string, row: number): void {
    const header = parseIndentedHeader(line);
    if (header !== null) {
      begin(header);
      return;
    }
    if (!isOpen) {
      if (!isStackLine(line)) {
        notes.add(
          'stray-line',
          (count) => `${count} lines belong to no record: left out.`,
          () => `line ${row + 1}`,
        );
        return;
      }
      begin(NO_HEADER);
    }
    const frame = findFrame(skipAddress(line));
    byLine.set(line, frame);
    if (frame >= 0) records.addFrame(frame);
  }

  function begin(header: PerfHeader): void {
    records.begin(header);
    isOpen = true;
    if (header.frame === '') return;
    const frame = findFrame(skipAddress(header.frame));
    if (frame >= 0) records.addFrame(frame);
  }

  function findFrame(text: string): FrameIndex {
    let frame = byText.get(text);
    if (frame === undefined) {
      const place = parsePerfFrame(text);
      frame = place === null ? -1 : book.frame(place.name, place.file, place.line);
      byText.set(text, frame);
    }
    return frame;
  }
}
