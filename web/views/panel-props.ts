/**
 * What views beside the tree charts are given, and what they tell back: timeline, lines, series, timings, allocations.
 *
 * Each keeps its own setting (sort, grouping, the stretch that is zoomed to …) as one text, `option`, that it writes and
 * reads itself; the app puts it into the address. A text that makes no sense means the default.
 */
import type { ColorTable } from '../../shared/color/colors.ts';
import type { PackageTable } from '../../shared/color/packages.ts';
import type { FrameIndex, Profile } from '../../shared/model/profile.ts';
import type { View } from './view.ts';

/** A stretch of the samples' axis, in its unit. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Text of a source file, or why it can't be shown. */
export type SourceAnswer =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'none'; readonly message: string };

/** Another profile that is open in the page, to be shown beside this one. */
export interface OtherProfile {
  /** What it is known by, the same after a reload. */
  readonly id: string;
  readonly name: string;
  /** Null: known but not read yet. */
  readonly threads: readonly Profile[] | null;
}

/** What a panel is given, and what it tells. */
export interface PanelProps {
  /** The profile on screen; of several threads together their sum. */
  readonly profile: Profile;
  /** What `profile` is the sum of, in the order of the file; else itself alone. Frames have the same rows in all. */
  readonly threads: readonly Profile[];
  /** Base name of the file. */
  readonly name: string;
  /** Row of the metrics that is shown. */
  readonly metric: number;
  readonly packages: PackageTable;
  readonly colors: ColorTable;
  readonly theme: 'light' | 'dark';
  /** Under 860 px. */
  readonly narrow: boolean;
  readonly motion: boolean;
  /** True: what changes is drawn before the call returns, because paper waits for no frame. */
  readonly printing: boolean;
  /** Selected function; -1: none. */
  readonly selected: FrameIndex;
  /** Per frame, 1 where a search matches; null when nothing is searched. */
  readonly matches: Uint8Array | null;
  /** The view's own setting, see above; `''` is its default. */
  readonly option: string;
  /** Stretch of time that the tree charts and the table are limited to; null: all of it. */
  readonly range: TimeRange | null;
  /** All other profiles of the page; absent where the view compares nothing. */
  readonly others?: readonly OtherProfile[];
  /** Reads one of these; it comes with other props. */
  readonly onWantOther?: (id: string) => void;
  /** CSS colour of a function's swatch in lists. */
  swatch(frame: FrameIndex): string;
  onSelect(frame: FrameIndex): void;
  /** `step`: an entry of the history of its own, such as a zoom; `typing`: one that goes on from the entry before. */
  onOption(option: string, kind: 'step' | 'typing'): void;
  onRange(range: TimeRange | null): void;
  /** Tooltips and details beside the view show this function; -1: none. */
  onHover(frame: FrameIndex): void;
  /** Copies a text, and says so by the name of what was copied. */
  onCopy(text: string, what: string): void;
  /** Source of a function's file, as far as whoever looks may see it. */
  findSource(frame: FrameIndex): Promise<SourceAnswer>;
}

/** Mounts a panel in an empty element that it may fill; the element carries `data-view-ready` once it is painted. */
export type MountPanel = (host: HTMLElement, props: PanelProps) => View<PanelProps>;
