/**
 * What the lines view shows, worked out from its props and settings as far as these changed: the ranked functions, the one
 * that is shown, its listing, and the line that is pointed at. Knows no elements.
 */
import { buildListing, findIndent, GAP, type Listing } from '../../../shared/tree/line-listing.ts';
import { findGroup, getGroupColumn, type LineMeasure, rankGroups, rankLines } from '../../../shared/tree/line-ranks.ts';
import { buildLineRows, type LineGroup, type LineRow, type LineRows } from '../../../shared/tree/line-rows.ts';
import type { PanelProps, SourceAnswer } from '../panel-props.ts';
import { makeShown, type Shown } from './columns.ts';
import { getGroupFile, getGroupText, matchGroups } from './ranked.ts';
import type { LinesSetting } from './setting.ts';

/** The contents of one view. */
export class LinesContents {
  rows: LineRows;
  /** Groups that the filter leaves, largest first. */
  options: readonly LineGroup[] = [];
  /** Lines, hottest first. */
  hottest: Int32Array = new Int32Array();
  /** By group, 1 where the search matches; null: nothing is searched. */
  matches: Uint8Array | null = null;
  /** The group that is shown; -1: there is none. */
  group: LineGroup = -1;
  listing: Listing | null = null;
  /** Lines of the file that is shown; null while or where there are none. */
  source: readonly string[] | null = null;
  /** What all texts of the listing begin with. */
  indent = '';
  /** Item of the listing that is pointed at; -1: none. */
  cursor = -1;
  /** Largest value among the groups. */
  largest = 0;
  readonly #onSource: () => void;
  #ranked: readonly unknown[] = [];
  #filtered: readonly unknown[] = [];
  #listed: readonly unknown[] = [];
  #matched: readonly unknown[] = [];
  #shown: Shown | null = null;
  #props: PanelProps;
  /** By path; null while it is asked for. */
  #sources = new Map<string, SourceAnswer | null>();

  /** `onSource`: a source that was asked for has come. */
  constructor(props: PanelProps, setting: LinesSetting, onSource: () => void) {
    this.#props = props;
    this.#onSource = onSource;
    this.rows = buildLineRows(props.profile, setting.by);
    this.update(props, setting);
  }

  /** Takes new props and settings. True when something else is listed than before. */
  update(props: PanelProps, setting: LinesSetting): boolean {
    // Threads and stretches of time of one file name the same sources.
    if (props.profile.strings !== this.#props.profile.strings) this.#sources = new Map();
    this.#props = props;
    if (props.profile !== this.rows.profile || setting.by !== this.rows.by)
      this.rows = buildLineRows(props.profile, setting.by);
    this.#rank(setting);
    if (isOther(this.#matched, [this.rows, props.matches])) {
      this.#matched = [this.rows, props.matches];
      this.matches = props.matches === null ? null : matchGroups(this.rows, props.matches);
    }
    this.group = this.#chooseGroup(setting.file);
    this.source = this.#askSource();
    const listed = [this.rows, this.group, this.source];
    const isNew = isOther(this.#listed, listed);
    if (isNew) {
      this.#listed = listed;
      this.listing = this.group < 0 ? null : buildListing(this.rows, this.group, this.source);
      this.indent = this.listing === null ? '' : findIndent(this.rows, this.listing, this.source);
    }
    this.cursor = setting.line > 0 ? this.findItem(setting.line) : this.#findSelected();
    return isNew;
  }

  /** What the listing is of, with what all its rows need. */
  getShown(setting: LinesSetting): Shown {
    const { metric } = this.#props;
    const measure = this.getMeasure(setting);
    const needs = [this.rows, this.group, metric, measure];
    const known = this.#shown;
    if (known === null || isOther([known.rows, known.group, known.metric, known.measure], needs))
      this.#shown = makeShown(this.rows, this.group, metric, measure);
    return this.#shown!;
  }

  /** What is known of the source of the file that is shown; null while it is asked for, and where nobody asked. */
  get answer(): SourceAnswer | null {
    return this.group < 0 ? null : (this.#sources.get(getGroupFile(this.rows, this.group)) ?? null);
  }

  /** Row of the line that is pointed at; -1: none. */
  get row(): LineRow {
    return this.cursor < 0 ? -1 : Math.max(-1, this.listing?.row[this.cursor] ?? -1);
  }

  /** True for a group that is chosen by its file, not by a function. */
  isFile(group: LineGroup): boolean {
    return this.rows.by === 'file' || this.rows.groups.frame[group]! < 0;
  }

  /** Item of the listing with this line; -1: none. */
  findItem(line: number): number {
    const { listing } = this;
    if (listing === null) return -1;
    for (let item = 0; item < listing.length; item++)
      if (listing.row[item] !== GAP && listing.line[item] === line) return item;
    return -1;
  }

  /** What ranks: totals only where functions have them. */
  getMeasure({ rank }: LinesSetting): LineMeasure {
    return this.rows.groups.totals === null ? 'self' : rank;
  }

  #rank(setting: LinesSetting): void {
    const { rows } = this;
    const { find } = setting;
    const rank = this.getMeasure(setting);
    const ranked = [rows, this.#props.metric, rank];
    const filtered = [...ranked, find];
    if (!isOther(this.#filtered, filtered)) return;
    const order = rankGroups(rows, this.#props.metric, rank);
    if (isOther(this.#ranked, ranked)) this.hottest = rankLines(rows, this.#props.metric, rank);
    this.largest = getGroupColumn(rows, this.#props.metric, rank)[order[0] ?? 0] ?? 0;
    const wanted = find.trim().toLowerCase();
    this.options = [...order].filter((group) => wanted === '' || getGroupText(rows, group).includes(wanted));
    this.#first = order[0] ?? -1;
    this.#ranked = ranked;
    this.#filtered = filtered;
  }

  #first: LineGroup = -1;

  /** The file that is asked for, else the function that is selected, else what ranks first. */
  #chooseGroup(file: string): LineGroup {
    const { rows } = this;
    for (let group = 0; file !== '' && group < rows.groups.length; group++)
      if (this.isFile(group) && getGroupFile(rows, group) === file) return group;
    const found = findGroup(rows, this.#props.selected);
    return found >= 0 ? found : this.#first;
  }

  #askSource(): readonly string[] | null {
    const { rows, group } = this;
    const frame = group < 0 ? -1 : rows.groups.inFile[group]!;
    if (frame < 0 || !this.#lacksText()) return null;
    const file = getGroupFile(rows, group);
    const known = this.#sources.get(file);
    if (known !== undefined) return known?.kind === 'text' ? known.lines : null;
    const sources = this.#sources;
    sources.set(file, null);
    void this.#props.findSource(frame).then((answer) => {
      sources.set(file, answer);
      if (sources === this.#sources) this.#onSource();
    });
    return null;
  }

  /** Whether the profile itself lacks the text of some line. */
  #lacksText(): boolean {
    const { start } = this.rows.groups;
    const texts = this.rows.text.subarray(start[this.group]!, start[this.group + 1]!);
    return texts.length === 0 || texts.some((text) => text < 0);
  }

  /** Where frames are lines that ran, the selected one is a line. */
  #findSelected(): number {
    const { rows, listing } = this;
    const { selected } = this.#props;
    if (listing === null || selected < 0 || rows.profile.lines !== undefined) return -1;
    for (let item = 0; item < listing.length; item++) {
      const row = listing.row[item]!;
      if (row >= 0 && rows.frame[row] === selected) return item;
    }
    return -1;
  }
}

function isOther(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length !== after.length || before.some((each, at) => each !== after[at]);
}
