/**
 * Snapshots of tracemalloc: what was allocated and not freed when the snapshot was taken.
 *
 *   Snapshot { traces: _Traces { _traces: [trace, …] }, traceback_limit: n }
 *   trace = (domain, size, ((file, line), …))                     up to Python 3.8
 *   trace = (domain, size, ((file, line), …), frames in all)      from Python 3.9
 *
 * A trace is one block of memory. Its frames come most recent first, and are turned round here. A frame is a line that
 * ran; it has no function, so it is called by its file and line. Domains (0 is Python's own, others belong to extension
 * modules) are profiles of their own.
 *
 * Tracebacks are shared by most of their traces: each is looked at once, however many there are.
 */

import type { PickleRules } from '../../decode/pickle.ts';
import type { PickleValue } from '../../decode/pickle-values.ts';
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, FrameIndex, Profile, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { baseName } from '../../units/names.ts';
import { Notes } from '../notes.ts';
import { openPickle, type PickledProfile } from '../pickled.ts';
import type { StageHook } from '../reader.ts';
import { SNAPSHOT, SNAPSHOT_CLASSES } from './format.ts';

/** Places in the tree, of all domains together. */
const MAX_CONTEXTS = 5_000_000;
const MAX_DOMAINS = 1000;
const MAX_NUMBERS = 20_000_000;

const RULES: PickleRules = {
  format: 'tracemalloc',
  classes: SNAPSHOT_CLASSES,
  advice: 'Take the snapshot again: tracemalloc.take_snapshot().dump("app.tracemalloc")',
};

/** Reads a snapshot. @throws FormatError */
export function readTracemalloc(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const pickled: PickledProfile = openPickle(source, RULES, notes);
  const { values, root } = pickled;
  if (values.className(root) !== SNAPSHOT) pickled.fail('a tracemalloc.Snapshot', root);
  const state = values.state(root);
  const holder = values.get(state, 'traces');
  const list = values.className(holder) === null ? holder : values.get(values.state(holder), '_traces');
  const reader = new TraceReader(pickled);
  const traces = values.list(list);
  const count = traces?.length ?? values.tupleLength(list);
  if (count < 0) pickled.fail('a list of traces', list);
  for (let at = 0; at < count; at++) reader.add(traces?.[at] ?? values.item(list, at));
  if (reader.withoutStack > 0) {
    notes.add(
      'empty-traceback',
      (count) => `${count} ${count === 1 ? 'block has' : 'blocks have'} no traceback: shown as <unknown>.`,
      () => null,
      reader.withoutStack,
    );
  }
  onStage('build');
  const limit = values.number(values.get(state, 'traceback_limit'));
  return {
    format: 'tracemalloc',
    writer: 'tracemalloc',
    profiles: reader.build(),
    warnings: notes.list(),
    about: Number.isNaN(limit) ? [] : [['traceback limit', String(limit)]],
  };
}

interface Domain {
  readonly profile: StackProfile;
  /** Context by traceback. */
  readonly contexts: Map<PickleValue, ContextIndex>;
}

class TraceReader {
  withoutStack = 0;
  readonly #pickled: PickledProfile;
  readonly #book = new FrameBook();
  readonly #frames = new Map<PickleValue, FrameIndex>();
  readonly #domains = new Map<number, Domain>();
  #lastDomain = Number.NaN;
  #last: Domain | null = null;
  #contexts = 0;

  constructor(pickled: PickledProfile) {
    this.#pickled = pickled;
  }

  /** Adds one trace. */
  add(trace: PickleValue): void {
    const { values } = this.#pickled;
    const length = values.tupleLength(trace);
    if (length !== 3 && length !== 4) this.#pickled.fail('a trace as (domain, size, frames)', trace);
    const size = values.number(values.item(trace, 1));
    if (!(size >= 0 && size < Number.POSITIVE_INFINITY))
      this.#pickled.fail('the size of a block', values.item(trace, 1));
    const domain = this.#domain(values.item(trace, 0));
    const frames = values.item(trace, 2);
    const context = domain.contexts.get(frames) ?? this.#addContext(domain, frames);
    const { contexts } = domain.profile;
    contexts.addRecord(context);
    contexts.addSelf(context, 0, size);
    contexts.addSelf(context, 1, 1);
  }

  /** A profile per domain, Python's own first. */
  build(): Profile[] {
    if (this.#domains.size === 0) this.#addDomain(0);
    // Each profile has numbers of every frame.
    if (this.#domains.size * this.#book.length > MAX_NUMBERS) this.#pickled.failTooMany(`${MAX_NUMBERS} numbers`);
    const domains = [...this.#domains].sort(([a], [b]) => a - b);
    const profiles = domains.map(([, { profile }]) => profile.build());
    return profiles.length === 1 && domains[0]![0] === 0 ? [{ ...profiles[0]!, name: '' }] : profiles;
  }

  #domain(value: PickleValue): Domain {
    const { values } = this.#pickled;
    const number = values.number(value);
    if (this.#last !== null && number === this.#lastDomain) return this.#last;
    if (!Number.isInteger(number)) this.#pickled.fail('the domain of a trace', value);
    const domain = this.#domains.get(number) ?? this.#addDomain(number);
    this.#lastDomain = number;
    this.#last = domain;
    return domain;
  }

  #addDomain(number: number): Domain {
    if (this.#domains.size >= MAX_DOMAINS) this.#pickled.failTooMany(`${MAX_DOMAINS} domains`);
    const profile = new StackProfile(this.#book, {
      name: number === 0 ? 'Python' : `domain ${number}`,
      metrics: [
        { name: 'size', unit: 'bytes' },
        { name: 'blocks', unit: 'count' },
      ],
      sampled: false,
      linesRan: true,
    });
    const domain = { profile, contexts: new Map() };
    this.#domains.set(number, domain);
    return domain;
  }

  #addContext(domain: Domain, frames: PickleValue): ContextIndex {
    const { values } = this.#pickled;
    const count = values.tupleLength(frames);
    if (count < 0) this.#pickled.fail('the frames of a trace', frames);
    if (count > MAX_CONTEXTS) this.#pickled.failTooMany(`${MAX_CONTEXTS} frames in a traceback`);
    const { contexts } = domain.profile;
    const before = contexts.length;
    let context: ContextIndex = -1;
    for (let at = count - 1; at >= 0; at--) context = contexts.child(context, this.#frame(values.item(frames, at)));
    if (count === 0) {
      this.withoutStack++;
      context = contexts.child(-1, this.#book.frame('<unknown>'));
    }
    this.#contexts += contexts.length - before;
    if (this.#contexts > MAX_CONTEXTS) this.#pickled.failTooMany(`${MAX_CONTEXTS} places in its tracebacks`);
    domain.contexts.set(frames, context);
    return context;
  }

  #frame(value: PickleValue): FrameIndex {
    const known = this.#frames.get(value);
    if (known !== undefined) return known;
    const { values } = this.#pickled;
    const file = values.tupleLength(value) === 2 ? values.text(values.item(value, 0)) : null;
    const line = file === null ? Number.NaN : values.number(values.item(value, 1));
    if (file === null || line !== (line | 0)) this.#pickled.fail('a frame as (file, line)', value);
    const frame = this.#book.frame(line > 0 ? `${baseName(file)}:${line}` : baseName(file), file, line);
    this.#frames.set(value, frame);
    return frame;
  }
}
