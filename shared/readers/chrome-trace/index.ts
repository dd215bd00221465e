/**
 * Trace events: calls with begin and end on threads of processes, in microseconds, in any order.
 *
 *   { traceEvents: [{ ph, pid, tid, ts, dur?, name, args }], ... }   or the bare array
 *
 * Times count from the first event of the file.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { asText, getField, isObject, type JsonObject } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { EventList } from './events.ts';
import { CHROME_TRACE } from './format.ts';
import { parseTrace } from './parse.ts';
import { addListedSamples } from './v8-samples.ts';

/** Reads trace events. */
export const chromeTraceReader: Reader = {
  ...CHROME_TRACE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const { events, root } = parseTrace(source);
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const list = new EventList(book, notes);
    for (let at = 0; at < events.length; at++) list.add(events[at], at);
    list.noteRest();
    const origin = list.first;
    const { names, hasProcesses } = list;
    const threads = new ThreadProfiles(book, notes, {
      metrics: [{ name: 'time', unit: 'microseconds' }],
      sampled: false,
      linesRan: list.frames.linesRan,
    });
    const nameThread = (process: string, thread: string) => names.thread(process, thread, hasProcesses);
    // What V8 sampled is what people look for: it comes before the events of Chrome’s many threads.
    const placed = list.samples.map((samples) => ({ samples, fill: samples.nameFrames(book) }));
    for (const { samples, fill } of placed) {
      const { process, thread } = samples;
      const stacks = threads.find(`samples\0${process}\0${thread}`, () => `${nameThread(process, thread)}, samples`);
      fill(stacks, origin, notes);
    }
    for (const track of [...list.tracks].sort((a, b) => names.compare(a, b))) {
      const { process, thread } = track;
      track.fill(
        threads.find(`${process}\0${thread}`, () => nameThread(process, thread)),
        origin,
        notes,
      );
    }
    addListedSamples(
      root,
      book,
      (process, thread) =>
        threads.find(`samples\0${process}\0${thread}`, () => `${nameThread(process, thread)}, samples`),
      origin,
    );
    const profiles = addExtras(threads, list, book);
    return {
      format: 'chrome-trace',
      writer: findWriter(root, events, notes),
      profiles,
      warnings: notes.list(),
      about: [...list.about(), ...threads.about()],
    };
  },
};

/** Builds the threads; counters and asynchronous events are profiles of their own, per process. */
function addExtras(threads: ThreadProfiles, list: EventList, book: FrameBook): Profile[] {
  const built = threads.build();
  const extras = [...list.extras].flatMap(([process, each]): Profile[] => {
    const { series, spans } = each.build(list.hasProcesses ? list.names.process(process) : '', list.first);
    if (series.length === 0 && spans.length === 0) return [];
    const name = list.hasProcesses ? `${list.names.process(process)}, counters and spans` : 'counters and spans';
    return [buildPlainProfile(book, { name, metrics: [{ name: 'time', unit: 'microseconds' }], series, spans })];
  });
  const isEmpty = built.every(({ contexts }) => (contexts?.length ?? 0) === 0);
  return isEmpty && extras.length > 0 ? extras : [...built, ...extras];
}

function findWriter(root: JsonObject, events: readonly unknown[], notes: Notes): string | null {
  const viztracer = getField(root, 'viztracer_metadata');
  if (isObject(viztracer)) {
    if (getField(viztracer, 'overflow') === true) {
      notes.add(
        'events-lost',
        () => 'VizTracer’s buffer was full: the beginning of the run is missing.',
        () => null,
      );
    }
    return `VizTracer ${asText(getField(viztracer, 'version'))}`.trimEnd();
  }
  const first = events[0];
  return isObject(first) && getField(first, 'cat') === 'py-spy' ? 'py-spy' : null;
}
