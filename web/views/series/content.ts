/** What the view shows, worked out from its props only where they have changed. */
import { arrangeSpans, getSpanEnd, type SpanLanes } from '../../../shared/layout/series/span-lanes.ts';
import type { FrameIndex, Profile, Unit } from '../../../shared/model/profile.ts';
import { getString } from '../../../shared/model/strings.ts';
import type { PanelProps } from '../panel-props.ts';
import { parseSetting, type SeriesSetting } from './option.ts';
import type { TimeView } from './picture.ts';
import { buildPanels, canStack, type Panel, readSeriesFile, type SeriesFile, type Track } from './tracks.ts';

/** Everything that is drawn and written. */
export interface Content {
  readonly props: PanelProps;
  readonly setting: SeriesSetting;
  readonly file: SeriesFile;
  readonly other: SeriesFile | null;
  readonly panels: readonly Panel[];
  readonly tracks: readonly Track[];
  readonly lanes: SpanLanes;
  /** Unit of the values of spans. */
  readonly spanUnit: Unit;
  readonly canStack: boolean;
  /** Seconds from the start to the end of the longer file; never 0. */
  readonly duration: number;
  /** Part of the time that the setting asks for. */
  readonly wanted: TimeView;
  readonly isZoomed: boolean;
}

/** Closest zoom: a hundred-millionth of the run, and no less than digits of a time since 1970 can tell. */
const LEAST_SHARE = 1e-8;

/** Content for `props`, with all of `before` that stays. */
export function buildContent(props: PanelProps, before: Content | null): Content {
  const isSameFile = before !== null && before.props.threads === props.threads && before.props.name === props.name;
  const isSameSetting = before !== null && before.props.option === props.option;
  const setting = isSameSetting ? before.setting : parseSetting(props.option);
  const file = isSameFile ? before.file : readSeriesFile(props.name, props.threads);
  const other = findOther(props, setting, before);
  const isSame = isSameFile && before.other === other;
  const panels = isSame && isSameSetting ? before.panels : buildPanels(file, other, setting);
  const duration = Math.max(file.duration, other?.duration ?? 0) || 1;
  const wanted = clampView(setting.zoom ?? { from: 0, to: duration }, duration);
  return {
    props,
    setting,
    file,
    other,
    panels,
    tracks: panels.flatMap(({ tracks }) => tracks),
    lanes: isSameFile ? before.lanes : arrangeSpans(file.spans, file.start + file.duration),
    spanUnit: file.lines.find(({ unit }) => unit === 'bytes')?.unit ?? props.threads[0]?.metrics[0]?.unit ?? 'bytes',
    canStack: isSame ? before.canStack : canStack(file) || (other !== null && canStack(other)),
    duration,
    wanted,
    isZoomed: wanted.from > 0 || wanted.to < duration,
  };
}

/** Whether anything is drawn or written in another way than before. */
export function isChanged(before: Content, now: Content): boolean {
  const [old, props] = [before.props, now.props];
  const others = props.others ?? [];
  const isSameOthers =
    others.length === (old.others ?? []).length &&
    others.every(({ id, name, threads }, i) => {
      const each = old.others?.[i];
      return each?.id === id && each.name === name && each.threads === threads;
    });
  return (
    before.panels !== now.panels ||
    before.file !== now.file ||
    old.option !== props.option ||
    old.theme !== props.theme ||
    old.selected !== props.selected ||
    old.matches !== props.matches ||
    old.printing !== props.printing ||
    !isSameOthers
  );
}

/** A part of the time that lies within all of it, and is none too small to draw. */
export function clampView({ from, to }: TimeView, duration: number): TimeView {
  const least = duration * LEAST_SHARE;
  const length = Math.min(duration, Math.max(least, to - from));
  const start = Math.max(0, Math.min(duration - length, from));
  return length >= duration ? { from: 0, to: duration } : { from: start, to: start + length };
}

/** Where a span is, in seconds since the start. */
export function getSpanView({ file }: Content, row: number): TimeView {
  const span = file.spans[row]!;
  return { from: span.start - file.start, to: getSpanEnd(span, file.start + file.duration) - file.start };
}

/** Finds the function that a span is of, by its name; -1: none, or several have it. */
export function createFrameFinder(profile: Profile): (name: string) => FrameIndex {
  let byName: Map<string, FrameIndex> | null = null;
  return (name) => {
    if (byName === null) {
      byName = new Map();
      for (let frame = 0; frame < profile.frames.length; frame++) {
        const each = getString(profile.strings, profile.frames.name[frame]!);
        byName.set(each, byName.has(each) ? -1 : frame);
      }
    }
    return byName.get(name) ?? byName.get(name.slice(name.lastIndexOf('.') + 1)) ?? -1;
  };
}

function findOther(props: PanelProps, setting: SeriesSetting, before: Content | null): SeriesFile | null {
  const found = setting.other === '' ? undefined : props.others?.find(({ id }) => id === setting.other);
  if (found === undefined || found.threads === null) return null;
  const isKnown =
    before?.other != null &&
    before.setting.other === setting.other &&
    before.props.others?.find(({ id }) => id === setting.other)?.threads === found.threads;
  if (isKnown) return before.other;
  const file = readSeriesFile(found.name, found.threads);
  return file.lines.length === 0 ? null : file;
}
