/**
 * From panels and the part of the time in view to the picture of them.
 *
 * Spaces: seconds since the start of each file → device pixels from the left; values → device pixels by a panel's scale.
 */
import type { Theme } from '../../../shared/color/palette.ts';
import { reduceSeries, type SeriesColumns } from '../../../shared/layout/series/columns.ts';
import { formatMetric } from '../../../shared/units/format.ts';
import { fitMiddle } from '../../paint/label.ts';
import {
  getValueY,
  type LineMark,
  type LinePicture,
  type PanelPicture,
  type PixelPoint,
} from '../../paint/series-frame.ts';
import type { Fonts, TextMeasure } from '../../paint/text.ts';
import type { PanelBox, SeriesGeometry } from './geometry.ts';
import { buildScale, type Scale } from './scale.ts';
import type { Panel, Track } from './tracks.ts';
import { formatMoment, type TimeAxis } from './words.ts';

/** Part of the time in view, in seconds since the start. */
export interface TimeView {
  readonly from: number;
  readonly to: number;
}

/** What a picture of panels is made with. */
export interface PictureContext {
  readonly geometry: SeriesGeometry;
  readonly dpr: number;
  readonly theme: Theme;
  readonly fonts: Fonts;
  readonly measure: TextMeasure;
  readonly view: TimeView;
  readonly fromZero: boolean;
  readonly axis: TimeAxis;
}

/** Points nearer than this, in CSS pixels, have no dots. */
const DOTS_FROM = 6;
/** So many lines have their peaks marked, and their names beside them. */
const MOST_PEAKS = 3;
const MOST_NAMES = 8;
const NAME_GAP = 13;

/** Pictures of all panels. */
export function buildPanelPictures(panels: readonly Panel[], context: PictureContext): PanelPicture[] {
  return panels.map((panel, i) => buildPanelPicture(panel, context.geometry.panels[i]!, context));
}

/** Where a moment is, in device pixels. */
export function getTimeX(
  { geometry, dpr, view }: Pick<PictureContext, 'geometry' | 'dpr' | 'view'>,
  seconds: number,
): number {
  const { left, right } = geometry;
  return (left + ((seconds - view.from) / (view.to - view.from)) * (right - left)) * dpr;
}

/** Lines that names and peaks belong to: of a stack the sum only. */
export function listNamed({ tracks }: Panel): Track[] {
  return tracks.filter(({ level }) => level !== 'level');
}

/** Names beside the ends of lines; none where they are too many, because the legend has them all. */
export function hasNames(panel: Panel): boolean {
  return panel.tracks.length > 1 && panel.tracks.length <= MOST_NAMES;
}

/** What stands beside the end of a line. */
export function getEndName(track: Track): string {
  return track.level === 'sum' ? 'all' : track.label;
}

function buildPanelPicture(panel: Panel, box: PanelBox, context: PictureContext): PanelPicture {
  const { geometry, dpr, view } = context;
  const width = Math.max(1, Math.round((geometry.right - geometry.left) * dpr));
  const columnsOf = new Map<Track, SeriesColumns>();
  for (const track of panel.tracks) {
    const { time, value, offset } = track;
    columnsOf.set(track, reduceSeries(time, value, { from: view.from + offset, to: view.to + offset, columns: width }));
  }
  const scale = getScale(panel, box, context, columnsOf);
  const place = {
    top: Math.round(box.top * dpr),
    height: Math.round(box.height * dpr),
    low: scale.low,
    high: scale.high,
  };
  const isAlone = panel.tracks.length === 1 && scale.low === 0;
  const lines = panel.tracks.map((track): LinePicture => {
    const columns = columnsOf.get(track)!;
    const isLevel = track.level !== 'none';
    return {
      hue: track.hue,
      isDashed: track.isOther,
      columns,
      before: getPoint(track, columns.before, place, context),
      after: getPoint(track, columns.after, place, context),
      area:
        isLevel && !track.isOther
          ? { below: track.below === null ? null : (columnsOf.get(track.below) ?? null) }
          : isAlone
            ? { below: null }
            : null,
      hasDots: !isLevel && hasRoomForDots(columns, dpr),
    };
  });
  return {
    ...place,
    marks: scale.marks.map(({ value, text }) => ({ at: getValueY(place, value), text })),
    lines,
    labels: [...placePeaks(panel, columnsOf, place, context), ...placeNames(panel, columnsOf, place, context)],
  };
}

/** From all points of the lines shown, so that a scale stays while time is panned; a fine one from those in view. */
function getScale(
  panel: Panel,
  box: PanelBox,
  context: PictureContext,
  columnsOf: ReadonlyMap<Track, SeriesColumns>,
): Scale {
  // The areas of a stack are as high as what they stand for.
  const fromZero = context.fromZero || panel.tracks.some(({ level }) => level !== 'none');
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const track of listNamed(panel)) {
    const { facts } = track;
    const columns = columnsOf.get(track)!;
    if (fromZero && facts.points > 0) {
      least = Math.min(least, facts.least);
      most = Math.max(most, facts.most);
    }
    for (let i = 0; i < columns.length && !fromZero; i++) {
      if (columns.count[i] === 0) continue;
      least = Math.min(least, columns.least[i]!);
      most = Math.max(most, columns.most[i]!);
    }
  }
  return buildScale(least, most, panel.unit, box.height, fromZero);
}

