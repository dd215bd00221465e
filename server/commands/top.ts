/**
 * `tsviz top`: the table of functions with the words, columns and rounding of Python's pstats, so that what people
 * know from there (and scripts that read it) works here without Python.
 *
 * Differs on purpose where pstats prints a guess: numbers that a file does not have are `–`, and counts that yappi
 * writes the other way round are the right way round. Profiles that pstats does not know (stacks, other units) have the
 * same table with plain words and with units. Follows Lib/pstats.py of CPython 3.11.
 */
import { FormatError, UsageError } from '../../shared/errors.ts';
import { getCalls } from '../../shared/model/context-sums.ts';
import type { CallIndex, FrameIndex, Profile, ProfileGroup } from '../../shared/model/profile.ts';
import { getTables } from '../../shared/model/tables.ts';
import { getEdgeIndex } from '../../shared/tree/edges.ts';
import { getFile, getFullName, getListedName } from '../../shared/tree/frame-text.ts';
import { formatMetric } from '../../shared/units/format.ts';
import type { TopOptions } from '../cli.ts';
import { plain, plainJson } from '../terminal.ts';
import { countCharacters, fillTo, toColumn, toCountText, toThreeDecimals } from './fixed.ts';
import { compareText, findSort, getListedFrames, toFunctionJson, toNumberOrNull } from './functions.ts';

/** What the file is called, and when it was written: the first line of pstats' report. */
export interface TopSubject {
  /** As typed. */
  readonly file: string;
  /** ms since 1970; null: not a file. */
  readonly modified: number | null;
}

/**
 * The report, as text or JSON.
 * @throws UsageError for a sort key or a pattern that makes no sense, FormatError for a file that lists no functions.
 */
export function top(group: ProfileGroup, subject: TopSubject, options: TopOptions): string {
  const isListable = (profile: Profile) => getListedFrames(profile).length > 0 || getTables(profile).includes('calls');
  const reports = group.profiles.filter(isListable).map((profile) => new Listing(profile, options));
  if (reports.length === 0)
    throw new FormatError(`${group.format}: the file lists no functions`, {
      format: group.format,
      advice: 'Look at what it holds: tsviz inspect FILE',
    });
  if (options.json) return plainJson(reports.flatMap((report) => report.toJson()));
  return reports.map((report) => report.toText(subject)).join('\n');
}

/** The order that nobody has to ask for, in pstats' words. */
const OWN_TIME = 'internal time';

