/**
 * hprof's text: numbered stacks (innermost frame first), then a table that says how much each has.
 *
 *     TRACE 300539:
 *     	java.lang.System.arraycopy(System.java:Unknown line)
 *     	org.h2.store.Data.write(Data.java:280)
 *     CPU SAMPLES BEGIN (total = 3362) Fri Dec 18 16:33:36 2009
 *     rank   self  accum   count trace method
 *        1 78.94% 78.94%    2654 300539 java.lang.System.arraycopy
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { HPROF, SECTION } from './format.ts';

const TRACE = /^TRACE (\d+):/;
const FRAME = /^\t(\S[^(\t]*)\(([^()]*)\)\s*$/;
/** Rank, share (with the comma of some countries), sum, count, trace. */
const ROW = /^\s*\d+\s+(\d+[.,]\d+)%\s+\d+[.,]\d+%\s+(\d+)\s+(\d+)\s/;

/** Reads hprof's text. */
export const hprofReader: Reader = {
  ...HPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const notes = new Notes();
    const book = new FrameBook();
    const traces = new Map<string, FrameIndex[]>();
    const sections: StackProfile[] = [];
    const about: (readonly [string, string])[] = [];
    let frames: FrameIndex[] | null = null;
    let isTimed = false;
    let isOpen = false;
    for (const line of source.lines()) {
      const section = SECTION.exec(line);
      const trace = section === null ? TRACE.exec(line) : null;
      if (section !== null) {
        isTimed = section[1] !== 'SAMPLES';
        isOpen = true;
        frames = null;
        // Times are stated as shares alone: milliseconds that were worked out from them would look exact.
        const metric = isTimed
          ? ({ name: 'share of time', unit: 'percent' } as const)
          : ({ name: 'samples', unit: 'count' } as const);
        sections.push(
          new StackProfile(book, {
            name: `CPU ${isTimed ? 'time' : 'samples'}`,
            metrics: [metric],
            sampled: !isTimed,
            linesRan: true,
          }),
        );
        about.push([isTimed ? 'total ms' : 'total samples', section[2]!], ['date', section[3]!]);
      } else if (trace !== null) {
        frames = [];
        traces.set(trace[1]!, frames);
      } else if (frames !== null && line.startsWith('\t')) {
        const frame = FRAME.exec(line);
        if (frame !== null) frames.push(readFrame(book, frame[1]!, frame[2]!));
      } else if (/^CPU .* END$/.test(line)) isOpen = false;
      else if (isOpen) addRow(sections.at(-1)!, line, traces, isTimed, notes);
    }
    if (sections.length === 0) {
      throw new FormatError('hprof: the file has no CPU SAMPLES and no CPU TIME', {
        format: HPROF.id,
        advice: 'Record again: java -agentlib:hprof=cpu=samples,depth=30 App',
      });
    }
    if (isOpen)
      notes.add(
        'cut-table',
        () => 'The table of stacks has no end: the file was cut short.',
        () => null,
      );
    onStage('build');
    return {
      format: HPROF.id,
      writer: 'hprof (Java)',
      profiles: sections.map((each) => each.build()),
      warnings: notes.list(),
      about,
    };
  },
};

function addRow(
  stacks: StackProfile,
  line: string,
  traces: ReadonlyMap<string, readonly FrameIndex[]>,
  isTimed: boolean,
  notes: Notes,
): void {
  const row = ROW.exec(line);
  if (row === null) return;
  const [, share, count, trace] = row;
  const frames = traces.get(trace!);
  if (frames === undefined || frames.length === 0) {
    notes.add(
      'no-stack',
      (rows) => `${rows} ${rows === 1 ? 'row has' : 'rows have'} no stack: left out.`,
      () => line.trim(),
    );
    return;
  }
  const context = stacks.addStack([...frames].reverse(), [isTimed ? Number(share!.replace(',', '.')) : Number(count)]);
  if (isTimed) stacks.contexts.addCalls(context, Number(count));
  refuseTooManyContexts(stacks.contexts.length, HPROF.id);
}

/** `System.java:280`, `System.java:Unknown line`, `Native method`, `<Unknown Source>:Unknown line`. */
function readFrame(book: FrameBook, name: string, place: string): FrameIndex {
  const colon = place.lastIndexOf(':');
  const digits = place.slice(colon + 1);
  const file = colon < 0 ? '' : place.slice(0, colon);
  return book.frame(name, file.startsWith('<') ? '' : file, /^\d{1,9}$/.test(digits) ? Number(digits) : 0);
}