function getPoint(
  { time, value, offset }: Track,
  index: number,
  place: Pick<PanelPicture, 'top' | 'height' | 'low' | 'high'>,
  context: PictureContext,
): PixelPoint | null {
  if (index < 0 || Number.isNaN(value[index]!)) return null;
  return { x: getTimeX(context, time[index]! - offset), y: getValueY(place, value[index]!) };
}

function hasRoomForDots({ count, length }: SeriesColumns, dpr: number): boolean {
  let points = 0;
  for (let i = 0; i < length; i++) {
    if (count[i]! > 1) return false;
    points += count[i]!;
  }
  return points > 0 && length / points >= DOTS_FROM * dpr;
}

function placePeaks(
  panel: Panel,
  columnsOf: ReadonlyMap<Track, SeriesColumns>,
  place: Pick<PanelPicture, 'top' | 'height' | 'low' | 'high'>,
  context: PictureContext,
): LineMark[] {
  const { view, geometry, dpr, fonts, measure } = context;
  const named = listNamed(panel).filter(({ facts }) => facts.most > facts.least);
  const highest = named.toSorted((a, b) => b.facts.most - a.facts.most);
  const marked = named.length <= MOST_PEAKS ? highest : highest.slice(0, 1);
  const taken: { x: number; y: number; width: number }[] = [];
  return marked.flatMap((track): LineMark[] => {
    const at = track.facts.mostAt - track.offset;
    const found =
      at >= view.from && at <= view.to
        ? {
            value: track.facts.most,
            x: getTimeX(context, at),
            words: `peak ${formatMetric(track.facts.most, track.unit)} at ${formatMoment(at, context.axis)}`,
          }
        : findHighest(track, columnsOf.get(track)!, geometry.left * dpr);
    if (found === null) return [];
    const { x, value, words } = found;
    const y = getValueY(place, value);
    const box = { x, y, width: measure.width(words, fonts.small) + 16 * dpr };
    // The ring says where; a text over another one would say nothing.
    const isFree = taken.every(
      (other) => Math.abs(other.y - y) > 14 * dpr || Math.abs(other.x - x) > Math.max(other.width, box.width),
    );
    if (isFree) taken.push(box);
    return [{ kind: 'peak', x, y, hue: track.hue, text: isFree ? words : '' }];
  });
}

function findHighest({ unit }: Track, { length, count, most }: SeriesColumns, left: number) {
  let best = -1;
  for (let i = 0; i < length; i++) if (count[i]! > 0 && (best < 0 || most[i]! > most[best]!)) best = i;
  return best < 0
    ? null
    : { value: most[best]!, x: left + best + 0.5, words: `most in view ${formatMetric(most[best]!, unit)}` };
}

/** Names right of where lines leave the picture, moved apart where they are too near to each other. */
function placeNames(
  panel: Panel,
  columnsOf: ReadonlyMap<Track, SeriesColumns>,
  place: Pick<PanelPicture, 'top' | 'height' | 'low' | 'high'>,
  { geometry, dpr, fonts, measure }: PictureContext,
): LineMark[] {
  const room = (geometry.width - geometry.right - 8) * dpr;
  if (room < 24 * dpr || !hasNames(panel)) return [];
  const marks = panel.tracks.flatMap((track): (LineMark & { readonly y: number })[] => {
    const columns = columnsOf.get(track)!;
    let last = columns.length - 1;
    while (last >= 0 && columns.count[last] === 0) last--;
    if (last < 0) return [];
    const below = track.below === null ? null : columnsOf.get(track.below)!;
    const y = getValueY(place, columns.last[last]!);
    const low = below === null ? place.top + place.height : getValueY(place, below.last[last] ?? 0);
    // Of an area, the name stands in its middle.
    const at = track.level === 'none' ? y : (y + low) / 2;
    return [
      {
        kind: 'name',
        x: (geometry.right + 6) * dpr,
        y: at,
        hue: track.hue,
        text: fitMiddle(measure, track.label, room, fonts.small),
      },
    ];
  });
  const sorted = marks.filter(({ text }) => text !== '').toSorted((a, b) => a.y - b.y);
  const gap = NAME_GAP * dpr;
  const bottom = place.top + place.height;
  const placed: LineMark[] = [];
  for (const [i, mark] of sorted.entries()) {
    const least = i === 0 ? place.top : placed[i - 1]!.y + gap;
    const most = bottom - (sorted.length - 1 - i) * gap;
    placed.push({ ...mark, y: Math.max(least, Math.min(mark.y, most)) });
  }
  return placed.filter(({ y }) => y <= bottom + gap);
}