/** `1 sample`, `2 samples`. */
function many(count: number, noun: string): string {
  return `${toCountText(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** One profile with its functions chosen. */
class Listing {
  readonly #profile: Profile;
  readonly #options: TopOptions;
  /** All functions of the file, in its order. */
  readonly #listed: readonly FrameIndex[];
  readonly #chosen: readonly FrameIndex[];
  /** What pstats says about order and choice. */
  readonly #message: readonly string[];
  /** Whether pstats could print it: a call graph with times in seconds. */
  readonly #isPstats: boolean;
  /** Whether anything says how long functions took by themselves. */
  readonly #knowsOwn: boolean;

  constructor(profile: Profile, options: TopOptions) {
    this.#profile = profile;
    this.#options = options;
    this.#listed = getListedFrames(profile);
    // Line by line reports know no own times: pstats' words would have nothing to say.
    this.#knowsOwn =
      this.#listed.length === 0 ||
      getCalls(profile).length > 0 ||
      this.#listed.some((frame) => !Number.isNaN(profile.functions.self[0]?.[frame]));
    this.#isPstats = profile.contexts === undefined && profile.metrics[0]?.unit === 'seconds' && this.#knowsOwn;
    const message: string[] = [];
    let chosen: readonly FrameIndex[] = this.#listed;
    if (options.sort.length === 0) {
      message.push('   Random listing order was used');
    } else {
      const asked = findSort(options.sort);
      const { title, compare } = asked.title === OWN_TIME && !this.#knowsOwn ? findSort(['cumulative']) : asked;
      message.push(
        `   Ordered by: ${this.#isPstats ? title : title.replace('internal time', 'self').replace('cumulative time', 'total')}`,
      );
      chosen = chosen.toSorted((a, b) => compare(profile, a, b));
    }
    const restrict = (kept: readonly FrameIndex[], restriction: string) => {
      if (kept.length !== chosen.length) {
        message.push(`   List reduced from ${chosen.length} to ${kept.length} due to restriction <${restriction}>`);
      }
      chosen = kept;
    };
    const patterns = [...options.filters, ...[options.callers, options.callees].filter((pattern) => pattern !== null)];
    for (const pattern of patterns) {
      const expression = toExpression(pattern);
      restrict(
        chosen.filter((frame) => expression.test(getListedName(profile, frame))),
        quote(pattern),
      );
    }
    if (options.limit !== null && options.limit < chosen.length)
      restrict(chosen.slice(0, options.limit), String(options.limit));
    this.#chosen = chosen;
    this.#message = message;
  }

  toText(subject: TopSubject): string {
    const { callers, callees } = this.#options;
    let lines = callers === null && callees === null ? [...this.#writeHead(subject)] : [];
    if (this.#chosen.length > 0) {
      if (callers !== null) lines = [...lines, ...this.#message, '', ...this.#writeEdges('callers'), '', ''];
      if (callees !== null) lines = [...lines, ...this.#message, '', ...this.#writeEdges('callees'), '', ''];
      if (callers === null && callees === null) lines = [...lines, ...this.#message, '', ...this.#writeRows(), '', ''];
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  toJson(): object[] {
    const { callers, callees } = this.#options;
    return this.#chosen.map((frame) => ({
      ...toFunctionJson(this.#profile, frame),
      ...(callers === null ? {} : { callers: this.#findEdges(frame, 'callers').map((edge) => this.#toEdgeJson(edge)) }),
      ...(callees === null ? {} : { callees: this.#findEdges(frame, 'callees').map((edge) => this.#toEdgeJson(edge)) }),
    }));
  }

  *#writeHead({ file, modified }: TopSubject): Generator<string> {
    const { functions } = this.#profile;
    let calls = 0;
    let primitiveCalls = 0;
    let seconds = 0;
    for (const frame of this.#listed) {
      calls += functions.calls[frame] ?? Number.NaN;
      primitiveCalls += functions.primitiveCalls[frame] ?? Number.NaN;
      const self = functions.self[0]?.[frame] ?? Number.NaN;
      if (!Number.isNaN(self)) seconds += self;
    }
    yield modified === null ? plain(file) : `${toCTime(modified)}    ${plain(file)}`;
    yield '';
    if (!this.#isPstats) {
      yield* this.#writePlainHead(calls, seconds);
      return;
    }
    for (const frame of this.#findTopLevel()) yield `         ${plain(getFullName(this.#profile, frame))}`;
    const isRecursive = calls !== primitiveCalls && !Number.isNaN(calls);
    const primitive = isRecursive ? ` (${toCountText(primitiveCalls)} primitive calls)` : '';
    yield `         ${toCountText(calls)} function calls${primitive} in ${toThreeDecimals(seconds)} seconds`;
    yield '';
  }

  *#writePlainHead(calls: number, sum: number): Generator<string> {
    const { name, metrics, contexts } = this.#profile;
    if (name !== '') yield `         ${plain(name)}`;
    const samples = contexts?.samples ?? Number.NaN;
    const metric = metrics[0]?.name ?? '';
    // Where samples are what is measured, they are told once: how many lines they stood in says nothing.
    const isSum = metric === 'samples' && metrics[0]?.unit === 'count';
    const count = calls >= 0 ? `${many(calls, 'call')}, ` : samples > 0 && !isSum ? `${many(samples, 'sample')}, ` : '';
    const functions = `${toCountText(this.#listed.length)} ${this.#listed.length === 1 ? 'function' : 'functions'}`;
    const amount = isSum && Number.isInteger(sum) ? many(sum, 'sample') : `${this.#print(sum).trim()} ${plain(metric)}`;
    yield `         ${this.#knowsOwn ? `${count}${amount} in ` : ''}${functions}`;
    yield '';
  }

  /** A value of the first metric, in a column. */
  #print(value: number): string {
    if (this.#isPstats) return toColumn(value);
    return formatMetric(value, this.#profile.metrics[0]?.unit ?? 'count').padStart(12);
  }

  /** Functions that the oldest profiler started with; pstats names them in its head. */
  *#findTopLevel(): Generator<FrameIndex> {
    const { caller, callee, length } = getCalls(this.#profile);
    for (let call = 0; call < length; call++) {
      const from = caller[call] ?? -1;
      const isStart = getFullName(this.#profile, from) === 'profiler' && getFile(this.#profile, from) === 'jprofile';
      if (isStart && this.#profile.frames.line[from] === 0) yield callee[call] ?? -1;
    }
  }

  *#writeRows(): Generator<string> {
    const { calls, primitiveCalls, self, total } = this.#profile.functions;
    if (!this.#isPstats) {
      yield `    calls ${'self'.padStart(12)} ${'total'.padStart(12)} place (function)`;
      for (const frame of this.#chosen) {
        const count = toCallsText(calls[frame] ?? Number.NaN, primitiveCalls[frame] ?? Number.NaN).padStart(9);
        const [own, whole] = [self[0]?.[frame] ?? Number.NaN, total[0]?.[frame] ?? Number.NaN];
        yield `${count} ${this.#print(own)} ${this.#print(whole)} ${plain(getListedName(this.#profile, frame))}`;
      }
      return;
    }
    yield '   ncalls  tottime  percall  cumtime  percall filename:lineno(function)';
    for (const frame of this.#chosen) {
      const [all, primitive] = [calls[frame] ?? Number.NaN, primitiveCalls[frame] ?? Number.NaN];
      const [own, whole] = [self[0]?.[frame] ?? Number.NaN, total[0]?.[frame] ?? Number.NaN];
      const perCall = all === 0 ? ' '.repeat(8) : toColumn(own / all);
      const perPrimitive = primitive === 0 ? ' '.repeat(8) : toColumn(whole / primitive);
      const name = plain(getListedName(this.#profile, frame));
      yield `${toCallsText(all, primitive).padStart(9)} ${toColumn(own)} ${perCall} ${toColumn(whole)} ${perPrimitive} ${name}`;
    }
  }

  *#writeEdges(side: 'callers' | 'callees'): Generator<string> {
    // pstats measures the names that it prints, or all of them when none was left out.
    const measured = this.#chosen.length < this.#listed.length ? this.#chosen : this.#listed;
    const width =
      2 + Math.max(0, ...measured.map((frame) => countCharacters(plain(getListedName(this.#profile, frame)))));
    yield `${fillTo('Function ', width)}${side === 'callers' ? 'was called by...' : 'called...'}`;
    if (this.#hasEdgeTimes())
      yield this.#isPstats
        ? `${' '.repeat(width)}    ncalls  tottime  cumtime`
        : `${' '.repeat(width)}     calls ${'self'.padStart(12)} ${'total'.padStart(12)}`;
    for (const frame of this.#chosen) {
      const head = `${fillTo(plain(getListedName(this.#profile, frame)), width)}${side === 'callers' ? '<-' : '->'} `;
      const edges = this.#findEdges(frame, side);
      if (edges.length === 0) yield head;
      yield* edges.map(
        (edge, index) => (index === 0 ? head : this.#indent(edge, width)) + this.#describeEdge(edge, index > 0),
      );
    }
  }

  #indent(edge: ListedEdge, width: number): string {
    return ' '.repeat(width + (this.#isCountOnly(edge.call) ? 3 : 1));
  }

  #describeEdge({ call, other }: ListedEdge, isLater: boolean): string {
    const { calls, primitiveCalls, self, total } = getCalls(this.#profile);
    const name = plain(getListedName(this.#profile, other));
    const all = calls[call] ?? Number.NaN;
    if (this.#isCountOnly(call)) {
      return `${name}(${toCountText(all)}) ${this.#print(this.#profile.functions.total[0]?.[other] ?? Number.NaN)}`;
    }
    const count = toCallsText(all, primitiveCalls[call] ?? Number.NaN).padStart(isLater ? 9 : 7);
    return `${count} ${this.#print(self[0]?.[call] ?? Number.NaN)} ${this.#print(total[0]?.[call] ?? Number.NaN)}  ${name}`;
  }

  /** Files of `profile` and of samplers have only a count on an edge. */
  #isCountOnly(call: CallIndex): boolean {
    const { calls, self, total } = getCalls(this.#profile);
    return !Number.isNaN(calls[call]) && Number.isNaN(self[0]?.[call]) && Number.isNaN(total[0]?.[call]);
  }

  #hasEdgeTimes(): boolean {
    const { inStart, inCalls } = getEdgeIndex(this.#profile);
    const first = this.#listed.find((frame) => (inStart[frame + 1] ?? 0) > (inStart[frame] ?? 0));
    return first !== undefined && !this.#isCountOnly(inCalls[inStart[first] ?? 0] ?? -1);
  }

  /** Edges of a function on one side, in pstats' order: by file, line and name of the other end. */
  #findEdges(frame: FrameIndex, side: 'callers' | 'callees'): ListedEdge[] {
    const { inStart, inCalls, outStart, outCalls } = getEdgeIndex(this.#profile);
    const [start, calls, ends] =
      side === 'callers'
        ? [inStart, inCalls, getCalls(this.#profile).caller]
        : [outStart, outCalls, getCalls(this.#profile).callee];
    const edges = Array.from(calls.subarray(start[frame], start[frame + 1]), (call) => ({
      call,
      other: ends[call] ?? -1,
    }));
    const lines = this.#profile.frames.line;
    return edges.sort(
      (a, b) =>
        compareText(getFile(this.#profile, a.other), getFile(this.#profile, b.other)) ||
        (lines[a.other] ?? 0) - (lines[b.other] ?? 0) ||
        compareText(getFullName(this.#profile, a.other), getFullName(this.#profile, b.other)),
    );
  }

  #toEdgeJson({ call, other }: ListedEdge): object {
    const { calls, primitiveCalls, self, total } = getCalls(this.#profile);
    return {
      name: getFullName(this.#profile, other),
      file: getFile(this.#profile, other),
      line: this.#profile.frames.line[other] ?? 0,
      calls: toNumberOrNull(calls[call]),
      primitiveCalls: toNumberOrNull(primitiveCalls[call]),
      self: self.map((column) => toNumberOrNull(column[call])),
      total: total.map((column) => toNumberOrNull(column[call])),
    };
  }
}

interface ListedEdge {
  readonly call: CallIndex;
  readonly other: FrameIndex;
}

/** `all/primitive` where they differ. */
function toCallsText(all: number, primitive: number): string {
  return all === primitive || Number.isNaN(all) ? toCountText(all) : `${toCountText(all)}/${toCountText(primitive)}`;
}

function toExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    throw new UsageError(
      `"${pattern}" is no regular expression; put a backslash before ( ) [ ] { } . * + ? that mean themselves`,
    );
  }
}

/** A text as Python's repr writes it. */
function quote(text: string): string {
  const escaped = plain(text).replaceAll('\\', '\\\\');
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as C's ctime writes it, in the zone of this machine. */
function toCTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const day = String(date.getDate()).padStart(2);
  return `${DAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${day} ${clock} ${date.getFullYear()}`;
}
