/**
 * From profiles to what stands in the panels: lines (or levels of a stack) with their colours, names and facts.
 *
 * Times are told from the start of each file, so that two runs begin at one edge.
 */
import type { Profile, Span, Unit } from '../../../shared/model/profile.ts';
import { computeSeriesFacts, type SeriesFacts } from '../../../shared/tree/series/series-facts.ts';
import {
  findStretch,
  getStartDate,
  getTimeUnit,
  groupByUnit,
  listLines,
  listSpans,
  type SeriesLine,
} from '../../../shared/tree/series/series-lines.ts';
import { stackLines } from '../../../shared/tree/series/stacked.ts';
import type { SeriesSetting } from './option.ts';
import type { TimeAxis } from './words.ts';

/** A line on the screen: a series, or the top of one level of a stack. */
export interface Track {
  /** Of the series, or of the stack. */
  readonly key: string;
  readonly label: string;
  readonly unit: Unit;
  /** Seconds as its file has them; `offset` is where the file starts. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly offset: number;
  /** Which of the hues, by its place in the panel; the same for the same series of both files. */
  readonly hue: number;
  /** Of the file that is shown with this one. */
  readonly isOther: boolean;
  /** Levels of a stack are areas, and the last one has the sum. */
  readonly level: 'none' | 'level' | 'sum';
  /** Track below this level; null: the ground. */
  readonly below: Track | null;
  readonly facts: SeriesFacts;
}

/** An entry of the legend: a series that can be shown or hidden. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  readonly hue: number;
  readonly isShown: boolean;
}

/** All of one unit. */
export interface Panel {
  readonly unit: Unit;
  readonly entries: readonly Entry[];
  /** What is drawn, in this order. */
  readonly tracks: readonly Track[];
}

/** A file's series, read once per file. */
export interface SeriesFile {
  readonly name: string;
  readonly lines: readonly SeriesLine[];
  readonly spans: readonly Span[];
  /** Seconds as the file has them; 0 and 0 where it has nothing. */
  readonly start: number;
  readonly duration: number;
  /** What times count. */
  readonly axis: TimeAxis;
  /** Milliseconds since 1970; NaN: not known. */
  readonly date: number;
  /** Facts by key, computed when they are asked for. */
  facts(line: SeriesLine): SeriesFacts;
}

/** More levels can't be told apart. */
const MOST_LEVELS = 8;

/** Reads what a file has. */
export function readSeriesFile(name: string, threads: readonly Profile[]): SeriesFile {
  const lines = listLines(threads);
  const spans = listSpans(threads);
  const axis = getTimeUnit(threads);
  const found = findStretch(lines, spans) ?? { start: 0, end: 0 };
  // What is counted has its own numbers: the first one is 1.
  const stretch = axis === 'count' ? { start: Math.min(0, found.start), end: found.end } : found;
  const known = new Map<SeriesLine, SeriesFacts>();
  return {
    name,
    lines,
    spans,
    start: stretch.start,
    duration: stretch.end - stretch.start,
    axis,
    date: getStartDate(stretch),
    facts(line) {
      let facts = known.get(line);
      if (!facts) {
        facts = computeSeriesFacts(line.time, line.value);
        known.set(line, facts);
      }
      return facts;
    },
  };
}

/** True where there is something to stack: several groups have a series of one name. */
export function canStack({ lines }: SeriesFile): boolean {
  const seen = new Set<string>();
  return lines.some(({ name, unit }) => {
    const key = `${unit} ${name}`;
    const isSecond = seen.has(key);
    seen.add(key);
    return isSecond;
  });
}

/** Panels of a file, with the lines of another one beside it. */
export function buildPanels(file: SeriesFile, other: SeriesFile | null, setting: SeriesSetting): Panel[] {
  const units = groupByUnit([...file.lines, ...(other?.lines ?? [])]);
  return units.map(({ unit, lines }) => {
    const hues = new Map<string, number>();
    for (const { key } of lines) if (!hues.has(key)) hues.set(key, hues.size);
    const byKey = new Map(lines.toReversed().map((line) => [line.key, line]));
    const isShown = (key: string) => !setting.hidden.includes(key);
    const tracksOf = (source: SeriesFile, isOther: boolean): Track[] => {
      const shown = source.lines.filter((line) => line.unit === unit && isShown(line.key));
      const context = { source, isOther, hues };
      return setting.isStacked ? stackTracks(shown, context) : shown.map((line) => toTrack(line, context));
    };
    return {
      unit,
      entries: [...hues].map(([key, hue]) => ({ key, label: getLabel(byKey.get(key)!), hue, isShown: isShown(key) })),
      tracks: [...tracksOf(file, false), ...(other === null ? [] : tracksOf(other, true))],
    };
  });
}

/** `memory 14395`: the name, and whose it is. */
export function getLabel({ name, group }: SeriesLine): string {
  return group === '' ? name : `${name} ${group}`;
}

interface TrackContext {
  readonly source: SeriesFile;
  readonly isOther: boolean;
  readonly hues: ReadonlyMap<string, number>;
}

function toTrack(line: SeriesLine, { source, isOther, hues }: TrackContext): Track {
  const { key, unit, time, value } = line;
  const hue = hues.get(key) ?? 0;
  const label = getLabel(line);
  const plain = { key, label, unit, time, value, hue, isOther, offset: source.start };
  return { ...plain, level: 'none', below: null, facts: source.facts(line) };
}

/** Series of one name upon each other; one that stands alone stays a line. */
function stackTracks(lines: readonly SeriesLine[], context: TrackContext): Track[] {
  const names = new Map<string, SeriesLine[]>();
  for (const line of lines) names.set(line.name, [...(names.get(line.name) ?? []), line]);
  return [...names.values()].flatMap((members) => {
    if (members.length === 1) return [toTrack(members[0]!, context)];
    const { time, levels } = stackLines(members, MOST_LEVELS);
    const tracks: Track[] = [];
    for (const [i, value] of levels.entries()) {
      const isSum = i === levels.length - 1;
      const rest = members.length - i;
      const track = toTrack(members[i]!, context);
      const name = isSum && rest > 1 ? `${rest} more` : track.label;
      const below = tracks.at(-1) ?? null;
      const facts = isSum ? computeSeriesFacts(time, value) : track.facts;
      tracks.push({ ...track, label: name, time, value, below, level: isSum ? 'sum' : 'level', facts });
    }
    return tracks;
  });
}
